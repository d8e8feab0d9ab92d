"""Delegated, and nobody measures it: the one question of coverage that needs the catalogue."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from kpis.definitions import catalogue
from kpis.due import Duty, applicable
from kpis.engine.definition import KpiDefinition
from studies.coverage.facts import Facts, Held
from studies.coverage.flags import Finding, Flag, Mend, Touch
from studies.coverage.wording import Names, extent, joined

Measured = Collection[tuple[int, str]]
NAMED_AT_MOST = 3


def measured_work(duties: Iterable[Duty], *, on: date) -> frozenset[tuple[int, str]]:
    """Return engagement and function wherever a KPI that is asked for in the month names it.

    A KPI of any function, such as the time to fill a position, says nothing of the work itself,
    and one of the library that nobody chose measures nothing.
    """
    period = on.replace(day=1)
    return frozenset(
        (duty.engagement_id, duty.function)
        for duty in duties
        if any(
            duty.function in one.functions
            for one in applicable(
                duty.engagement_model, (duty.function,), duty.chosen(period), period=period
            )
        )
    )


def unmeasured(facts: Facts, *, measured: Measured) -> Iterator[Finding]:
    """Yield each function that a CRO does on the day of the facts and that no KPI measures there.

    Obligations are not asked about: a KPI measures work. Pure.
    """
    names = Names.of(facts)
    rows: dict[int, list[Held]] = defaultdict(list)
    slugs = {work.pk: work.slug for work in facts.works if not work.obligation}
    for held in facts.held:
        if held.engagement is None or not names.known(held) or held.function not in slugs:
            continue
        if held.moved and (held.engagement, slugs[held.function]) not in measured:
            rows[held.function].append(held)
    for work in facts.works:
        if work.pk in rows:
            yield _finding(facts, names, work.pk, rows[work.pk])


def _could_measure(slug: str) -> list[KpiDefinition]:
    return [one for one in catalogue().values() if slug in one.functions]


def _finding(facts: Facts, names: Names, function: int, rows: list[Held]) -> Finding:
    holders = tuple(dict.fromkeys(one.holder for one in rows if one.holder is not None))
    done_by = joined(facts.providers[pk].name for pk in holders)
    could = _could_measure(names.works[function].slug)
    why = "no KPI of the catalogue measures it."
    if could:
        named = joined(f"“{one.name}”" for one in could[:NAMED_AT_MOST])
        why = f"no KPI is asked for that measures it. The library has {named}."
    return Finding(
        flag=Flag.KPI_LESS,
        sentence=f"{extent(names, rows)} is delegated to {done_by}, and {why}",
        subject=(function,),
        touches=tuple(Touch(one.study, one.function, one.pk) for one in rows),
        providers=holders,
        mend=Mend("Choose a KPI" if could else "See the catalogue", "kpis:definition-list"),
    )
