"""A small sound world of facts: one study, one CRO that does one thing as it should be."""

from dataclasses import replace
from datetime import date
from typing import Any

from studies.coverage.analysis import analyse
from studies.coverage.facts import Assessed, Facts, Held, Provider, Report, StudyFact, Version, Work
from studies.coverage.flags import Finding, Flag

DAY = date(2026, 6, 1)
START = date(2026, 1, 5)
SPONSOR, ALDER, CEDAR, SUB = 1, 11, 12, 13
T1, T2, MONITORING, DUTY = 21, 22, 31, 32
SOUND = (Assessed(date(2025, 11, 1), "qualified", None, date(2027, 11, 1)),)

WORK_ORDER = Version(41, 40, "Work order 1, version 1", START, None, None, date(2026, 1, 2))
STUDY = StudyFact(T1, "NWT-301", SPONSOR, True, False, START, False, True)
OTHER = replace(STUDY, pk=T2, protocol_number="NWT-302")
DONE = Held(
    pk=51,
    study=T1,
    function=MONITORING,
    kind="transferred",
    holder=ALDER,
    from_date=START,
    decision_maker="Sam Okafor",
    version=41,
    work_began_on=START,
)
OBLIGED = replace(DONE, pk=52, function=DUTY)
FACTS = Facts(
    studies=(STUDY,),
    works=(
        Work(MONITORING, "clinical-monitoring", "Clinical monitoring", None, False, True, False),
        Work(DUTY, "obligation-t19", "T19 Monitoring", None, True, False, True),
    ),
    held=(DONE, OBLIGED),
    versions={41: WORK_ORDER},
    providers={
        ALDER: Provider(ALDER, "Alder", SPONSOR, None, SOUND),
        CEDAR: Provider(CEDAR, "Cedar", SPONSOR, None, SOUND),
        SUB: Provider(SUB, "Willow", SPONSOR, ALDER, SOUND),
    },
    reports={T1: (Report("0003", date(2026, 2, 1), frozenset({(DUTY, ALDER, "")})),)},
)


def with_held(*held: Held, **more: Any) -> Facts:
    """Return the sound facts with other delegations."""
    return replace(FACTS, held=held, **more)


def said(facts: Facts, *, on: date = DAY) -> list[tuple[Flag, str]]:
    """Return flag and sentence of each finding."""
    return [(one.flag, one.sentence) for one in analyse(facts, on=on)]


def the_one(facts: Facts, *, on: date = DAY) -> Finding:
    """Return the only finding."""
    (finding,) = analyse(facts, on=on)
    return finding


def provider(pk: int, **more: Any) -> Any:
    """Return the providers with one of them changed."""
    return {**FACTS.providers, pk: replace(FACTS.providers[pk], **more)}
