"""The files that set the product up, read and tried: lock files, containers, the Makefile's gates.

No container engine is needed: each command the containers run is run here outside of one.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings

from oversight.launcher.install import FILES, INTER, copy_front_end
from oversight.launcher.postgres_programs import MAJOR

ROOT: Path = settings.BASE_DIR
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = ("migrate", "web", "worker", "beat")
NOT_SETTINGS = {
    "PATH",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "ARROW_NUM_THREADS",
}

# How each container command is tried: the same program and application, asked something harmless.
HARMLESS = {
    "migrate": [sys.executable, "manage.py", "migrate", "--database", "owner", "--plan"],
    "web": ["gunicorn", "oversight.wsgi", "--config", "oversight/gunicorn.py", "--check-config"],
    "worker": ["celery", "-A", "oversight", "worker", "--help"],
    "beat": ["celery", "-A", "oversight", "beat", "--help"],
}


def production() -> dict[str, str]:
    """Return an environment in which the production settings start, on this run's servers."""
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "OVERSIGHT_MODE": "production",
        "SECRET_KEY": "not-a-secret-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
        "ALLOWED_HOSTS": "oversight.example",
    }


def run(command: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_the_python_lock_file_names_public_registries_only() -> None:
    text = (ROOT / "uv.lock").read_text()
    hosts = {urlsplit(found).hostname for found in re.findall(r'\w+://[^"\s]+', text)}
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    assert "path = " not in text


def test_the_front_end_lock_file_names_the_public_registry_only() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    named = {
        urlsplit(value["resolved"]).hostname for value in packages.values() if "resolved" in value
    }
    assert named <= {"registry.npmjs.org"}  # none named is npm's own default, the same


def test_every_front_end_package_is_pinned_by_its_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all(value["integrity"] for name, value in packages.items() if name)
    assert {"@tabler/core", INTER} <= {name.removeprefix("node_modules/") for name in packages}


def test_front_end_files_are_copied_without_source_maps(tmp_path: Path) -> None:
    modules = tmp_path / "node_modules"
    for source in FILES:
        (modules / source).parent.mkdir(parents=True)
        (modules / source).write_text("a{}\n/*# sourceMappingURL=a.css.map */\n")
    (modules / INTER / "files").mkdir(parents=True)
    (modules / INTER / "index.css").write_text("src: url(./files/used.woff2) format('woff2')")
    for font in ("used.woff2", "unused.woff2"):
        (modules / INTER / "files" / font).write_bytes(b"font")
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "old.js").write_text("removed")
    copy_front_end(modules, vendor)
    found = {str(path.relative_to(vendor)) for path in vendor.rglob("*") if path.is_file()}
    assert found == {*FILES.values(), "inter/index.css", "inter/files/used.woff2"}
    assert all("sourceMapping" not in (vendor / name).read_text() for name in FILES.values())


def test_third_party_files_are_ignored_by_git_and_none_is_committed() -> None:
    listed = run(["git", "ls-files", "static/vendor", "node_modules", "var", ".venv"], production())
    if listed.returncode != 0:
        pytest.skip("the project is not a git checkout here")
    assert listed.stdout == ""


def test_the_database_is_the_same_major_version_everywhere() -> None:
    assert COMPOSE["services"]["db"]["image"] == f"postgres:{MAJOR}"


