"""Results by site, from the sealed table of each study run."""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
import pyarrow.parquet as pq

from dashboards.fractions import fraction_words
from dashboards.selectors.sources import StudyRun
from dashboards.spots import SEVERITY
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from kpis.engine.wording import value_words
from kpis.submissions.sealing import open_table
from oversight import storage


@dataclass(frozen=True)
class SiteReading:
    """One KPI of one engagement at one site; `share` is its percent of all sites' numerator."""

    engagement_id: int
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


class SiteRow(NamedTuple):
    """One KPI at one site, as a run keeps it, without its further figures."""

    slug: str
    site: str | None
    country: str | None
    numerator: float | None
    denominator: float | None
    value: float | None
    rag: str

    @property
    def severity(self) -> tuple[int, float, float]:
        """Sort key: worst status first, then what weighs most."""
        weight = -(self.numerator or 0.0), -(self.denominator or 0.0)
        return SEVERITY[RagStatus(self.rag)], *weight


def site_rows(sha256: str) -> list[SiteRow]:
    """Read a run's results by site; raises storage.SealBroken for a table that was altered."""
    table = pq.read_table(io.BytesIO(storage.fetch_verified(sha256)), columns=list(SiteRow._fields))
    columns = (table.column(name).to_pylist() for name in SiteRow._fields)
    return [SiteRow(*row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True)
class OpenRun:
    """A study run with its results by site, every KPI of it."""

    run: StudyRun
    table: pd.DataFrame


def opened(runs: Iterable[StudyRun]) -> tuple[OpenRun, ...]:
    """Open the site results of runs; raises storage.SealBroken for a table that was altered."""
    return tuple(
        OpenRun(run, open_table(run.site_results_sha256)) for run in runs if run.site_results_sha256
    )


def site_readings(
    definition: KpiDefinition, runs: Iterable[OpenRun], *, country: str = "", site: str = ""
) -> tuple[SiteReading, ...]:
    """Return the sites, worst first."""
    rows: list[tuple[StudyRun, dict[str, Any]]] = []
    for one in runs:
        chosen = one.table[one.table["slug"] == definition.slug]
        rows += [(one.run, row) for row in _records(chosen)]
    if country:
        rows = [pair for pair in rows if pair[1]["country"] == country]
    total = sum(row["numerator"] or 0.0 for _, row in rows)
    if site:
        rows = [pair for pair in rows if pair[1]["site"] == site]
    found = [_reading(definition, run, row, total) for run, row in rows]
    return tuple(sorted(found, key=lambda one: one.severity))


def _records(table: Any) -> list[dict[str, Any]]:
    """Return rows as dicts with None for what is not there."""
    plain = table.astype(object).where(table.notna(), None)
    return list(plain.to_dict("records"))


def _reading(
    definition: KpiDefinition, run: StudyRun, row: Mapping[str, Any], total: float
) -> SiteReading:
    return SiteReading(
        engagement_id=run.engagement_id,
        study_id=run.study_id,
        protocol_number=run.protocol_number,
        site=row["site"] or "no site",
        country=row["country"] or "",
        numerator=row["numerator"],
        denominator=row["denominator"],
        number=row["value"],
        status=row["rag"],
        value=value_words(row["value"], definition.unit),
        fraction=fraction_words(definition, row["numerator"], row["denominator"]),
        share=100 * (row["numerator"] or 0.0) / total if total else None,
        detail=json.loads(row["detail"]),
    )
