"""The day of an auditor: a pack is asked for, followed, taken home and checked without us.

Quinn asks for a study's pack; a real worker builds it while the page says how far it is. What
was downloaded is then checked by the verifier inside it, run by a bare interpreter, whole and
with one byte of it turned.
"""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from oversight.celery import app
from tests.browser.conftest import Installation
from tests.browser.visitor import violations, visit
from tests.inspection.pack.making import add_sites, send
from tests.people import make_world
from tests.servers import running_web, running_worker

pytestmark = pytest.mark.browser

REASON = "Inspection announced for December"
PATIENT = 90_000  # milliseconds: a pack on a busy machine


@pytest.fixture
def accepted_month(committed_db: None, own_storage: Path) -> Iterator[Installation]:
    """March of NWT-301 is accepted and computed; nobody works yet."""
    world = make_world()
    add_sites(world.study)
    send(world, old=6)
    app.control.purge()
    with running_web(own_storage) as url:
        yield Installation(url, world)


def test_quinn_takes_a_pack_home_and_a_turned_byte_is_named(
    chromium: Browser, accepted_month: Installation, own_storage: Path, tmp_path: Path
) -> None:
    with visit(chromium, accepted_month.url, "quinn@example.org") as quinn:
        asks(quinn)
        follows(quinn, own_storage)
        path, sha256 = downloads(quinn, tmp_path)
        is_in_the_audit_trail(quinn)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    names_the_turned_byte(path, tmp_path / "unpacked")


def asks(quinn: Page) -> None:
    quinn.get_by_role("link", name="Inspection").first.click()
    quinn.get_by_role("link", name="Ask for the first pack").click()
    assert violations(quinn) == []
    quinn.get_by_label("Study or CRO").select_option(label="NWT-301")
    quinn.get_by_label("First month").fill("2026-03")
    quinn.get_by_label("Last month").fill("2026-03")
    build = quinn.get_by_role("button", name="Build the pack")
    build.click()
    expect(quinn.get_by_text("Say what the pack is for.")).to_be_visible()
    quinn.get_by_label("Reason").fill(REASON)
    build.click()
    expect(quinn.get_by_role("progressbar")).to_be_visible()
    assert violations(quinn) == []


def follows(quinn: Page, storage_root: Path) -> None:
    """Let a worker begin, and see the page arrive at the pack by itself."""
    expect(quinn.get_by_label("How far the pack is")).to_contain_text("Waiting for its turn")
    answers: list[Response] = []
    quinn.on("response", lambda one: answers.append(one) if "/progress/" in one.url else None)
    with running_worker(storage_root):
        expect(quinn.get_by_role("link", name="Download,")).to_be_visible(timeout=PATIENT)
    expect(quinn.get_by_role("progressbar")).to_have_count(0)
    assert answers  # the page asked how far it is; nobody reloaded it
    assert violations(quinn) == []


def downloads(quinn: Page, folder: Path) -> tuple[Path, str]:
    """Return the file, and the SHA-256 that the page says it has."""
    said = quinn.locator(".hash").inner_text().strip()
    with quinn.expect_download() as started:
        quinn.get_by_role("link", name="Download,").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path, said


def is_in_the_audit_trail(quinn: Page) -> None:
    quinn.goto("/audit-trail/")
    for sentence in ("Exported", "Downloaded"):
        line = quinn.get_by_role("row").filter(has_text=sentence).filter(has_text=REASON)
        expect(line).to_have_count(1)
        expect(line).to_contain_text("Quinn")
    assert violations(quinn) == []


def verified(script: Path, *arguments: Path) -> tuple[int, str]:
    """Run the pack's own verifier: a bare interpreter, no packages, no environment."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={},
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def names_the_turned_byte(path: Path, folder: Path) -> None:
    with zipfile.ZipFile(path) as pack:
        pack.extractall(folder)
    script = folder / "verify.py"
    for arguments in ((), (path,)):  # unpacked, and as it was downloaded
        code, words = verified(script, *arguments)
        assert code == 0, words
        assert words.startswith("OK: ")
    for member in (next(folder.glob("originals/**/*.csv")), folder / "summary.pdf"):
        kept = member.read_bytes()
        member.write_bytes(kept[:100] + bytes([kept[100] ^ 1]) + kept[101:])
        code, words = verified(script)
        assert code == 1
        name = member.relative_to(folder).as_posix()
        assert words.startswith(f"DIFFERS     {name} (another SHA-256)\nNOT OK: 1 of ")
        member.write_bytes(kept)
    assert verified(script)[0] == 0
