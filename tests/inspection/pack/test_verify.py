"""The verifier that goes along: run by itself, on whole packs and on packs that were touched."""

import contextlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from inspection.pack import verify
from inspection.pack.seal import Member, MemberDiffers, seal

FILES = {
    "originals/S-1/1_a.csv": b"site;query\n007;open\n",
    "listings/results_ü.csv": b"\xef\xbb\xbfKPI,Value\r\n" * 40,
    "empty.txt": b"",
    "verify.py": Path(verify.__file__).read_bytes(),
}
ABOUT = {"title": "Study NWT-301", "as_of": "2026-10-31"}


def make(path: Path, files: dict[str, bytes] = FILES) -> Path:
    members = [
        Member(name, partial(io.BytesIO, content), len(content), deflated="listings" in name)
        for name, content in files.items()
    ]
    with path.open("w+b") as target:
        seal(target, members, ABOUT)
    return path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return make(tmp_path / "pack.zip")


@pytest.fixture
def folder(pack: Path, tmp_path: Path) -> Path:
    """The pack, unpacked."""
    with zipfile.ZipFile(pack) as whole:
        whole.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def run(*arguments: Path, script: Path = Path(verify.__file__)) -> tuple[int, str]:
    """Run the verifier as an inspector does: by itself, isolated from everything installed."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_a_whole_pack_is_ok_as_zip_and_unpacked(pack: Path, folder: Path) -> None:
    for code, words in (run(pack), run(folder), run(script=folder / "verify.py")):
        assert code == 0
        assert words.startswith("OK: Study NWT-301, as of 2026-10-31: 4 files.\n")
        assert "SHA-256 of manifest.json: " in words


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", [name for name in FILES if FILES[name]])
def test_a_flipped_byte_is_named(folder: Path, name: str) -> None:
    flip(folder / name)
    code, words = run(folder)
    assert code == 1
    assert words == f"DIFFERS     {name} (another SHA-256)\nNOT OK: 1 of 4 files in question.\n"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def add(path: Path) -> None:
    path.with_name("added.csv").write_text("more")


@pytest.mark.parametrize(
    ("touch", "said"),
    [
        (Path.unlink, ["MISSING     originals/S-1/1_a.csv"]),
        (cut, ["DIFFERS     originals/S-1/1_a.csv (19 bytes instead of 20)"]),
        (add, ["UNEXPECTED  originals/S-1/added.csv (not in the manifest)"]),
        (
            link,
            [
                "DIFFERS     originals/S-1/1_a.csv (cannot be read: a link)",
                "UNEXPECTED  originals/S-1/elsewhere (not in the manifest)",
            ],
        ),
    ],
)
def test_what_was_done_is_named(
    folder: Path, touch: Callable[[Path], None], said: list[str]
) -> None:
    touch(folder / "originals/S-1/1_a.csv")
    code, words = run(folder)
    assert code == 1
    assert words.splitlines()[:-1] == said


def test_a_zip_made_anew_with_another_file_is_named(pack: Path) -> None:
    with zipfile.ZipFile(pack, "a") as more:
        more.writestr("added.csv", "more")
    code, words = run(pack)
    assert (code, words.splitlines()[0]) == (1, "UNEXPECTED  added.csv (not in the manifest)")


def test_a_member_that_stands_twice_is_named(pack: Path) -> None:
    with zipfile.ZipFile(pack, "a") as more, pytest.warns(UserWarning, match="Duplicate"):
        more.writestr("empty.txt", "")
    assert "UNEXPECTED  empty.txt (is in the zip more than once)" in run(pack)[1]


def test_no_byte_of_a_zip_can_be_flipped_unseen(tmp_path: Path) -> None:
    """Headers, table of contents and manifest too; in one process, for there are many."""
    small = make(tmp_path / "small.zip", {"a.csv": b"1\n", "originals/b": b"2\n"})
    whole = small.read_bytes()
    assert silently(small) == 0
    for place, touched in flips(whole):
        small.write_bytes(touched)
        assert silently(small) != 0, place
    for more in (whole + b"\0", b"\0" + whole, whole[:-1]):
        small.write_bytes(more)
        assert silently(small) != 0


def test_of_a_deflated_listing_only_padding_can_be_flipped_unseen(tmp_path: Path) -> None:
    """The bits after a deflated stream's end mean nothing: the listing is still the same."""
    small = make(tmp_path / "small.zip", {"listings/a.csv": b"1\r\n" * 5})
    whole = small.read_bytes()
    unseen = 0
    for _, touched in flips(whole):
        small.write_bytes(touched)
        if silently(small) == 0:
            unseen += 1
            with zipfile.ZipFile(small) as pack:
                assert pack.read("listings/a.csv") == b"1\r\n" * 5
    assert unseen <= 1


def flips(whole: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the content with one bit flipped, in one byte after the other."""
    for place in range(len(whole)):
        touched = bytearray(whole)
        touched[place] ^= 1 << (place % 8)
        yield place, bytes(touched)


def silently(path: Path) -> int:
    with contextlib.redirect_stdout(io.StringIO()):
        return verify.main([str(path)])


def test_a_manifest_that_leads_out_of_the_pack_is_refused(folder: Path) -> None:
    manifest = folder / "manifest.json"
    (folder.parent / "outside").write_bytes(b"")
    manifest.write_text(manifest.read_text().replace("empty.txt", "../outside"))
    code, words = run(folder)
    assert code == 1
    assert "DIFFERS     ../outside" in words or "MISSING     ../outside" in words


def test_what_is_no_pack_is_said_to_be_none(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"no zip")
    assert run(other)[0] == 2
    assert run(tmp_path / "nothing")[0] == 2
    assert "DIFFERS     manifest.json" in run(tmp_path)[1]
    assert run(tmp_path, tmp_path)[0] == 2


def test_sealing_refuses_an_original_that_changed(tmp_path: Path) -> None:
    member = Member("originals/x", partial(io.BytesIO, b"new"), 3, expected="0" * 64)
    with (tmp_path / "x.zip").open("w+b") as target, pytest.raises(MemberDiffers, match="backup"):
        seal(target, [member], ABOUT)
