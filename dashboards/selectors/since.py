"""What changed since a reader was last here: what was known then against what is known now.

Of the month shown, by KPI where it is told most narrowly; files by the day they were due; and, as a
second question, the month shown against the month before, both as known now.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.compared import Compared, newly_doubted
from dashboards.periods import Asked, months_back
from dashboards.selectors.due import held_by
from dashboards.selectors.picture import EngagementFact, engagement_facts
from dashboards.selectors.told import results_of, runs_bare
from dashboards.selectors.visits import Since
from dashboards.turned import Changed, Group, restated, turned
from kpis.definitions import catalogue
from kpis.due import Duty
from kpis.standing import Entry, Records, Standing, entries, visible_records

MONTHS = 12
LATE = {Standing.LATE: Group.LATE, Standing.RETURNED: Group.LATE, Standing.MISSING: Group.MISSING}


@dataclass(frozen=True)
class Changes:
    """What changed for the period; `months` what differs from the month before, as known now.

    `engagements` and `held` name what may be chosen, also where nothing changed.
    """

    since: Since
    asked: Asked
    period: date
    changed: tuple[Changed, ...]
    months: tuple[Changed, ...]
    engagements: tuple[EngagementFact, ...]
    held: tuple[Duty, ...]


@dataclass(frozen=True)
class Wanted:
    """To which CRO, study, KPI or function it is narrowed; None or "" is all."""

    cro: int | None = None
    study: int | None = None
    kpi: str = ""
    function: str = ""

    def keeps(self, one: Changed, vendors: Mapping[int, int], held: Sequence[Duty]) -> bool:
        """Say whether a change is asked for; a file is of all studies and functions behind it."""
        duties = [duty for duty in held if duty.engagement_id == one.engagement_id]
        studies = {one.study_id} if one.study_id else {duty.study_id for duty in duties}
        works = {duty.function for duty in duties if duty.study_id in studies}
        if one.slug:
            works &= set(catalogue()[one.slug].functions)
        return (
            self.cro in (None, vendors.get(one.engagement_id))
            and self.study in (None, *studies)
            and self.kpi in ("", one.slug)
            and (not self.function or self.function in works)
        )


def changes_since(user: Any, *, asked: Asked, since: Since, wanted: Wanted) -> Changes | None:
    """Return what changed, or None where the reader has no engagement. Eight statements at most."""
    facts = engagement_facts(user)
    if not facts:
        return None
    held = held_by(user)
    span = {"first": months_back(asked.day.replace(day=1), MONTHS)[0], "last": asked.day}
    if asked.period is not None:
        span = {"first": months_back(asked.period, MONTHS)[0], "last": asked.period}
    now = runs_bare(user, asked=asked, **span)
    then = runs_bare(user, asked=since.then(asked), **span)
    period = asked.period or max((one.period for one in now), default=span["last"].replace(day=1))
    bare = Compared(now, then, period)
    compared = bare.filled(results_of(user, bare.read()))
    records = visible_records(user, **span)
    files = _files(records, held, asked, since, months_back(period, MONTHS))
    vendors = {one.id: one.vendor_id for one in facts}

    def kept(found: Iterable[Changed]) -> tuple[Changed, ...]:
        return tuple(one for one in found if wanted.keeps(one, vendors, held))

    return Changes(
        since=since,
        asked=asked,
        period=period,
        changed=kept((*_moved(compared, files.overdue), *files.newly)),
        months=kept((*without(files.overdue, compared.between_months), *files.of_month)),
        engagements=facts,
        held=held,
    )


def _moved(compared: Compared, overdue: Sequence[Entry]) -> Iterator[Changed]:
    """Yield what turned, was restated or became hard to believe."""
    yield from without(overdue, turned(compared.seen, compared.of(compared.period)))
    yield from restated(compared.pairs)
    yield from newly_doubted(compared)


def without(overdue: Sequence[Entry], found: Iterable[Changed]) -> Iterator[Changed]:
    """Leave out the KPIs that are missing because a whole file is: the file says it once."""
    for one in found:
        if one.group is not Group.MISSING or not any(
            entry.period == one.period and entry.serves(one.engagement_id, one.study_id, one.slug)
            for entry in overdue
        ):
            yield one


@dataclass(frozen=True)
class Files:
    """Files that are overdue: those that were not then, and all of the month shown."""

    newly: tuple[Changed, ...]
    of_month: tuple[Changed, ...]
    overdue: tuple[Entry, ...]


def _files(
    records: Records, held: Sequence[Duty], asked: Asked, since: Since, months: Sequence[date]
) -> Files:
    then = since.then(asked)
    now_known, then_known = records.at(asked.known_until), records.at(then.known_until)
    newly, of_month, overdue = [], [], []
    for month in months:
        before = {one.scope: one for one in entries(held, then_known, period=month, on=then.day)}
        for entry in entries(held, now_known, period=month, on=asked.day):
            if not entry.overdue:
                continue
            overdue.append(entry)
            old = before.get(entry.scope)
            if old is None or not old.overdue:
                newly.append(_file(entry, _small(old.words) if old else "not due"))
            if month == months[-1]:
                of_month.append(_file(entry, "not due"))
    return Files(tuple(newly), tuple(of_month), tuple(overdue))


def _file(entry: Entry, was: str) -> Changed:
    return Changed(
        group=LATE[entry.standing],
        name="File",
        slug="",
        engagement_id=entry.due.engagement_id,
        study_id=entry.due.study_id,
        period=entry.period,
        was=was,
        now=_small(entry.words),
    )


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
