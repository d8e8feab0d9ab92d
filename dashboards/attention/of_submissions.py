"""Submissions that wait: for the sponsor's decision, for repair, for a reason. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from dashboards.attention.handed import TABLE, Handed
from dashboards.attention.kinds import Kind
from dashboards.attention.matter import Matter, Place
from dashboards.attention.places import Places
from dashboards.attention.weights import Severity
from dashboards.findings import plural
from dashboards.periods import month_name
from kpis.standing import Entry, Key, Standing
from kpis.standing.came import Row, Stage
from oversight.look.times import day_text

WAITING = (Stage.SUBMITTED, Stage.RETURNED, Stage.CORRECTING, Stage.ACCEPTED)


def of_submissions(handed: Handed, places: Places, entries: Iterable[Entry]) -> Iterator[Matter]:
    """Yield what waits for somebody; what lies unfinished past its day is a late file instead."""
    due = {(*one.scope, one.period): one for one in entries}
    for key, row, stage in handed.at(*WAITING):
        place = places.of_engagement(*key[:2])
        if place is None:
            continue
        entry = due.get(key)
        if stage is Stage.SUBMITTED:
            yield _decision(key, row, places, place, entry)
        elif stage is Stage.ACCEPTED:
            if row.supersedes_id and not row.restatement_reason.strip():
                yield _restatement(key, row, places, place)
        elif entry is None or entry.standing is not Standing.LATE:
            yield _repair(key, row, stage, places, place, entry)


def _decision(key: Key, row: Row, places: Places, place: Place, entry: Entry | None) -> Matter:
    handed_over = row.submitted_at or row.received_at
    again = ", which would replace an accepted one" if row.restatement_reason else ""
    page = reverse("kpis:submission-detail", args=[row.pk])
    return Matter(
        key=f"decision {row.pk}",
        kind=Kind.DECISION,
        severity=Severity.DECISION,
        what=f"{month_name(key[2])} of {places.named(place)} waits for a decision{again}",
        act=f"{page}#decide",
        began=handed_over.date(),
        since_words=f"handed over on {day_text(handed_over)}",
        silence_words="nobody has looked into its files",
        **_common(key, row, places, place, entry),
    )


def _repair(
    key: Key, row: Row, stage: Stage, places: Places, place: Place, entry: Entry | None
) -> Matter:
    returned = stage is Stage.RETURNED
    began = row.decided_at if returned and row.decided_at else row.received_at
    words = "was returned and waits for repair" if returned else "is checked and not handed over"
    late = entry is not None and entry.passed
    return Matter(
        key=f"repair {row.pk}",
        kind=Kind.REPAIR,
        severity=Severity.LATE if late else Severity.REPAIR,
        what=f"{month_name(key[2])} of {places.named(place)} {words}",
        act=reverse("kpis:submission-detail", args=[row.pk]),
        began=began.date(),
        due=entry.due_day.day if entry else None,
        since_words=f"due by {day_text(entry.due_day.day)}" if entry else "",
        silence_words="nobody has worked on it",
        **_common(key, row, places, place, entry),
    )


def _restatement(key: Key, row: Row, places: Places, place: Place) -> Matter:
    began = row.decided_at or row.received_at
    return Matter(
        key=f"restatement {row.pk}",
        kind=Kind.RESTATEMENT,
        severity=Severity.RESTATEMENT,
        what=f"{month_name(key[2])} of {places.named(place)} was restated without a reason",
        act=reverse("kpis:submission-changes", args=[row.pk]),
        began=began.date(),
        since_words=f"replaced on {day_text(began)}",
        silence_words="nobody has said why",
        **_common(key, row, places, place, None),
    )


def _common(
    key: Key, row: Row, places: Places, place: Place, entry: Entry | None
) -> dict[str, Any]:
    functions = places.functions(*key[:2])
    slugs = len(entry.due.slugs) if entry else 0
    return {
        "place": place,
        "link": reverse("kpis:submission-detail", args=[row.pk]),
        "size": slugs or 1,
        "size_words": f"{plural(slugs, 'KPI')} rest on it" if slugs else "",
        "functions": functions,
        "critical": bool(functions & places.critical),
        "subjects": frozenset({(TABLE, row.pk)}),
    }
