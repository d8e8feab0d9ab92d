"""What came of computing a result again, as a page says it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpis.engine.explaining.words import exact
from kpis.engine.terms import RagStatus
from kpis.models import SnapshotRun
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from oversight.look.marks import mark_of

WORDS = {
    "rag": "colour",
    "result": "result",
    "table": "sealed results by site",
}


@dataclass(frozen=True)
class DifferenceShown:
    """One figure that differs, in words."""

    where: str
    what: str
    stored: str
    computed: str


@dataclass(frozen=True)
class ProofShown:
    """The last time a KPI of a run was computed again."""

    at: datetime
    who: str
    holds: bool
    rows: int
    results: int
    seconds: float
    why: str
    differing: int
    differences: tuple[DifferenceShown, ...]


def last_proof(run: SnapshotRun, slug: str) -> ProofShown | None:
    """Return what came of it the last time; one statement. The run is visible to the reader."""
    entry = (
        AuditTrailEntry.objects.filter(
            event=Event.PROVED,
            subject_table=SnapshotRun._meta.db_table,
            subject_id=str(run.pk),
            detail__kpi=slug,
        )
        .order_by("-id")
        .first()
    )
    if entry is None:
        return None
    detail = entry.detail
    return ProofShown(
        at=entry.at,
        who=", ".join(word for word in (entry.actor_name, entry.organisation) if word),
        holds=detail["holds"],
        rows=detail["rows"],
        results=detail["results"],
        seconds=detail["seconds"],
        why=detail["why"],
        differing=detail["differing"],
        differences=tuple(_shown(one) for one in detail["differences"]),
    )


def _shown(one: dict[str, Any]) -> DifferenceShown:
    places = [one["country"], f"site {one['site']}" if one["site"] else ""]
    what = one["what"]
    if what.startswith("detail "):
        what = f"{what.removeprefix('detail ').replace('_', ' ')}, beside the value"
    return DifferenceShown(
        where=", ".join(place for place in places if place) or "the scope as a whole",
        what=WORDS.get(what, what),
        stored=_words(one["what"], one["stored"]),
        computed=_words(one["what"], one["computed"]),
    )


def _words(what: str, figure: Any) -> str:
    if what == "rag" and figure in list(RagStatus):
        return mark_of(figure).name
    if isinstance(figure, int | float) and not isinstance(figure, bool):
        return exact(figure) if round(figure, 6) == figure else repr(figure)
    return "–" if figure is None else str(figure)
