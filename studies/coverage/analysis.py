"""All rules over the facts of a day, and what a change of one delegation would do to them."""

from dataclasses import dataclass, replace
from datetime import date

from studies.answers import holds
from studies.coverage.cells import cells
from studies.coverage.facts import Facts, Held
from studies.coverage.flags import Finding, Flag
from studies.coverage.providers import single_source, unapproved, unqualified
from studies.coverage.records import expired, records
from studies.coverage.wording import Names

# What a CRO may know of its own delegations: what stands in its agreements and on the record.
FOR_CRO = frozenset({Flag.LATE, Flag.EXPIRED, Flag.DECISION_GAP})
ORDER = {flag: place for place, flag in enumerate(Flag)}


def analyse(facts: Facts, *, on: date) -> tuple[Finding, ...]:
    """Return every finding of a day, by flag, then study and function as the facts have them.

    On studies of the reader's own sponsor all flags are asked about; on others, which a CRO's
    people see by their own delegations, only FOR_CRO.
    """
    names = Names.of(facts)
    of_day = replace(facts, held=tuple(one for one in facts.held if holds(one, on)))
    found = [
        *cells(of_day, on=on),
        *records(of_day, names, on=on),
        *expired(of_day, names, on=on),
        *unqualified(of_day, names, on=on),
        *unapproved(of_day, names, on=on),
        *single_source(of_day, names),
    ]
    known = (one for one in found if one.flag in FOR_CRO or _own(one, names))
    return tuple(sorted(known, key=lambda one: ORDER[one.flag]))


def _own(finding: Finding, names: Names) -> bool:
    return any(touch.study in names.own for touch in finding.touches)


@dataclass(frozen=True)
class Change:
    """What saving one delegation would do where it stands."""

    raised: tuple[Finding, ...]
    cleared: tuple[Finding, ...]
    left: tuple[Finding, ...]


def changed(facts: Facts, held: Held, *, on: date, instead_of: int | None = None) -> Change:
    """Return which flags of its function on its study a delegation would raise, clear or leave.

    `instead_of` is the number of the delegation that it changes. Looked at on the day asked about,
    or on the first or last day of the record where that day lies outside it.
    """
    day = max(on, held.from_date)
    if held.until_date is not None and held.until_date < day:
        day = held.until_date
    others = tuple(one for one in facts.held if one.pk != instead_of)
    before = _here(facts, held, day)
    after = _here(replace(facts, held=(*others, held)), held, day)
    return Change(
        raised=tuple(one for key, one in after.items() if key not in before),
        cleared=tuple(one for key, one in before.items() if key not in after),
        left=tuple(one for key, one in after.items() if key in before),
    )


def _here(facts: Facts, held: Held, day: date) -> dict[tuple[object, ...], Finding]:
    """Return the findings on one function of one study, by what tells them apart."""
    return {
        (one.flag, *one.subject): one
        for one in analyse(facts, on=day)
        if any(
            touch.function == held.function
            and (touch.study == held.study or one.flag == Flag.SINGLE_SOURCE)
            for touch in one.touches
        )
    }
