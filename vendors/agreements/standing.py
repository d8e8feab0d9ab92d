"""Which version of an agreement holds on a day, and how a version stands. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from vendors.dossier.standing import Mark

SOON = timedelta(days=90)


class Dated(Protocol):
    """What is asked of a version."""

    @property
    def effective_on(self) -> date:
        """The first day on which it holds, once signed."""

    @property
    def expires_on(self) -> date | None:
        """The last day on which it holds."""

    @property
    def terminated_on(self) -> date | None:
        """The day on which it was ended."""

    @property
    def signed_on(self) -> date | None:
        """The day of the second signature."""


V = TypeVar("V", bound=Dated)


@dataclass(frozen=True)
class State:
    """How a version stands on a day: whether it holds, and in words."""

    in_force: bool
    words: str
    mark: Mark


def begins(version: Dated) -> date | None:
    """Return the first day on which it holds: effective and signed by both, or None."""
    return None if version.signed_on is None else max(version.effective_on, version.signed_on)


def last_day(version: Dated) -> date | None:
    """Return the last day on which it holds, or None where it has no end.

    It does not hold on the day of its termination.
    """
    before = version.terminated_on - timedelta(days=1) if version.terminated_on else None
    ends = [day for day in (version.expires_on, before) if day is not None]
    return min(ends, default=None)


def in_force(versions: Iterable[V], *, on: date) -> V | None:
    """Return the version that holds on a day: of those begun the one that began last, unless over.

    An amendment replaces what held before it; when it is over, nothing holds.
    """
    begun = [one for one in versions if (first := begins(one)) is not None and first <= on]
    if not begun:
        return None
    newest = max(begun, key=lambda one: (begins(one), one.effective_on))
    end = last_day(newest)
    return newest if end is None or end >= on else None


def state(version: V, versions: Iterable[V], *, on: date) -> State:
    """Say how one version stands on a day among all versions of its agreement."""
    first, end = begins(version), last_day(version)
    if first is None:
        late = version.effective_on <= on
        return State(False, "waits for a signature", "stop" if late else "care")
    if first > on:
        return State(False, f"holds from {_day(first)}", "care")
    if end is not None and end < on:
        word = "terminated" if version.terminated_on else "expired"
        return State(False, f"{word}, last day {_day(end)}", "stop")
    if in_force(versions, on=on) is not version:
        return State(False, "replaced by a later version", "past")
    if end is not None:
        return State(True, f"in force until {_day(end)}", "care" if end - on <= SOON else "good")
    return State(True, f"in force since {_day(first)}", "good")


def _day(value: date) -> str:
    return f"{value:%-d %b %Y}"
