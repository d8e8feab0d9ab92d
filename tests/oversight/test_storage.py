"""Content-addressed storage: the same bytes once, never changed, found out if they were."""

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oversight import storage


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.binary(max_size=2000))
def test_what_is_kept_comes_back(own_storage: Path, content: bytes) -> None:
    sha256 = storage.keep(io.BytesIO(content))
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert storage.fetch_verified(sha256) == content
    with storage.fetch(sha256) as stored:
        assert stored.read() == content


def test_more_than_one_block_and_a_stream_not_at_its_start(own_storage: Path) -> None:
    content = b"0123456789" * (storage.BLOCK // 4)
    stream = io.BytesIO(content)
    stream.seek(77)
    assert storage.fetch_verified(storage.keep(stream)) == content


def test_the_same_bytes_are_stored_once(own_storage: Path) -> None:
    first = storage.keep(io.BytesIO(b"same"))
    (path,) = files(own_storage)
    before = path.stat()
    assert storage.keep(io.BytesIO(b"same")) == first
    assert files(own_storage) == [path]
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_changed_file_is_found_out(own_storage: Path) -> None:
    sha256 = storage.keep(io.BytesIO(b"the original"))
    (path,) = files(own_storage)
    path.chmod(0o600)
    path.write_bytes(b"the 0riginal")
    with pytest.raises(storage.SealBroken, match="not what was sealed"):
        storage.fetch_verified(sha256)


def test_a_file_that_a_killed_writer_left_half_written_is_mended(own_storage: Path) -> None:
    content = b"whole content"
    sha256 = storage.keep(io.BytesIO(content))
    (path,) = files(own_storage)
    path.write_bytes(content[:5])
    assert storage.keep(io.BytesIO(content)) == sha256
    assert storage.fetch_verified(sha256) == content
    assert files(own_storage) == [path]


def test_what_was_never_kept_is_not_found(own_storage: Path) -> None:
    with pytest.raises(FileNotFoundError):
        storage.fetch("0" * 64)


def test_two_who_keep_the_same_bytes_at_once_leave_one_file(
    own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other writer's file appears between the look and the save."""
    sha256 = storage.keep(io.BytesIO(b"same"))
    monkeypatch.setattr(type(storage.default_storage), "exists", lambda *_: False, raising=False)
    assert storage.keep(io.BytesIO(b"same")) == sha256
    assert len(files(own_storage)) == 1
