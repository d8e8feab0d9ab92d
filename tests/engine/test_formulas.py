"""What `compute` and `numerator_rows` refuse, and how several listings share their units."""

from datetime import date
from typing import Any

import pytest

from kpis.engine.formulas import FORMULAS, ListingError, compute, numerator_rows
from kpis.engine.units import units_of
from tests.engine.builders import CUTOFF, queries, query_aging

WINDOW: dict[str, Any] = {"cutoff_date": CUTOFF, "period_start": date(2026, 10, 1)}


def test_formulas_are_entered_under_their_names() -> None:
    assert all(name == formula.name for name, formula in FORMULAS.items())


def test_a_missing_listing_is_refused() -> None:
    with pytest.raises(ListingError, match="Query aging needs the listing “queries”"):
        compute(query_aging(), {}, **WINDOW)
    with pytest.raises(ListingError, match="Query aging needs the listing “queries”"):
        numerator_rows(query_aging(), {}, cutoff_date=CUTOFF)


@pytest.mark.parametrize(("absent", "by"), [("closed_at", ()), ("site", ("site",))])
def test_a_missing_column_is_refused(absent: str, by: tuple[str, ...]) -> None:
    table = queries([]).drop(columns=absent)
    with pytest.raises(ListingError, match=f"needs the column “{absent}” in the listing “queries”"):
        compute(query_aging(), {"queries": table}, **WINDOW, by=by)


def test_other_listings_are_left_alone() -> None:
    tables = {"queries": queries([{"site": "1"}]), "visits": queries([{"site": "2"}])}
    assert list(compute(query_aging(), tables, **WINDOW, by=["site"])) == [("1",)]


def test_an_empty_table_has_no_units_but_the_whole() -> None:
    tables = {"queries": queries([])}
    assert compute(query_aging(), tables, **WINDOW, by=["site"]) == {}
    assert compute(query_aging(), tables, **WINDOW)[()].denominator == 0


def test_a_unit_with_nothing_open_stays_visible() -> None:
    tables = {"queries": queries([{"site": "1", "state": "closed"}])}
    assert compute(query_aging(), tables, **WINDOW, by=["site"])[("1",)].denominator == 0


def test_units_are_those_of_all_listings() -> None:
    first = queries([{"site": "10", "country": "NA"}, {"site": "9", "country": "DE"}])
    second = queries([{"site": None, "country": "NA"}, {"site": "9", "country": "DE"}])
    units = units_of({"first": first, "second": second}, ["country", "site"])
    assert units.keys == (("DE", "9"), ("NA", ""), ("NA", "10"))
    assert units.codes["first"].tolist() == [2, 0]
    assert units.codes["second"].tolist() == [1, 0]
