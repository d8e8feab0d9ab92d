"""Rows made up by hypothesis, and what the tests of several formulas ask of every formula."""

from datetime import date, datetime
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import compute, numerator_rows
from kpis.engine.shapes import Outcome
from tests.engine.builders import CUTOFF, table

Record = dict[str, Any]
FIRST = date(2026, 10, 1)
WINDOW: Any = {"cutoff_date": CUTOFF, "period_start": FIRST}
MOMENTS = st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 20))  # noqa: DTZ001 - tables hold naive UTC
LONG_AGO = st.none() | st.datetimes(datetime(2025, 8, 1), datetime(2026, 11, 20))  # noqa: DTZ001 - tables hold naive UTC
AMOUNTS = st.none() | st.integers(-3, 9).map(float)
SITES = st.sampled_from(["0012", "7"])


def listed(**columns: Any) -> st.SearchStrategy[list[Record]]:
    """Return lists of rows with a site; every column has a value in some row, or there is none."""
    rows = st.lists(st.fixed_dictionaries({"site": SITES, **columns}), max_size=14)
    return rows.filter(
        lambda some: not some or all(any(row[name] is not None for row in some) for name in columns)
    )


def outcome_of(definition: KpiDefinition, **rows: Any) -> Outcome:
    """Return what comes out of all rows together."""
    tables = {name: table(definition, name, some) for name, some in rows.items()}
    return compute(definition, tables, **WINDOW)[()]


def by_site(
    definition: KpiDefinition, **rows: list[Record]
) -> list[tuple[dict[str, Any], Outcome]]:
    """Return each site's rows with their outcome, and all rows with theirs."""
    tables = {name: table(definition, name, some) for name, some in rows.items()}
    found: list[tuple[dict[str, Any], Outcome]] = [
        (dict(rows), compute(definition, tables, **WINDOW)[()])
    ]
    for (site,), outcome in compute(definition, tables, **WINDOW, by=("site",)).items():
        own = {name: [row for row in some if row["site"] == site] for name, some in rows.items()}
        found.append((own, outcome))
    return found


def rows_shown(definition: KpiDefinition, **rows: list[Record]) -> tuple[list[int], list[int]]:
    """Return the positions of the rows shown behind the value: numerator, denominator."""
    tables = {name: table(definition, name, some) for name, some in rows.items()}
    shown = numerator_rows(definition, tables, **WINDOW)
    return (
        shown.numerator.mask.nonzero()[0].tolist(),
        shown.denominator.mask.nonzero()[0].tolist(),
    )


def frame(rows: list[Record], columns: dict[str, str]) -> pd.DataFrame:
    """Return a table with these columns and dtypes, for a formula asked by itself."""
    return pd.DataFrame(
        {
            name: pd.Series([row.get(name) for row in rows], dtype=dtype)
            for name, dtype in columns.items()
        }
    )
