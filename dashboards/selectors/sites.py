"""Results by site, from the sealed table of each study run."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.selectors.sources import Source
from dashboards.spots import SEVERITY, fraction_words
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from kpis.engine.wording import value_words
from kpis.submissions.sealing import open_table


@dataclass(frozen=True)
class SiteReading:
    """One KPI at one site; `share` is its part of the numerator of all sites, in percent."""

    study_id: int
    protocol_number: str
    site: str
    country: str
    numerator: float | None
    denominator: float | None
    number: float | None
    status: str
    value: str
    fraction: str
    share: float | None
    detail: Mapping[str, Any]

    @property
    def severity(self) -> tuple[int, float, float, str]:
        """Sort key: worst status first, then what weighs most."""
        return (
            SEVERITY[RagStatus(self.status)],
            -(self.numerator or 0.0),
            -(self.denominator or 0.0),
            self.site,
        )


def site_readings(
    definition: KpiDefinition, sources: Iterable[Source], *, country: str = "", site: str = ""
) -> tuple[SiteReading, ...]:
    """Return the sites, worst first; raises storage.SealBroken for a table that was altered."""
    rows: list[tuple[Source, dict[str, Any]]] = []
    for source in sources:
        if source.site_results_sha256:
            table = open_table(source.site_results_sha256)
            chosen = table[table["slug"] == definition.slug]
            rows += [(source, row) for row in _records(chosen)]
    if country:
        rows = [pair for pair in rows if pair[1]["country"] == country]
    total = sum(row["numerator"] or 0.0 for _, row in rows)
    if site:
        rows = [pair for pair in rows if pair[1]["site"] == site]
    found = [_reading(definition, source, row, total) for source, row in rows]
    return tuple(sorted(found, key=lambda one: one.severity))


def _records(table: Any) -> list[dict[str, Any]]:
    """Return rows as dicts with None for what is not there."""
    plain = table.astype(object).where(table.notna(), None)
    return list(plain.to_dict("records"))


def _reading(
    definition: KpiDefinition, source: Source, row: Mapping[str, Any], total: float
) -> SiteReading:
    return SiteReading(
        study_id=source.study_id,
        protocol_number=source.protocol_number,
        site=row["site"] or "no site",
        country=row["country"] or "",
        numerator=row["numerator"],
        denominator=row["denominator"],
        number=row["value"],
        status=row["rag"],
        value=value_words(row["value"], definition.unit),
        fraction=fraction_words(row["numerator"], row["denominator"]),
        share=100 * (row["numerator"] or 0.0) / total if total else None,
        detail=json.loads(row["detail"]),
    )
