"""uv comes from its wheel where there is no pip, and only if the wheel is the promised one."""

import hashlib
import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from oversight.launcher.errors import LauncherError
from oversight.launcher.fetch_uv import fetch_uv, fitting, unpack


def wheel() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("uv-1.data/scripts/uvx", b"#!/bin/sh\nexit 1\n")
        archive.writestr("uv-1.data/scripts/uv", b"#!/bin/sh\necho uv 1\n")
    return out.getvalue()


def test_the_program_is_taken_out_and_runs(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "uv"
    unpack(wheel(), hashlib.sha256(wheel()).hexdigest(), program)
    said = subprocess.run([program], capture_output=True, check=True)
    assert said.stdout == b"uv 1\n"


def test_another_wheel_than_promised_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LauncherError, match="not what the index promised"):
        unpack(wheel(), "0" * 64, tmp_path / "uv")
    assert not (tmp_path / "uv").exists()


def test_the_wheel_fits_the_machine() -> None:
    files = [
        {"filename": "uv-1-py3-none-macosx_11_0_arm64.whl"},
        {"filename": "uv-1-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"},
        {"filename": "uv-1.tar.gz"},
    ]
    assert fitting(files, "Linux", "x86_64") is files[1]
    assert fitting(files, "Darwin", "arm64") is files[0]
    with pytest.raises(LauncherError, match="install uv"):
        fitting(files, "SunOS", "sparc")


def test_it_comes_from_the_index(tmp_path: Path) -> None:
    program = tmp_path / "uv"
    try:
        fetch_uv(program)
    except LauncherError as error:
        pytest.skip(f"The index is out of reach: {error}")
    said = subprocess.run([program, "--version"], capture_output=True, check=True, text=True)
    assert said.stdout.startswith("uv ")
