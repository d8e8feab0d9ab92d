"""The embedded PostgreSQL: a private data folder and one unix socket.

Nothing here knows a table; roles and the empty database are all that is prepared.
"""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from oversight.launcher.errors import LauncherError
from oversight.launcher.identity import Identity
from oversight.launcher.postgres_programs import MAJOR
from oversight.launcher.processes import Child, Command, run_to_end, running, wait_until
from oversight.launcher.state import remove

PORT = "5432"
SOCKET = f".s.PGSQL.{PORT}"
OWNER, APPLICATION, DATABASE = "oversight_owner", "oversight_app", "oversight"

# The tests' cluster is thrown away after a crash, so it need not survive one: twice as fast.
WITHOUT_DURABILITY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",  # a worker of it would keep a test's database from being dropped
)

# Constants of this module alone go into the text.
PREPARE = f"""
SELECT 'CREATE ROLE {OWNER} LOGIN CREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
SELECT 'CREATE ROLE {APPLICATION} LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}') \\gexec
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
GRANT CONNECT ON DATABASE {DATABASE} TO {APPLICATION};
GRANT {APPLICATION} TO {OWNER}; -- so that the owner may end the application's connections
"""  # noqa: S608 - see above


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL cluster: programs, data, socket, log, and the user it runs as."""

    programs: Path
    data: Path
    sockets: Path
    log: Path
    identity: Identity
    durable: bool

    def url(self, role: str) -> str:
        """Return the connection URL of a role; it names the port, whatever PGPORT says."""
        return f"postgresql://{role}@/{DATABASE}?host={quote(str(self.sockets))}&port={PORT}"


@contextlib.contextmanager
def postgres(cluster: Cluster) -> Iterator[Child]:
    """Run the cluster, first made when there is none, with both roles and the database in it."""
    _check_version(cluster)
    if not cluster.data.exists():
        _initialise(cluster)
    _end_orphan(cluster)
    remove((cluster.sockets / SOCKET, cluster.sockets / f"{SOCKET}.lock"))
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={cluster.sockets}",
        "unix_socket_permissions=0700",
        f"port={PORT}",
        *(() if cluster.durable else WITHOUT_DURABILITY),
    ]
    arguments = [str(cluster.programs / "postgres"), "-D", str(cluster.data)]
    for setting in settings:
        arguments += ["-c", setting]
    with running(_command(cluster, "PostgreSQL", arguments)) as child:
        wait_until(lambda: _psql(cluster, "SELECT 1") is None, child, seconds=60)
        complaint = _psql(cluster, PREPARE)
        if complaint:
            raise LauncherError(
                f"PostgreSQL refused its roles ({complaint}): run `make demo-reset`."
            )
        yield child


def _command(cluster: Cluster, name: str, arguments: list[str]) -> Command:
    return Command(
        name=name,
        arguments=arguments,
        environment=_environment(),
        log=cluster.log,
        folder=cluster.data.parent,
        identity=cluster.identity,
        polite=signal.SIGINT,  # "fast": ends sessions, keeps every commit
        firm=signal.SIGQUIT,  # "immediate": recovery at the next start
        grace=20,
    )


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def _check_version(cluster: Cluster) -> None:
    with contextlib.suppress(FileNotFoundError):
        found = (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if found != str(MAJOR):
            raise LauncherError(
                f"{cluster.data} was made by PostgreSQL {found} and this is {MAJOR}: "
                "run `make demo-reset` to start over, or set OVERSIGHT_STATE to another folder."
            )


def _initialise(cluster: Cluster) -> None:
    """Make the data folder under another name first, so that a half-made one is never used."""
    unfinished = cluster.data.with_name("postgres.unfinished")
    remove((unfinished,))
    arguments = [
        *(str(cluster.programs / "initdb"), "-D", str(unfinished), "-U", "postgres"),
        *("--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(() if cluster.durable else ("--no-sync",)),
    ]
    run_to_end(_command(cluster, "The first initialisation of PostgreSQL", arguments))
    unfinished.rename(cluster.data)


def _end_orphan(cluster: Cluster) -> None:
    """End a server left from before; drop a pid file whose number now belongs to somebody else."""
    pid_file = cluster.data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text(encoding="ascii").split()[0])
        running_folder = Path(f"/proc/{pid}/cwd").readlink()
    except (FileNotFoundError, ProcessLookupError, ValueError, IndexError, PermissionError):
        running_folder = None
    if running_folder != cluster.data.resolve():
        remove((pid_file,))
        return
    subprocess.run(  # noqa: S603 - our own program, no shell
        [
            str(cluster.programs / "pg_ctl"),
            "stop",
            "-D",
            str(cluster.data),
            "-m",
            "fast",
            "-t",
            "30",
        ],
        env=_environment(),
        cwd=cluster.data.parent,
        check=False,
        capture_output=True,
        **cluster.identity.popen_arguments(),
    )


def _psql(cluster: Cluster, script: str) -> str | None:
    """Run a script as the cluster's superuser; return its complaint, None when it went well."""
    answer = subprocess.run(  # noqa: S603 - our own program, no shell
        [
            *(str(cluster.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1"),
            *(
                "-h",
                str(cluster.sockets),
                "-p",
                PORT,
                "-U",
                "postgres",
                "-d",
                "postgres",
                "-f",
                "-",
            ),
        ],
        input=script,
        env=_environment(),
        text=True,
        check=False,
        capture_output=True,
    )
    return None if answer.returncode == 0 else answer.stderr.strip()
