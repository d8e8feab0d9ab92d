"""Judging by agreed limits: what an agreement puts in the place of a definition's own. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpis.engine.definition import KpiDefinition, Limit, Limits, Provenance
from kpis.engine.terms import ProvenanceKind
from kpis.models import AgreedLimits

Kept = Mapping[str, Any]


def limits_of(row: AgreedLimits) -> Limits:
    """Return agreed limits as the engine judges by them."""
    kind = ProvenanceKind.SPONSOR_STANDARD if row.engagement_id is None else ProvenanceKind.CONTRACT
    return Limits(
        amber=_limit(row.amber, row.amber_to),
        red=_limit(row.red, row.red_to),
        provenance=Provenance(kind, row.source, row.approved_at.year),
    )


def judged_by(definition: KpiDefinition, limits: Limits | None) -> KpiDefinition:
    """Return the definition with these limits; with None it keeps its own."""
    return definition if limits is None else replace(definition, limits=limits)


def to_keep(limits: Limits | None) -> dict[str, Any] | None:
    """Return limits as a result keeps them, so that it explains itself years later."""
    if limits is None:
        return None
    return {
        "amber": _kept(limits.amber),
        "red": _kept(limits.red),
        "kind": limits.provenance.kind.value,
        "source": limits.provenance.source,
        "year": limits.provenance.year,
    }


def from_kept(kept: Kept | None) -> Limits | None:
    """Return the limits that a result kept; None where its definition's own judged it."""
    if kept is None:
        return None
    kind = ProvenanceKind(kept["kind"])
    return Limits(
        amber=_read(kept["amber"]),
        red=_read(kept["red"]),
        provenance=Provenance(kind, kept["source"], kept["year"]),
    )


def _limit(low: float, high: float | None) -> Limit:
    return low if high is None else (low, high)


def _kept(limit: Limit) -> float | list[float]:
    return list(limit) if isinstance(limit, tuple) else limit


def _read(kept: float | list[float]) -> Limit:
    return (kept[0], kept[1]) if isinstance(kept, list) else float(kept)
