"""What an address asks of a document: its day, its list, and the days to compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from studies.toro.forms import day_of
from vendors.register.pages import number_of

NO_DAY = "Write the {what} as year-month-day, such as 2026-03-31."
NARROW = "narrow"


@dataclass(frozen=True)
class Asked:
    """A document: its day, narrow or full, as recorded by a day, since when changes count, of whom.

    `cro` is the number of the CRO whose part is wanted.
    """

    on: date
    narrow: bool = False
    known_on: date | None = None
    since: date | None = None
    cro: int | None = None
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, parameters: Mapping[str, Any], *, today: date) -> "Asked":
        """Read it from the address; a day that cannot be read is a problem, and left out."""
        problems: list[str] = []
        return cls(
            on=_day(parameters, "on", "day", problems) or today,
            narrow=parameters.get("list") == NARROW,
            known_on=_day(parameters, "known", "day it was recorded by", problems),
            since=_day(parameters, "since", "day to begin with", problems),
            cro=number_of(str(parameters.get("cro", ""))),
            problems=tuple(problems),
        )

    def values(self) -> dict[str, Any]:
        """Return it as `document` takes it."""
        return {"on": self.on, "narrow": self.narrow, "known_on": self.known_on, "cro": self.cro}

    def parameters(self) -> dict[str, str]:
        """Return it as an address carries it."""
        days = {"on": self.on, "known": self.known_on, "since": self.since}
        said = {name: day.isoformat() for name, day in days.items() if day}
        said |= {"list": NARROW} if self.narrow else {}
        return said | ({"cro": str(self.cro)} if self.cro else {})


@dataclass(frozen=True)
class Between:
    """Two days, the earlier first; what took effect after the one up to the other is meant."""

    after: date
    until: date
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, parameters: Mapping[str, Any], *, today: date) -> "Between":
        """Read it from the address; without days, the year up to today."""
        problems: list[str] = []
        until = _day(parameters, "to", "later day", problems) or today
        after = _day(parameters, "from", "earlier day", problems) or until - timedelta(days=365)
        if after > until:
            problems.append("The earlier day came after the later one: they are exchanged.")
            after, until = until, after
        return cls(after, until, tuple(problems))


def _day(parameters: Mapping[str, Any], name: str, what: str, problems: list[str]) -> date | None:
    text = str(parameters.get(name, "")).strip()
    day = day_of(text)
    if text and day is None:
        problems.append(NO_DAY.format(what=what))
    return day
