"""Many people at once against a running server: each opens a page, reads it, opens the next.

One thread a person, plain HTTP, a connection for each page.
"""

import http.client
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median, quantiles
from threading import Thread

READS = (5.0, 15.0)
ARRIVING, COUNTED = 20.0, 60.0


@dataclass(frozen=True)
class Person:
    """Who they are, by their cookie, and the pages they go to."""

    cookie: str
    addresses: Sequence[str]


@dataclass(frozen=True)
class Crowd:
    """What people saw after everybody had arrived: requests, errors, milliseconds."""

    people: int
    requests: int
    errors: int
    median: float
    p95: float
    most: float


def crowd(people: Sequence[Person], *, port: int, headers: Mapping[str, str]) -> Crowd:
    """Let people arrive one by one and read; count what they do once all are there."""
    begun = time.monotonic()
    seen: list[tuple[float, float, int]] = []
    threads = [
        Thread(target=_read, args=(one, place, len(people), begun, port, headers, seen))
        for place, one in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted = [one for one in seen if one[0] >= begun + ARRIVING]
    times = [took for _, took, _ in counted]
    return Crowd(
        people=len(people),
        requests=len(counted),
        errors=sum(status != 200 for _, _, status in seen),
        median=median(times),
        p95=quantiles(times, n=20, method="inclusive")[-1],
        most=max(times),
    )


def _read(
    person: Person,
    place: int,
    people: int,
    begun: float,
    port: int,
    headers: Mapping[str, str],
    seen: list[tuple[float, float, int]],
) -> None:
    random = Random(place)  # noqa: S311 - the same people every time
    time.sleep(ARRIVING * place / people)
    while time.monotonic() < begun + ARRIVING + COUNTED:
        at = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(
                "GET", random.choice(person.addresses), headers={**headers, "Cookie": person.cookie}
            )
            response = connection.getresponse()
            response.read()
            status = response.status
        except (OSError, http.client.HTTPException):
            status = 0
        finally:
            connection.close()
        seen.append((at, 1000 * (time.monotonic() - at), status))
        time.sleep(random.uniform(*READS))
