"""Definitions and listings for the engine's tests; everything not asked for has a valid default."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from kpis.engine.catalogue import CATALOGUE_FOLDER, load_catalogue
from kpis.engine.definition import KpiDefinition, Limits, Provenance
from kpis.engine.formulas import formula_of
from kpis.engine.terms import Direction, ProvenanceKind

CUTOFF = date(2026, 10, 31)
TEXT = ("site", "country", "state")
TIMES = ("opened_at", "answered_at", "closed_at")


@cache
def catalogue() -> Mapping[str, KpiDefinition]:
    """Return the catalogue, read once; its examples are run by the tests of the catalogue."""
    return load_catalogue(with_examples=False)


def lone_file() -> str:
    """Return the file of query aging without its partner, so that it stands in a folder alone."""
    text = (CATALOGUE_FOLDER / "query-aging.toml").read_text(encoding="utf-8")
    partner = 'balancing = "query-reopen-rate"'
    assert partner in text
    return text.replace(partner, 'balancing_reason = "It stands alone."')


def query_aging(**changes: Any) -> KpiDefinition:
    """Return the catalogue's definition of query aging, with fields replaced."""
    return replace(catalogue()["query-aging"], **changes)


def judged(direction: Direction, amber: Any, red: Any) -> KpiDefinition:
    """Return a definition with these limits."""
    limits = Limits(amber, red, Provenance(ProvenanceKind.DEFAULT, "A test."))
    return query_aging(direction=direction, limits=limits)


def defined(formula: str, listings: tuple[str, ...], **parameters: Any) -> KpiDefinition:
    """Return a definition of this formula with these parameters."""
    return query_aging(formula=formula, listings=listings, parameters=parameters, limits=None)


def table(definition: KpiDefinition, listing: str, rows: Iterable[Mapping[str, Any]]) -> Any:
    """Return a listing with the columns that the definition reads, and site and country."""
    formula, parameters = formula_of(definition)
    rows = list(rows)
    columns = dict(formula.columns(parameters)[listing]) | dict.fromkeys(("site", "country"), "str")
    return pd.DataFrame(
        {
            name: pd.Series([row.get(name) for row in rows], dtype=dtype)
            for name, dtype in columns.items()
        }
    )


def queries(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return a query listing; times are given as ISO text, a column left out is empty."""
    rows = list(rows)
    table = {
        name: pd.Series([row.get(name, default) for row in rows], dtype="str")
        for name, default in zip(TEXT, ("S1", "", "open"), strict=True)
    }
    times = {
        name: pd.Series([row.get(name) for row in rows], dtype="datetime64[us]") for name in TIMES
    }
    return pd.DataFrame(table | times)
