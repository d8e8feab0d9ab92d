"""What a change of delegations changes in what is due, month by month. Pure.

What a month asks is taken apart into items, so that two calendars are compared as sets. Between
the first and last days of duties nothing changes, so that each stretch is asked about once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kpis.due.days import last_day, month_before
from kpis.due.duties import Duty, due_submissions


class What(StrEnum):
    """What an item of a due submission is."""

    LISTING = "listing"
    KPI = "kpi"
    STUDY = "study"


@dataclass(frozen=True)
class Item:
    """One thing that a month asks of an engagement, in the submission of a study or (None) across.

    `name` is the listing, the slug of the KPI that it feeds, or the number of a study that the
    submission covers.
    """

    engagement_id: int
    study_id: int | None
    what: What
    name: str


@dataclass(frozen=True)
class Change:
    """An item that becomes due, or no longer is, from a month to a month (None: open end)."""

    item: Item
    due: bool
    first: date
    last: date | None


def items(held: Iterable[Duty], *, period: date) -> frozenset[Item]:
    """Return what a month asks, item by item; nothing of months before the first asked for."""
    return frozenset(
        Item(one.engagement_id, one.study_id, what, name)
        for one in due_submissions(held, period=period)
        if one.terms.asks_for(period)
        for what, names in (
            (What.LISTING, one.listings),
            (What.KPI, one.slugs),
            (What.STUDY, frozenset(str(study_id) for study_id in one.study_ids)),
        )
        for name in names
    )


def difference(before: Iterable[Duty], after: Iterable[Duty]) -> tuple[Change, ...]:
    """Return what becomes due and what no longer is, by first month; the same: nothing."""
    old, new = tuple(before), tuple(after)
    begun: dict[tuple[Item, bool], date] = {}
    found: list[Change] = []
    for month in sorted({day.replace(day=1) for day in _turns((*old, *new))}):
        asked, then = items(old, period=month), items(new, period=month)
        here = {(one, True) for one in then - asked} | {(one, False) for one in asked - then}
        for key in begun.keys() - here:
            found.append(Change(*key, begun.pop(key), month_before(month)))
        for key in here - begun.keys():
            begun[key] = month
    found += [Change(*key, first, None) for key, first in begun.items()]
    return tuple(sorted(found, key=_order))


def _turns(held: Iterable[Duty]) -> Iterator[date]:
    """Yield a day of each month in which what is due may become another."""
    for duty in held:
        ends = [duty.until_date]
        yield duty.from_date
        if duty.terms.reports_from is not None:
            yield duty.terms.reports_from
        for choice in duty.choices:
            yield choice.from_month
            ends.append(choice.until_month)
        for end in ends:
            if end is not None and last_day(end) < date.max:
                yield last_day(end) + timedelta(days=1)


def _order(change: Change) -> tuple[object, ...]:
    item = change.item
    last = change.last or date.max
    study = item.study_id or 0
    return (change.first, not change.due, last, item.engagement_id, study, item.what, item.name)
