"""Fetch uv where the system's Python has no pip, as Debian's: the wheel alone, checked.

The index says which files a release has, and their SHA-256; a wheel is a zip around the program.
"""

import hashlib
import io
import json
import platform
import stat
import sys
import urllib.request
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from oversight.launcher.errors import LauncherError

RELEASE = "https://pypi.org/pypi/uv/json"
SECONDS = 60
# (system, machine) → what the name of the fitting wheel contains.
WHEELS = {
    ("Linux", "x86_64"): "manylinux_2_17_x86_64",
    ("Linux", "aarch64"): "manylinux_2_17_aarch64",
    ("Darwin", "arm64"): "macosx_11_0_arm64",
    ("Darwin", "x86_64"): "macosx_10_12_x86_64",
}


def fetch_uv(program: Path) -> None:
    """Put uv at `program`; raises LauncherError with what to do when that cannot be."""
    try:
        release = json.loads(_download(RELEASE))
        wheel = fitting(release["urls"], platform.system(), platform.machine())
        content = _download(urljoin(RELEASE, wheel["url"]))
    except OSError as error:
        raise LauncherError(
            f"uv could not be fetched ({error}): this needs a network that reaches PyPI, pip for "
            f"{sys.executable}, or uv on the PATH; mend one, then run again."
        ) from None
    unpack(content, wheel["digests"]["sha256"], program)


def fitting(files: list[dict[str, Any]], system: str, machine: str) -> dict[str, Any]:
    """Return the release's wheel for this machine."""
    mark = WHEELS.get((system, machine))
    for file in files:
        if mark is not None and file["filename"].endswith(".whl") and mark in file["filename"]:
            return file
    raise LauncherError(
        f"There is no ready-made uv for {system} on {machine}: install uv, then run again."
    )


def unpack(wheel: bytes, sha256: str, program: Path) -> None:
    """Take uv's program out of its wheel, if the wheel is what the index promised."""
    if hashlib.sha256(wheel).hexdigest() != sha256:
        raise LauncherError("What was fetched as uv is not what the index promised: run again.")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_bytes(archive.read(name))
    program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _download(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310  (https, our own)
        content: bytes = answer.read()
    return content
