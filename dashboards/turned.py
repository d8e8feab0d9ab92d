"""What turned between two states of knowledge, or two months. Pure: runs in, changes out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboards.fractions import shown_value
from dashboards.selectors.told import PAST, Run, Told
from kpis.agreed.judging import from_kept, judged_by
from kpis.definitions import in_force
from kpis.due import by_study
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from oversight.look.times import month_text

Scope = tuple[int, int | None]
COLOURED = (*PAST, RagStatus.GREEN)


class Group(StrEnum):
    """The columns in which changes stand."""

    RED = "red"
    GREEN = "green"
    MISSING = "missing"
    RESTATED = "restated"
    LATE = "late"
    BELIEF = "belief"


WORDS: Mapping[Group, str] = {
    Group.RED: "newly red",
    Group.GREEN: "newly green",
    Group.MISSING: "newly missing",
    Group.RESTATED: "restated",
    Group.LATE: "newly late",
    Group.BELIEF: "newly hard to believe",
}


@dataclass(frozen=True)
class Changed:
    """One change: of a KPI, or without `slug` of a file; `was` and `now` say both states."""

    group: Group
    name: str
    slug: str
    engagement_id: int
    study_id: int | None
    period: date
    was: str
    now: str


def turned(then: Mapping[Scope, Run], now: Mapping[Scope, Run]) -> Iterator[Changed]:
    """Yield the KPIs that turned red or green or went missing, where they are told most narrowly.

    `then` and `now` hold the newest run of each scope. What has one and the same run has not moved.
    """
    for scope, run in now.items():
        before = then.get(scope)
        if before is not None and before.pk == run.pk:
            continue
        for slug, told in run.results.items():
            definition = in_force(run.period).get(slug)
            if definition is None or by_study(definition) is not (run.study_id is not None):
                continue
            old = before.results.get(slug) if before else None
            group = group_of(old.rag if old else "", told.rag)
            if group is not None:
                was = told_words(definition, old)
                if old is not None and before is not None and before.period != run.period:
                    was = f"{was} ({month_text(before.period)})"
                yield _changed(group, definition, run, was, told_words(definition, told))


def restated(pairs: Iterable[tuple[Run, Run]]) -> Iterator[Changed]:
    """Yield the KPIs whose figure of one and the same month became another one: (then, now)."""
    for then, now in pairs:
        for slug, old in then.results.items():
            definition = in_force(now.period).get(slug)
            if definition is None or by_study(definition) is not (now.study_id is not None):
                continue
            told = now.results.get(slug)
            if old.rag not in COLOURED or (told and (told.value, told.rag) == (old.value, old.rag)):
                continue
            words = told_words(definition, told)
            yield _changed(Group.RESTATED, definition, now, told_words(definition, old), words)


def group_of(was: str, now: str) -> Group | None:
    """Return the column of a change of status; "" is nothing known. None: nothing to tell."""
    if now == was:
        return None
    if now == RagStatus.RED:
        return Group.RED
    if now == RagStatus.GREEN:
        return Group.GREEN if was in PAST else None
    return Group.MISSING if now == RagStatus.MISSING and was else None


def told_words(definition: KpiDefinition, told: Told | None) -> str:
    """Say a state: "red at 18.4 %", "missing", "without a result"."""
    if told is None:
        return "without a result"
    if told.rag == RagStatus.MISSING:
        return "missing"
    if told.rag == RagStatus.INSUFFICIENT:
        return "too few to judge"
    judged = judged_by(definition, from_kept(told.limits))
    value = shown_value(judged, told.value, told.longest_open)
    if told.rag in COLOURED:
        return f"{told.rag} at {value}"
    return f"at {value}" if told.value is not None else "without a value"


def _changed(group: Group, definition: KpiDefinition, run: Run, was: str, now: str) -> Changed:
    return Changed(
        group=group,
        name=definition.short_name,
        slug=definition.slug,
        engagement_id=run.engagement_id,
        study_id=run.study_id,
        period=run.period,
        was=was,
        now=now,
    )
