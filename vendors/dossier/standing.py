"""How a provider stands on a day. Pure: records and a day in, words out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

Mark = Literal["good", "care", "stop", "past"]
SOON = timedelta(days=90)


class Assessment(Protocol):
    """What is asked of a qualification record."""

    @property
    def assessed_on(self) -> date:
        """The day of the assessment."""

    @property
    def outcome(self) -> str:
        """A value of `Qualification.Outcome`."""

    @property
    def conditions_closed_on(self) -> date | None:
        """The day on which its conditions were met."""

    @property
    def valid_until(self) -> date | None:
        """The last day that it covers."""


@dataclass(frozen=True)
class Standing:
    """Whether a provider is qualified on a day, and in words since or until when."""

    qualified: bool
    words: str
    mark: Mark


def qualified(assessments: Iterable[Assessment], *, on: date) -> Standing:
    """Return the standing by the newest assessment that was made by that day.

    A later assessment replaces an earlier one, also when it is worse. Conditions that are not met
    do not stop the work, and are said.
    """
    made = [one for one in assessments if one.assessed_on <= on]
    if not made:
        return Standing(False, "never assessed", "stop")
    newest = max(made, key=lambda one: one.assessed_on)
    if newest.outcome == "not-qualified" or newest.valid_until is None:
        return Standing(False, f"not qualified since {_day(newest.assessed_on)}", "stop")
    if newest.valid_until < on:
        return Standing(False, f"lapsed on {_day(newest.valid_until)}", "stop")
    until = f"qualified until {_day(newest.valid_until)}"
    met = newest.conditions_closed_on is not None and newest.conditions_closed_on <= on
    if newest.outcome == "conditional" and not met:
        return Standing(True, f"{until}, conditions open", "care")
    return Standing(True, until, "care" if newest.valid_until - on <= SOON else "good")


def when(first: date, last: date | None, on: date) -> tuple[str, Mark]:
    """Say how a period lies to a day."""
    if first > on:
        return f"from {_day(first)}", "care"
    if last is None:
        return f"since {_day(first)}", "good"
    if last < on:
        return f"ended {_day(last)}", "past"
    return f"until {_day(last)}", "good"


def _day(value: date) -> str:
    return f"{value:%-d %b %Y}"
