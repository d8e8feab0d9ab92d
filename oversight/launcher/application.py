"""The application's own processes: preparation through `manage.py`, then web, worker and beat."""

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from oversight.launcher.errors import LauncherError
from oversight.launcher.processes import Child, Command, run_to_end, running, wait_until
from oversight.launcher.state import PROJECT, State

HOST = "127.0.0.1"
PORTS = range(8000, 8100)


def free_port(wanted: str | None) -> int:
    """Return the wanted port, or the first free one; refuse with a sentence when it is taken."""
    if wanted is None:
        for port in PORTS:
            if _is_free(port):
                return port
        raise LauncherError(
            f"Ports {PORTS[0]} to {PORTS[-1]} are all in use: set PORT to a free one."
        )
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise LauncherError(f"PORT is {wanted!r}: set it to a number from 1 to 65535.")
    if not _is_free(int(wanted)):
        raise LauncherError(f"Port {wanted} is in use: set PORT to another, or leave it unset.")
    return int(wanted)


def prepare(state: State, environment: Mapping[str, str], owner: Mapping[str, str]) -> None:
    """Migrate, collect static files and load the demo where the database is empty."""
    migrate = ["migrate", "--no-input"]
    if owner:
        migrate += ["--database", "owner"]
    collect = _manage(
        state, "Collecting static files", ["collectstatic", "--no-input"], environment
    )
    with running(collect) as collecting:
        run_to_end(_manage(state, "The migration", migrate, {**environment, **owner}))
        run_to_end(_manage(state, "Loading the demo", ["load_demo"], environment))
        if collecting.process.wait() != 0:
            collecting.check()


def sign_ins(environment: Mapping[str, str]) -> str:
    """Return the sign-ins to print, one for each kind of user."""
    answer = subprocess.run(
        [sys.executable, "manage.py", "load_demo", "--sign-ins"],
        cwd=PROJECT,
        env=dict(environment),
        check=False,
        capture_output=True,
        text=True,
    )
    if answer.returncode != 0:
        raise LauncherError(
            "The sign-ins could not be listed: run `make demo-reset`, then start again "
            f"({answer.stderr.strip().splitlines()[-1:]})."
        )
    return answer.stdout.rstrip()


@contextlib.contextmanager
def application(
    state: State, environment: Mapping[str, str], port: int
) -> Iterator[tuple[tuple[Child, ...], str]]:
    """Run web, worker and beat; yield them and the sign-ins once the page of health answers."""
    web = ["gunicorn", "oversight.wsgi", "--config", "oversight/gunicorn.py"]
    web += ["--bind", f"{HOST}:{port}"]
    worker = [
        "oversight.launcher.guard",
        sys.executable,
        "-m",
        "celery",
        "-A",
        "oversight",
        "worker",
    ]
    worker += ["--loglevel", "INFO", "--concurrency", "2"]
    beat = ["celery", "-A", "oversight", "beat", "--loglevel", "INFO", "--pidfile="]
    beat += ["--schedule", str(state.root / "celerybeat-schedule")]
    with contextlib.ExitStack() as stack:

        def start(name: str, arguments: list[str], firm: signal.Signals) -> Child:
            command = _command(state, name, arguments, environment, firm)
            return stack.enter_context(running(command))

        pages = start("web", web, signal.SIGQUIT)  # ends without waiting for open requests
        people = sign_ins(environment)  # while the pages load
        wait_until(lambda: _is_healthy(port), pages, seconds=60)
        # After the pages, which the worker's backlog would keep waiting; its firm signal puts
        # running tasks back into the queue.
        jobs = start("worker", worker, signal.SIGQUIT)
        yield (pages, jobs, start("beat", beat, signal.SIGTERM)), people


def _command(
    state: State,
    name: str,
    arguments: list[str],
    environment: Mapping[str, str],
    firm: signal.Signals,
) -> Command:
    return Command(
        name=f"The {name} process",
        arguments=[sys.executable, "-m", *arguments],
        environment=environment,
        log=state.logs / f"{name}.log",
        folder=PROJECT,
        firm=firm,
    )


def _manage(
    state: State, name: str, arguments: list[str], environment: Mapping[str, str]
) -> Command:
    return Command(
        name=name,
        arguments=[sys.executable, "manage.py", *arguments],
        environment=environment,
        log=state.logs / f"{Path(arguments[0]).name}.log",
        folder=PROJECT,
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the web server does
        with contextlib.suppress(OSError):
            probe.bind((HOST, port))
            return True
    return False


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    return False