@pytest.mark.parametrize("name", OURS)
def test_each_service_of_ours_is_confined(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "/tmp" in service["tmpfs"]  # noqa: S108 - a folder inside the container
    volumes = {volume.split(":")[0] for volume in service["volumes"]}
    assert volumes <= set(COMPOSE["volumes"])


def test_services_start_in_order_of_health() -> None:
    services = COMPOSE["services"]
    for name in ("db", "redis", "web", "worker", "beat"):
        assert services[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name
    assert services["migrate"]["restart"] == "no"
    for name in ("web", "worker", "beat"):
        needs = {key: value["condition"] for key, value in services[name]["depends_on"].items()}
        assert needs["db"] == needs["redis"] == "service_healthy"
        assert needs["migrate"] == "service_completed_successfully"


def test_only_the_migration_knows_the_owners_password() -> None:
    knowing = {name for name in OURS if "OWNER" in json.dumps(COMPOSE["services"][name])}
    assert knowing == {"migrate"}


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    secrets = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)(\S*)", text)
    assert {name for name, _ in secrets} >= {"SECRET_KEY", "APP_PASSWORD", "OWNER_PASSWORD"}
    assert all(rest.startswith(":?") for _, rest in secrets)
    assert not re.search(r"(?i)(password|secret)\w*\s*[:=]\s*['\"]?[a-z0-9]{4,}", DOCKERFILE)


def test_every_variable_is_one_the_settings_read() -> None:
    text = (ROOT / "oversight" / "settings.py").read_text()
    known = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', text))
    given = set(re.findall(r"\b([A-Z_]{3,})=", DOCKERFILE.split("AS final")[1]))
    for name in OURS:
        given |= set(COMPOSE["services"][name]["environment"])
    assert given - NOT_SETTINGS <= known
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"} <= given


def test_the_image_is_built_in_stages_and_runs_as_an_ordinary_user() -> None:
    final = DOCKERFILE.split("AS final")[1]
    assert DOCKERFILE.count("FROM ") >= 4
    assert "uv sync --locked --no-default-groups" in DOCKERFILE
    assert "npm ci --ignore-scripts" in DOCKERFILE
    assert re.search(r"^USER oversight$", final, re.MULTILINE)
    assert "npm" not in final


def test_paths_that_are_copied_or_run_exist() -> None:
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        assert all((ROOT / name).exists() for name in line.split())
    mounted = COMPOSE["services"]["db"]["volumes"][1].split(":")[0]
    assert os.access(ROOT / mounted, os.X_OK)
    assert run(["sh", "-n", mounted], production()).returncode == 0
    assert (ROOT / COMPOSE["services"]["web"]["healthcheck"]["test"][2]).exists()
    image = json.loads(DOCKERFILE.rsplit("CMD ", 1)[1])
    assert image == COMPOSE["services"]["web"]["command"]


@pytest.mark.parametrize("name", OURS)
def test_each_command_runs_outside_a_container_too(name: str) -> None:
    command = COMPOSE["services"][name]["command"]
    tried = HARMLESS[name]
    shared = [word for word in tried[1:] if word not in {"--plan", "--check-config", "--help"}]
    assert set(shared) <= set(command), "what is tried is not what the container runs"
    answer = run(tried, production())
    assert answer.returncode == 0, answer.stderr
    if name in {"worker", "beat"}:
        flags = {word.split("=")[0] for word in command if word.startswith("--")}
        assert all(flag in answer.stdout for flag in flags)


def test_the_health_check_fails_where_nobody_answers() -> None:
    words = COMPOSE["services"]["web"]["healthcheck"]["test"][1:]
    assert words[0] == "python"
    probe = (ROOT / words[1]).read_text().replace("8000", "9")
    answer = run([sys.executable, "-c", probe], production())
    assert answer.returncode == 1
    assert answer.stderr.startswith("No answer: ")
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS"),
        ({"DATABASE_URL": ""}, "Set DATABASE_URL"),
        ({"DEBUG": "on"}, "Unset DEBUG"),
    ],
)
def test_production_refuses_to_start_half_configured(change: dict[str, str], sentence: str) -> None:
    answer = run([sys.executable, "manage.py", "check"], production() | change)
    assert answer.returncode != 0
    assert sentence in answer.stderr


@pytest.mark.parametrize("target", ["demo", "demo-reset", "setup", "lint", "suite"])
def test_every_make_target_is_there(target: str) -> None:
    answer = run(["make", "--dry-run", target], production())
    assert answer.returncode == 0, answer.stderr


def test_every_gate_stands_in_make_test() -> None:
    planned = run(["make", "--dry-run", "lint", "suite"], production()).stdout
    for gate in (
        "ruff check",
        "ruff format --check",
        "mypy",
        "lint-imports",
        "check --deploy",
        "makemigrations --check",
        "--cov-fail-under=95",
        "--fail-under=100",
    ):
        assert gate in planned


def test_the_build_servers_script_is_sound() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert run(["bash", "-n", shlex.quote(str(script))], production()).returncode == 0
    assert "set -euo pipefail" in script.read_text()
