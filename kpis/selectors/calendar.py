"""The submission calendar: a line for each due submission, a cell for each month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kpis.due import duties, month_before
from kpis.selectors.calendar_filters import Chosen, filters_of
from kpis.selectors.due_names import Names, names_of
from kpis.selectors.due_rows import DueRow, due_row
from kpis.selectors.steps import is_sponsor_side
from kpis.selectors.submission_list import Filter
from kpis.standing import Entry, Standing, entries, visible_standings
from kpis.standing.states import DONE
from kpis.standing.tiles import NOTHING, Tile, tile_of
from oversight.look.times import month_text
from studies.models import Delegation, Engagement

MONTHS = 12
MOST_OWED = 30


@dataclass(frozen=True)
class Cell:
    """One month of a line; `words` say all that the tile shows. Nothing due leads nowhere."""

    month: date
    tile: Tile
    due: bool

    @property
    def words(self) -> str:
        """Say the month and where it stands."""
        return f"{month_text(self.month)}: {self.tile.words}"


@dataclass(frozen=True)
class Line:
    """One due submission over the months; `study_key` is 0 across studies."""

    vendor: str
    engagement: str
    engagement_id: int
    study: str
    study_key: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class CalendarPage:
    """The page: `rows` are the chosen month's, `owed` the newest that are overdue of others."""

    period: date
    months: tuple[date, ...]
    lines: tuple[Line, ...]
    rows: tuple[DueRow, ...]
    owed: tuple[DueRow, ...]
    owed_count: int
    filters: tuple[Filter, ...]
    filtered: bool
    sponsor_side: bool
    later: date | None

    @property
    def earlier(self) -> date:
        """The month before the chosen one."""
        return month_before(self.period)

    @property
    def finding(self) -> str:
        """Say the month in numbers: "2 of 9 accepted, 3 overdue"."""
        asked = [r for r in self.rows if r.standing not in (Standing.WAIVED, Standing.NOT_ASKED)]
        accepted = sum(row.standing in DONE for row in asked)
        overdue = sum(row.overdue for row in asked)
        if not asked:
            return "nothing is due"
        return f"{accepted} of {len(asked)} accepted" + (f", {overdue} overdue" if overdue else "")


def calendar_page(
    user: Any,
    *,
    period: date,
    today: date,
    wanted: Mapping[str, str],
    until: datetime | None = None,
) -> CalendarPage:
    """Return the calendar of what `user` may see, twelve months up to `period`.

    `today` judges what is late, `until` ends what is known (None: now). Four statements, whatever
    the number of CROs and months.
    """
    months = months_up_to(period, MONTHS)
    held = duties(Delegation.objects.visible_to(user))
    names = names_of(Engagement.objects.visible_to(user), held)
    known = visible_standings(user, first=months[0], last=period, until=until)
    sponsor_side = is_sponsor_side(user)
    filters = filters_of(names, wanted, sponsor_side=sponsor_side)
    chosen = Chosen.of(filters)
    by_scope: dict[tuple[int, int | None], dict[date, Entry]] = {}
    for month in months:
        for entry in entries(held, known, period=month, on=today):
            by_scope.setdefault(entry.scope, {})[month] = entry
    kept = {scope: line for scope, line in by_scope.items() if chosen.keeps(line, period, names)}
    found = [entry for line in kept.values() for entry in line.values()]
    owed = [one for one in found if one.overdue and one.period != period]
    owed.sort(key=lambda one: (-one.period.toordinal(), names.vendor(one)))
    this_month = today.replace(day=1)
    return CalendarPage(
        period=period,
        months=months,
        lines=_sorted(_line(names, scope, line, months) for scope, line in kept.items()),
        rows=_sorted(due_row(names, one, user) for one in found if one.period == period),
        owed=tuple(due_row(names, one, user) for one in owed[:MOST_OWED]),
        owed_count=len(owed),
        filters=filters,
        filtered=bool(chosen),
        sponsor_side=sponsor_side,
        later=months_up_to(period, -1)[0] if period < this_month else None,
    )


def months_up_to(period: date, count: int) -> tuple[date, ...]:
    """Return `count` months ending with `period`, oldest first; -1 is the one after it."""
    number = period.year * 12 + period.month - 1
    span = range(number - count + 1, number + 1) if count > 0 else (number + 1,)
    return tuple(date(month // 12, month % 12 + 1, 1) for month in span)


def _line(
    names: Names, scope: tuple[int, int | None], line: Mapping[date, Entry], months: Any
) -> Line:
    engagement = names.engagements[scope[0]]
    return Line(
        vendor=engagement.vendor.name,
        engagement=engagement.name,
        engagement_id=engagement.pk,
        study=names.of_study(scope[1]),
        study_key=scope[1] or 0,
        cells=tuple(
            Cell(month, tile_of(line[month]) if month in line else NOTHING, month in line)
            for month in months
        ),
    )


def _sorted(found: Any) -> Any:
    return tuple(sorted(found, key=lambda one: (one.vendor, one.engagement, one.study)))
