"""Listings made up for any definition: each column says what its conditions ask for, or not."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import formula_of
from tests.engine.builders import CUTOFF

NUMBERS = (-1.0, 0.0, 0.5, 1.0, 2.0, 5.0, 90.0)
AGES = (-20, 0, 1, 6, 12, 30, 45, 95, 200, 400)
PLACES = {"site": ("S1", "S2"), "country": ("FRA", "ESP")}


def days() -> list[datetime]:
    """Return moments at noon, from long before the cut-off to after it."""
    noon = datetime(CUTOFF.year, CUTOFF.month, CUTOFF.day, 12)  # noqa: DTZ001 - tables hold naive UTC
    return [noon - timedelta(days=age) for age in AGES]


def words_in(value: Any) -> Iterator[str]:
    """Yield every text that a definition's parameters hold."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (word for part in value.values() for word in words_in(part))
    elif isinstance(value, list | tuple):
        yield from (word for part in value for word in words_in(part))


def tables_for(definition: KpiDefinition) -> st.SearchStrategy[dict[str, pd.DataFrame]]:
    """Return listings for a definition, each column with a value in its first row."""
    formula, parameters = formula_of(definition)
    words = sorted(set(words_in(definition.parameters)))
    pools: dict[str, tuple[Any, ...]] = {
        "str": ("x", *words),
        "object": ("x",),
        "Float64": NUMBERS,
        "datetime64[us]": tuple(days()),
    }
    return st.fixed_dictionaries(
        {
            listing: _table({**dict.fromkeys(PLACES, "place"), **columns}, pools)
            for listing, columns in formula.columns(parameters).items()
        }
    )


def _table(
    columns: Mapping[str, str], pools: Mapping[str, tuple[Any, ...]]
) -> st.SearchStrategy[pd.DataFrame]:
    def cells(name: str, *blank: None) -> st.SearchStrategy[Any]:
        kind = columns[name]
        return st.sampled_from((*blank, *(PLACES[name] if kind == "place" else pools[kind])))

    first = st.fixed_dictionaries({name: cells(name) for name in columns})
    rows = st.lists(
        st.fixed_dictionaries({name: cells(name, None) for name in columns}), max_size=12
    )
    return st.tuples(first, rows).map(lambda found: _frame([found[0], *found[1]], columns))


def _frame(rows: list[dict[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype="str" if kind == "place" else kind)
            for name, kind in columns.items()
        }
    )
