"""From tables to outcomes by scope. Nothing is stored here."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import ListingError, compute
from kpis.engine.rag import outcome_status
from kpis.engine.shapes import Outcome
from kpis.engine.tables import OWN_TABLES
from kpis.engine.terms import Level, RagStatus

SITE_COLUMNS = ["slug", "site", "country", "numerator", "denominator", "value", "rag", "detail"]


@dataclass(frozen=True)
class Scored:
    """An outcome with its status; `country` is empty for the scope as a whole."""

    country: str
    outcome: Outcome
    rag: RagStatus


def scored(
    definition: KpiDefinition,
    tables: Mapping[str, pd.DataFrame],
    *,
    cutoff_date: date,
    period_start: date,
    with_countries: bool,
) -> Iterator[Scored]:
    """Yield the scope as a whole, then each country that is named.

    A listing that was not sent makes the KPI MISSING: no other denominator takes its place. One
    that this application does not keep yet makes it UNAVAILABLE: no CRO owes it.
    """
    levels = [(), ("country",)] if with_countries and Level.COUNTRY in definition.grain else [()]
    for by in levels:
        try:
            outcomes = compute(
                definition, tables, cutoff_date=cutoff_date, period_start=period_start, by=by
            )
        except ListingError as error:
            if not by:
                own = error.listing in OWN_TABLES and error.listing not in tables
                yield unavailable(error.listing) if own else missing(str(error))
            continue
        for key, outcome in outcomes.items():
            if key != ("",):
                yield Scored("".join(key), outcome, outcome_status(outcome, definition))


def missing(why: str) -> Scored:
    """Return what stands for a KPI whose data did not come."""
    return Scored("", Outcome(None, None, None, {"why": why}), RagStatus.MISSING)  # type: ignore[dict-item]  # a sentence, not a figure


def unavailable(listing: str) -> Scored:
    """Return what stands for a KPI whose table this application does not keep yet."""
    why = f"{OWN_TABLES[listing].title} are not kept here yet."
    return Scored("", Outcome(None, None, None, {"why": why}), RagStatus.UNAVAILABLE)  # type: ignore[dict-item]  # a sentence, not a figure


def waived(why: str) -> Scored:
    """Return what stands for a KPI that the sponsor does without for this period."""
    return Scored("", Outcome(None, None, None, {"why": why}), RagStatus.NOT_APPLICABLE)  # type: ignore[dict-item]  # a sentence, not a figure


def site_rows(
    definitions: tuple[KpiDefinition, ...],
    tables: Mapping[str, pd.DataFrame],
    *,
    cutoff_date: date,
    period_start: date,
) -> pd.DataFrame:
    """Return one row per KPI and site: numbers as columns, the formula's detail as JSON."""
    rows = []
    for definition in definitions:
        if Level.SITE not in definition.grain:
            continue
        try:
            outcomes = compute(
                definition,
                tables,
                cutoff_date=cutoff_date,
                period_start=period_start,
                by=("site", "country"),
            )
        except ListingError:
            continue  # said once, for the scope as a whole
        rows += [
            {
                "slug": definition.slug,
                "site": site,
                "country": country,
                "numerator": outcome.numerator,
                "denominator": outcome.denominator,
                "value": outcome.value,
                "rag": outcome_status(outcome, definition).value,
                "detail": json.dumps(outcome.detail, sort_keys=True),
            }
            for (site, country), outcome in sorted(outcomes.items())
        ]
    return pd.DataFrame(rows, columns=SITE_COLUMNS)
