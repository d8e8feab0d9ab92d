"""How long a page takes inside the application: Django's handler with all middleware, no network.

Settings, sessions in Redis and PostgreSQL are those of production. The first visit of an address
finds nothing in the memory of the process; the others are counted.
"""

import gzip
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median, quantiles

from django.db import connection
from django.test import Client

REQUESTS = 200
# All but the few lines that choose light or dark before anything is drawn.
BLOCKING = re.compile(rb'<script src="(?![^"]*js/theme)[^"]*"(?![^>]*\b(?:defer|async)\b)')


@dataclass(frozen=True)
class Visits:
    """Milliseconds of a kind of page, SQL statements (most), and gzipped bytes of its HTML (most).

    `first` are first visits. `blocking` counts scripts that the first content would wait for.
    """

    page: str
    addresses: int
    requests: int
    median: float
    p95: float
    first_median: float
    first_most: float
    statements: int
    first_statements: int
    weight: int
    blocking: int


def visit(page: str, client: Client, addresses: Sequence[str]) -> Visits:
    """Visit each address once, then all of them again, in turns, REQUESTS times or more."""
    first = [_visit(client, address) for address in addresses]
    rounds = ceil(REQUESTS / len(addresses))
    again = [_visit(client, address) for _ in range(rounds) for address in addresses]
    times = [one[0] for one in again]
    html = [one[2] for one in again]
    return Visits(
        page=page,
        addresses=len(addresses),
        requests=len(times),
        median=median(times),
        p95=quantiles(times, n=20, method="inclusive")[-1],
        first_median=median(one[0] for one in first),
        first_most=max(one[0] for one in first),
        statements=max(one[1] for one in again),
        first_statements=max(one[1] for one in first),
        weight=max(len(gzip.compress(one)) for one in html),
        blocking=max(len(set(BLOCKING.findall(one))) for one in html),
    )


def _visit(client: Client, address: str) -> tuple[float, int, bytes]:
    statements = 0

    def counted(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's
        nonlocal statements
        statements += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        begun = time.perf_counter()
        response = client.get(address, secure=True)
        took = 1000 * (time.perf_counter() - begun)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")
    return took, statements, response.content
