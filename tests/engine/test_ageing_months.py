"""Ageing at many cut-offs from a sealed table: the same numbers as of each cut-off alone."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine import sealed
from kpis.engine.ageing import AgeingParameters
from kpis.engine.ageing_months import MonthEnds, month_ends
from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import compute, formula_of
from kpis.engine.shapes import Key
from tests.engine.builders import defined, queries, query_aging

DEFINITION = query_aging()
CUTOFFS = (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31))
MOMENTS = st.datetimes(datetime(2026, 6, 1), datetime(2026, 11, 20))  # noqa: DTZ001 - tables hold naive UTC
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "site": st.sampled_from(["0012", "7", "S1", None]),
            "country": st.sampled_from(["NA", "DE", "", None]),
            "state": st.sampled_from(["open", "answered", "closed", None]),
            "opened_at": st.none() | MOMENTS,
            "closed_at": st.none() | MOMENTS,
        }
    ),
    max_size=30,
)
BY = [(), ("site",), ("site", "country"), ("country",)]


def as_sealed(table: pd.DataFrame, *, rows_in_a_group: int = 7) -> bytes:
    """Return a table as the intake seals it: texts coded, no schema of Arrow's own."""
    stream = io.BytesIO()
    content = pa.Table.from_pandas(table, preserve_index=False)
    pq.write_table(content, stream, store_schema=False, row_group_size=rows_in_a_group)
    return stream.getvalue()


def parameters(definition: KpiDefinition) -> AgeingParameters:
    found = formula_of(definition)[1]
    assert isinstance(found, AgeingParameters)
    return found


def of_one_unit(found: MonthEnds, month: int, unit: int) -> dict[str, Any]:
    """Return the figures of one unit at one cut-off under the names of the formula."""
    figures = {
        "open": found.open,
        "median_age": found.median_age,
        "p90_age": found.p90_age,
        **{f"older_than_{age}": values for age, values in found.older_than.items()},
        **{f"share_over_{age}": values for age, values in found.share_over.items()},
    }
    return {name: values[month].tolist()[unit] for name, values in figures.items()}


def check(definition: KpiDefinition, table: pd.DataFrame, by: Sequence[str]) -> None:
    """Hold every figure of every unit and cut-off against the formula."""
    found = month_ends(as_sealed(table), parameters(definition), by=by, cutoffs=CUTOFFS)
    assert found.cutoffs == CUTOFFS
    for month, cutoff in enumerate(CUTOFFS):
        expected = compute(
            definition, {"queries": table}, cutoff_date=cutoff, period_start=cutoff, by=by
        )
        assert found.keys == tuple(expected)
        for unit, outcome in enumerate(expected.values()):
            own = of_one_unit(found, month, unit)
            assert own == {name: pytest.approx(outcome.detail[name], abs=1e-9) for name in own}
            assert outcome.numerator == own["older_than_14"]


@settings(deadline=None, max_examples=40)  # the machine may be busy
@given(rows=ROWS)
@pytest.mark.parametrize("by", BY)
def test_each_cutoff_has_the_numbers_of_the_formula(
    by: tuple[str, ...], rows: list[dict[str, Any]]
) -> None:
    check(DEFINITION, queries(rows), by)


@settings(deadline=None, max_examples=40)  # the machine may be busy
@given(rows=ROWS)
def test_a_table_in_engine_order_gives_them_without_sorting(rows: list[dict[str, Any]]) -> None:
    ordered = queries(rows).sort_values(["site", "opened_at"], ignore_index=True)
    check(DEFINITION, ordered, ("site", "country"))


@settings(deadline=None, max_examples=40)  # the machine may be busy
@given(rows=ROWS)
def test_only_the_cases_that_count_are_in_it(rows: list[dict[str, Any]]) -> None:
    chosen = defined(
        "stock_ageing",
        ("queries",),
        listing="queries",
        opened="opened_at",
        closed="closed_at",
        older_than=14,
        also_older_than=[],
        buckets=[14],
        unless={"country": ["DE"]},
    )
    table = queries(rows).assign(country=lambda own: own["country"].fillna("NA"))
    check(chosen, table, ("site",))


def test_cutoffs_may_come_in_any_order_and_a_path_serves_as_well(tmp_path: Any) -> None:
    table = queries([{"opened_at": "2026-09-10"}, {"opened_at": "2026-08-01"}])
    path = tmp_path / "queries.parquet"
    path.write_bytes(as_sealed(table))
    found = month_ends(str(path), parameters(DEFINITION), by=(), cutoffs=CUTOFFS[::-1])
    assert found.open.tolist() == [[2], [2], [1]]
    assert found.median_age[:, 0].tolist() == [71.0, 40.0, 30.0]


def test_a_unit_appears_also_where_nothing_stands() -> None:
    table = queries([{"site": "A", "opened_at": "2026-12-01"}])
    found = month_ends(as_sealed(table), parameters(DEFINITION), by=("site",), cutoffs=CUTOFFS)
    keys: tuple[Key, ...] = (("A",),)
    assert (found.keys, found.open.tolist()) == (keys, [[0], [0], [0]])
    assert found.p90_age.tolist() == found.share_over[14].tolist() == [[None]] * 3


def test_a_column_that_is_not_there_is_named() -> None:
    table = queries([{"opened_at": "2026-09-10"}]).drop(columns="closed_at")
    with pytest.raises(KeyError, match="closed_at"):
        month_ends(as_sealed(table), parameters(DEFINITION), by=(), cutoffs=CUTOFFS)


def test_pieces_come_in_the_order_of_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "PIECE", 3)
    table = queries([{"site": f"{number:02}"} for number in range(20)])
    found = sealed.each_piece(
        as_sealed(table), texts=["site"], times=[], work=lambda piece: piece["site"].to_pylist()
    )
    assert [len(part) for part in found] == [3, 3, 1, 3, 3, 1, 3, 3]
    assert list(chain(*found)) == table["site"].tolist()
