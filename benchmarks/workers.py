"""Celery workers of one process each, and a recomputation that they do from asking to its end."""

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from django.db.models import Sum
from django.utils import timezone

from benchmarks.page import ROOT
from benchmarks.recompute import Recomputed
from benchmarks.reporting import Reported
from kpis.models import Recomputation
from kpis.recomputing.asking import ask
from oversight.launcher.processes import Child, Command, running, wait_until
from vendors.access import actor_of
from vendors.models import Vendor

READY_SECONDS = 120
LOOK_SECONDS = 0.05


@contextlib.contextmanager
def workers(count: int, reported: Reported, day: date) -> Iterator[Callable[[], int]]:
    """Run so many workers; yield what tells the most memory one process of them had, in bytes.

    They have done one CRO's month before, as workers have that did not start a moment ago.
    """
    with tempfile.TemporaryDirectory() as logs, contextlib.ExitStack() as stack:
        children = [
            stack.enter_context(running(_command(number, Path(logs)))) for number in range(count)
        ]
        for child in children:
            wait_until(lambda: _says_ready(child), child, seconds=READY_SECONDS)  # noqa: B023
        recomputed(reported, day, day, of=reported.engagement.vendor)
        yield lambda: max(_peak(child.process.pid) for child in children)


def recomputed(
    reported: Reported, first: date, last: date, *, of: Vendor | None = None
) -> Recomputed:
    """Ask for the proof of all months of the range, or of one CRO's, and wait for its end."""
    row = ask(
        actor=actor_of(reported.person),
        sponsor=reported.sponsor,
        kind=Recomputation.Kind.PROOF,
        scope=of,
        first_month=first,
        last_month=last,
        reason="Benchmark",
        now=timezone.now(),
    )
    begun = time.perf_counter()
    while not Recomputation.objects.filter(pk=row.pk, finished_at__isnull=False).exists():
        time.sleep(LOOK_SECONDS)
    seconds = time.perf_counter() - begun
    names = ("months", "results", "differing", "not_possible")
    found = row.parts.aggregate(**{name: Sum(name) for name in names})
    otherwise = found["differing"] + found["not_possible"]
    parts, (months, results) = row.parts.count(), (found["months"], found["results"])
    return Recomputed(parts, months, results, seconds, otherwise)


def _command(number: int, logs: Path) -> Command:
    arguments = ["celery", "-A", "oversight", "worker", "-P", "prefork", "-c", "1"]
    arguments += ["--hostname", f"worker-{number}@%h", "--loglevel", "INFO"]
    return Command(
        name=f"Worker {number}",
        arguments=[sys.executable, "-m", *arguments],
        environment=dict(os.environ),
        log=logs / f"worker-{number}.log",
        folder=ROOT,
    )


def _says_ready(child: Child) -> bool:
    return " ready." in child.command.log.read_text(errors="replace")


def _peak(parent: int) -> int:
    """Return the most that a worker's own process had resident, as the kernel counts it."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):  # a process that has just ended
            said = dict(
                line.split(":", 1) for line in status.read_text().splitlines() if ":" in line
            )
            if int(said["PPid"]) == parent and "VmHWM" in said:
                found.append(1024 * int(said["VmHWM"].split()[0]))
    return max(found, default=0)
