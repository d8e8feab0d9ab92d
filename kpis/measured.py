"""Delegated, and nobody measures it: the one question of coverage that needs the catalogue."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from kpis.definitions import catalogue
from kpis.engine.definition import ANY_FUNCTION
from studies.coverage.facts import Facts, Held
from studies.coverage.flags import Finding, Flag, Mend, Touch
from studies.coverage.wording import Names, extent, joined


def measured_functions() -> frozenset[str]:
    """Return the slugs of the functions that a KPI of the catalogue names.

    A KPI of any function, such as the time to fill a position, says nothing of the work itself.
    """
    named = {slug for definition in catalogue().values() for slug in definition.functions}
    return frozenset(named - {ANY_FUNCTION})


def unmeasured(facts: Facts, *, measured: Collection[str]) -> Iterator[Finding]:
    """Yield each function that is delegated on the day of the facts and that no KPI names.

    Obligations are not asked about: a KPI measures work. Pure.
    """
    names = Names.of(facts)
    rows: dict[int, list[Held]] = defaultdict(list)
    for held in facts.held:
        if held.moved and names.known(held) and not names.works[held.function].obligation:
            rows[held.function].append(held)
    for work in facts.works:
        if work.pk in rows and work.slug not in measured:
            yield _finding(facts, names, work.pk, rows[work.pk])


def _finding(facts: Facts, names: Names, function: int, rows: list[Held]) -> Finding:
    holders = tuple(dict.fromkeys(one.holder for one in rows if one.holder is not None))
    done_by = joined(facts.providers[pk].name for pk in holders)
    return Finding(
        flag=Flag.KPI_LESS,
        sentence=f"{extent(names, rows)} is delegated to {done_by}, and no KPI of the catalogue "
        "measures it.",
        subject=(function,),
        touches=tuple(Touch(one.study, one.function, one.pk) for one in rows),
        providers=holders,
        mend=Mend("See the catalogue", "kpis:definition-list"),
    )
