"""Flags of coverage, those of one study and provider together, and what nobody has confirmed. Pure.

The flags themselves are told on the coverage page; here they get a place among everything else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from dashboards.attention.coverage_words import act, began, page, what
from dashboards.attention.kinds import Kind
from dashboards.attention.matter import Matter, Place, Subject
from dashboards.attention.places import Places
from dashboards.attention.weights import Severity
from oversight.look.times import day_text
from studies.coverage.facts import Facts
from studies.coverage.flags import Finding, Flag, Touch
from studies.models import Delegation
from vendors.models import AgreementVersion

FLAGS: Mapping[Flag, tuple[Kind, Severity]] = {
    Flag.GAP: (Kind.CONFIRMATION, Severity.GAP),
    Flag.OVERLAP: (Kind.COVERAGE, Severity.OVERLAP),
    Flag.LATE: (Kind.AGREEMENT, Severity.LATE_CONTRACT),
    Flag.EXPIRED: (Kind.AGREEMENT, Severity.LAPSED),
    Flag.UNQUALIFIED: (Kind.QUALIFICATION, Severity.UNQUALIFIED),
    Flag.UNAPPROVED_SUBCONTRACT: (Kind.COVERAGE, Severity.UNAPPROVED),
    Flag.UNREPORTED: (Kind.COVERAGE, Severity.UNREPORTED),
    Flag.DECISION_GAP: (Kind.COVERAGE, Severity.UNDECIDED),
    Flag.SINGLE_SOURCE: (Kind.COVERAGE, Severity.SINGLE_SOURCE),
    Flag.KPI_LESS: (Kind.COVERAGE, Severity.UNMEASURED),
}

SILENCE = {
    Kind.CONFIRMATION: "nobody has confirmed it",
    Kind.QUALIFICATION: "nobody has assessed it",
}


class Group(NamedTuple):
    """What findings have in common that are told together; those across studies stand alone."""

    flag: Flag
    study: int | None
    provider: int | None
    recorded: bool
    alone: tuple[int | str | None, ...]


def of_coverage(
    facts: Facts, found: Iterable[Finding], places: Places, *, on: date
) -> Iterator[Matter]:
    """Yield the findings of a day, as far as they concern a study or provider of the facts."""
    groups: dict[Group, list[Finding]] = defaultdict(list)
    for one in found:
        groups[_group(one)].append(one)
    works = {work.pk: work.slug for work in facts.works}
    for group, rows in groups.items():
        place = _place(facts, group, rows, places)
        if place is None:
            continue
        touches = [touch for one in rows for touch in one.touches]
        functions = frozenset(works[one.function] for one in touches if one.function in works)
        kind, severity = FLAGS[group.flag]
        day = min(began(facts, rows, on=on), on)
        yield Matter(
            key=" ".join(str(part) for part in ("coverage", *group[:4], *group.alone)),
            kind=kind,
            severity=severity,
            what=what(rows, place),
            place=place,
            link=page(rows, place),
            act=act(rows, place),
            began=day,
            since_words=f"since {day_text(day)}",
            size=len(touches),
            size_words=f"{len(touches)} concerned" if len(touches) > 1 else "",
            functions=functions,
            critical=bool(functions & places.critical),
            subjects=_subjects(group, touches),
            silence_words=SILENCE.get(kind, "nobody has changed the record"),
        )


def _group(one: Finding) -> Group:
    studies = {touch.study for touch in one.touches}
    study = studies.pop() if len(studies) == 1 else None
    return Group(
        flag=one.flag,
        study=study,
        provider=one.providers[0] if one.providers else None,
        recorded=any(touch.delegation is not None for touch in one.touches),
        alone=() if study is not None and one.flag is not Flag.EXPIRED else one.subject,
    )


def _place(facts: Facts, group: Group, rows: Sequence[Finding], places: Places) -> Place | None:
    """A provider's, or of a study of the sponsor's own."""
    if group.provider is not None and group.provider in places.vendors:
        return places.of_vendor(group.provider, group.study)
    studies = {touch.study for one in rows for touch in one.touches}
    study = next((one for one in facts.studies if one.pk in studies), None)
    if study is None:
        return None
    protocol = places.protocols[study.pk] if group.study is not None else ""
    return Place(study.sponsor, study_id=group.study, protocol=protocol)


def _subjects(group: Group, touches: Iterable[Touch]) -> frozenset[Subject]:
    if group.flag is Flag.EXPIRED and isinstance(group.alone[0], int):
        return frozenset({(AgreementVersion._meta.db_table, group.alone[0])})
    table = Delegation._meta.db_table
    return frozenset((table, one.delegation) for one in touches if one.delegation is not None)
