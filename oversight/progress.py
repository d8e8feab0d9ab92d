"""How far a job is, in words, for whoever waits for it. Kept in the cache: a hint, not a record.

A job that has said nothing for two minutes is taken for dead and forgotten.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

KEPT_SECONDS = 2 * 60


@dataclass(frozen=True)
class Progress:
    """What a job is doing; `fraction` runs from 0 to 1."""

    words: str
    fraction: float

    @property
    def percent(self) -> int:
        """Return whole percents."""
        return round(100 * self.fraction)


def report(job: str, words: str, fraction: float) -> None:
    """Say how far `job` is."""
    cache.set(f"progress:{job}", (words, fraction), KEPT_SECONDS)


def of(job: str) -> Progress | None:
    """Return how far `job` is, or None when nobody said so."""
    found = cache.get(f"progress:{job}")
    return Progress(*found) if found else None


def of_all(jobs: Iterable[str]) -> dict[str, Progress]:
    """Return how far each of the jobs is of which somebody said so; one question to the cache."""
    names = {f"progress:{job}": job for job in jobs}
    found = cache.get_many(names) if names else {}
    return {names[key]: Progress(*said) for key, said in found.items()}


def finish(job: str) -> None:
    """Forget `job`: it is done."""
    cache.delete(f"progress:{job}")
