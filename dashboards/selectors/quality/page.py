"""The data-quality page: calendar, rules, restatements, what is missing, right first time."""

from dataclasses import dataclass
from typing import Any

from dashboards.findings import plural
from dashboards.periods import Asked, month_name
from dashboards.selectors.months import Span, span_of
from dashboards.selectors.quality.first_time import FirstTime, first_time
from dashboards.selectors.quality.hits import PROBLEMS, Hit, hits
from dashboards.selectors.quality.missing import Lacking, lacking
from dashboards.selectors.quality.restatements import Restatement, restatements
from dashboards.selectors.quality.sent import Sent, sent
from kpis.selectors.calendar import CalendarPage, calendar_page

SUBMISSIONS_SHOWN = 100


@dataclass(frozen=True)
class Broken:
    """One submission that broke the chosen rule, and in how many cells."""

    sent: Sent
    cells: int


@dataclass(frozen=True)
class QualityPage:
    """The page; `chosen` is the rule that was asked about, `broken` where it was broken."""

    span: Span
    calendar: CalendarPage
    came: tuple[Sent, ...]
    hits: tuple[Hit, ...]
    chosen: Hit | None
    broken: tuple[Broken, ...]
    restatements: tuple[Restatement, ...]
    lacking: tuple[Lacking, ...]
    first_time: tuple[FirstTime, ...]

    @property
    def title(self) -> str:
        """Say the month in numbers."""
        words = f"{month_name(self.span.period)}: {self.calendar.finding}"
        count = sum(one.sent.period == self.span.period for one in self.restatements)
        return f"{words}; {plural(count, 'restatement')}" if count else words

    @property
    def problems(self) -> int:
        """How many problems were found in all."""
        return sum(one.problems for one in self.hits)

    @property
    def gaps(self) -> tuple[Lacking, ...]:
        """The KPIs that are missing anywhere."""
        return tuple(one for one in self.lacking if one.missing)

    @property
    def whole(self) -> tuple[Lacking, ...]:
        """The KPIs that were never missing."""
        return tuple(one for one in self.lacking if not one.missing)

    @property
    def accepted(self) -> int:
        """How many submissions were accepted."""
        return sum(one.accepted for one in self.first_time)

    @property
    def right(self) -> int:
        """How many of them were never returned."""
        return sum(one.right for one in self.first_time)


def quality_page(user: Any, *, asked: Asked, rule: str = "", by: str = PROBLEMS) -> QualityPage:
    """Return the page; an unknown `rule` chooses none. Nine statements."""
    span = span_of(user, asked=asked)
    came = sent(user, span=span)
    found = hits(user, span=span, came=came, by=by)
    chosen = next((one for one in found if one.rule == rule), None)
    return QualityPage(
        span=span,
        calendar=calendar_page(
            user, period=span.period, today=asked.day, wanted={}, until=asked.known_until
        ),
        came=came,
        hits=found,
        chosen=chosen,
        broken=_broken(chosen, came) if chosen else (),
        restatements=restatements(user, span=span, came=came),
        lacking=lacking(user, span=span),
        first_time=first_time(came),
    )


def _broken(chosen: Hit, came: tuple[Sent, ...]) -> tuple[Broken, ...]:
    return tuple(Broken(one, chosen.cells[one.pk]) for one in came if one.pk in chosen.cells)
