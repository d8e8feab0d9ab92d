"""A real web server and a real worker for tests, on the clone of the test database.

Both need the fixture `committed_db`: only committed rows are seen by another process. The storage
folder is passed in, since each test has its own (fixture `own_storage`). Nothing outlives a block.
"""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connections

from oversight.launcher.processes import Child, Command, running, wait_until

HOST = "127.0.0.1"
READY_SECONDS = 60


@contextlib.contextmanager
def running_web(storage_root: Path) -> Iterator[str]:
    """Run gunicorn with one process; yield its address, such as http://127.0.0.1:40123."""
    port = _free_port()
    arguments = ["gunicorn", "oversight.wsgi", "--config", "oversight/gunicorn.py"]
    command = _command("web", [*arguments, "--bind", f"{HOST}:{port}"], storage_root)
    with running(command) as child:
        wait_until(lambda: _is_healthy(port), child, seconds=READY_SECONDS)
        yield f"http://{HOST}:{port}"


@contextlib.contextmanager
def running_worker(storage_root: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a Celery worker with one child; yield its process, which leads a group of its own.

    `os.killpg(process.pid, signal.SIGKILL)` kills it with its child, as a power cut would.
    """
    arguments = ["celery", "-A", "oversight", "worker", "-P", "prefork", "-c", "1"]
    command = _command("worker", [*arguments, "--loglevel", "INFO"], storage_root)
    with running(command) as child:
        wait_until(lambda: _says_ready(child), child, seconds=READY_SECONDS)
        yield child.process


def _command(name: str, arguments: list[str], storage_root: Path) -> Command:
    storage_root.mkdir(parents=True, exist_ok=True)
    return Command(
        name=f"The {name} process",
        arguments=[sys.executable, "-m", *arguments],
        environment=_environment(storage_root),
        log=storage_root.parent / f"{name}.log",
        folder=settings.BASE_DIR,
    )


def _environment(storage_root: Path) -> dict[str, str]:
    """Return this process's environment, with the clone as its database."""
    names = {
        "DATABASE_URL": _with_database(os.environ["DATABASE_URL"]),
        "REDIS_URL": settings.REDIS_URL,
        "STORAGE_ROOT": str(storage_root),
        "OVERSIGHT_MODE": "test",
        "SECRET_KEY": settings.SECRET_KEY,
        "PYTHONUNBUFFERED": "1",
        "WEB_CONCURRENCY": "1",
    }
    return {**os.environ, **names}


def _with_database(url: str) -> str:
    name = connections["default"].settings_dict["NAME"]
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    return False


def _says_ready(child: Child) -> bool:
    return " ready." in child.command.log.read_text(errors="replace")
