"""Where everything the launcher keeps lives, and the lock that lets one copy use it.

The state folder (`OVERSIGHT_STATE`, else `var/` in the project) holds logs, storage, the demo's
secret key and the servers' home. The home belongs to the user the servers run as. Where that user
cannot enter the state folder (a project under /root), the home is a folder in /var/lib instead.
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from oversight.launcher.errors import LauncherError
from oversight.launcher.identity import Identity, can_enter

PROJECT = Path(__file__).resolve().parents[2]
SYSTEM_HOMES = Path("/var/lib/oversight-embedded")
LONGEST_SOCKET = 107  # bytes of a unix socket's path: sun_path less its closing zero
PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-")


@dataclass(frozen=True)
class State:
    """The folders of one copy of the product."""

    root: Path

    @property
    def logs(self) -> Path:
        """Where each process writes what it says."""
        return self.root / "logs"

    @property
    def storage(self) -> Path:
        """Uploaded originals and sealed tables."""
        return self.root / "storage"

    @property
    def static(self) -> Path:
        """Collected static files."""
        return self.root / "static"

    @property
    def secret_key_file(self) -> Path:
        """The key this copy signs its sessions with."""
        return self.root / "secret-key"

    def own_names(self) -> tuple[Path, ...]:
        """Return everything a reset removes, and nothing a person may have put beside it."""
        beat = sorted(self.root.glob("celerybeat-schedule*"))
        return (self.logs, self.storage, self.static, self.secret_key_file, *beat)


def open_state(root: Path) -> State:
    """Create the state folder where it is missing; refuse with a sentence when it cannot be."""
    state = State(root.absolute())
    try:
        if not state.root.exists():
            state.root.mkdir(parents=True)
            state.root.chmod(0o711)  # the servers' user passes through, whatever the umask
        state.logs.mkdir(exist_ok=True)
        state.storage.mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=state.root):
            pass
    except OSError as error:
        raise LauncherError(
            f"The state folder {state.root} cannot be written ({error.strerror}): "
            "make room there or set OVERSIGHT_STATE to another folder."
        ) from None
    return state


@contextlib.contextmanager
def locked(state: State) -> Iterator[None]:
    """Hold the state folder for this process alone; the lock ends with the process."""
    with (state.root / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise LauncherError(
                f"Another copy (process {lock.read().strip() or 'unknown'}) is using {state.root}: "
                "stop it with Ctrl-C first, or set OVERSIGHT_STATE to another folder."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def servers_home(state: State, identity: Identity) -> Path:
    """Return the folder the servers own, creating it; see the module's first paragraph."""
    home = state.root / "servers"
    if not can_enter(state.root, identity):
        home = SYSTEM_HOMES / _short_name(state.root)
        SYSTEM_HOMES.mkdir(mode=0o711, parents=True, exist_ok=True)
    return private_folder(home, identity)


def socket_folder(state: State, home: Path, identity: Identity, *, longest_name: str) -> Path:
    """Return a private folder in which a socket of that name keeps within what the system allows.

    A name with other than plain characters is avoided too: every URL parser spells it differently.
    """
    folder = home / "sockets"
    path = os.fsencode(folder / longest_name)
    if len(path) > LONGEST_SOCKET or not PLAIN.issuperset(path):
        folder = Path("/tmp") / f"oversight-{_short_name(state.root)}"  # noqa: S108 - checked below
    return private_folder(folder, identity)


def private_folder(folder: Path, identity: Identity) -> Path:
    """Create a folder that only that user enters; refuse one that belongs to somebody else."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if identity.switches:
            os.chown(folder, identity.uid, identity.gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != identity.uid:
        raise LauncherError(
            f"{folder} belongs to another user: remove it or set OVERSIGHT_STATE to another folder."
        )
    folder.chmod(0o700)
    return folder


def secret_key(state: State) -> str:
    """Return the key of this copy, made at first use and readable by its owner alone."""
    path = state.secret_key_file
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()


def remove(paths: tuple[Path, ...]) -> None:
    """Remove files and folders, those already gone included."""
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _short_name(root: Path) -> str:
    return hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
