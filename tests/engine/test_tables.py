"""The definitions of listings hold together, and their page is in step with them."""

import runpy
import sys
from pathlib import Path

import pytest

from kpis.engine import listing_reference as listing_reference_module
from kpis.engine.listing_examples import ROWS, example_csv
from kpis.engine.listing_reference import EXAMPLES, PAGE, listing_reference
from kpis.engine.tables import LISTINGS, MISSING_TOKENS, PROVENANCE, ListingType
from kpis.submissions.reading import IntakeLimits, SourceFile, read_submission

ALL = pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS)


@ALL
def test_keys_orders_and_telltales_name_columns_that_exist(listing: ListingType) -> None:
    names = [column.name for column in listing.columns]

    assert len(names) == len(set(names))
    assert {*listing.key, *listing.engine_order, *listing.telltale} <= set(names)
    assert not set(PROVENANCE) & set(names)
    assert 0 < listing.telltales_needed <= len(listing.telltale)


@ALL
def test_no_header_word_means_two_columns(listing: ListingType) -> None:
    words = [word for column in listing.columns for word in {*column.synonyms}]

    assert all(word.strip() for word in words)
    assert len(words) == len(set(words))


@ALL
def test_choices_belong_to_choice_columns_and_are_told_apart(listing: ListingType) -> None:
    for column in listing.columns:
        spellings = [word for choice in column.choices for word in choice.spellings]
        assert bool(spellings) == (column.kind == "choice")
        assert len(spellings) == len(set(spellings))
        assert column.filled_from is None or column.filled_from in LISTINGS


def test_namibia_is_a_country() -> None:
    assert "NA" not in MISSING_TOKENS


def test_a_column_is_found_by_name_and_an_unknown_one_is_an_error() -> None:
    assert LISTINGS["queries"].column("site").title == "Site Number"
    with pytest.raises(KeyError, match="colour"):
        LISTINGS["queries"].column("colour")


@ALL
def test_a_listing_says_what_it_is_for_and_where_it_is_found(listing: ListingType) -> None:
    assert listing.why.endswith(".")
    assert listing.sheet_names
    assert listing.found_in
    assert len(listing.key) > 1 or listing.duplicates == "refused"
    assert not any(word.isupper() for word in listing.title.split())  # titles stand in sentences
    for column in listing.columns:
        if column.unit:
            factors = dict(column.unit.factors)
            assert factors[column.unit.name.casefold()] == 1
            assert len(factors) == len(column.unit.factors)
            assert column.kind in ("number", "integer")


def test_names_of_people_belong_into_few_columns() -> None:
    named = {
        f"{listing.name}.{column.name}"
        for listing in LISTINGS.values()
        for column in listing.columns
        if column.names_people
    }
    assert named == {
        "capa.owner",
        "enrolment-by-site.investigator",
        "monitoring-visits.monitor",
        "page-locks.changed_by",
        "site-start-up.investigator",
    }


def test_the_module_writes_the_page_and_the_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "listings"
    monkeypatch.setattr(sys, "argv", ["reference", str(tmp_path / "listings.md"), str(folder)])
    runpy.run_path(str(listing_reference_module.__file__), run_name="__main__")
    assert (tmp_path / "listings.md").read_text("utf-8") == listing_reference()
    assert {path.stem for path in folder.iterdir()} == set(LISTINGS)


def test_the_page_for_senders_is_in_step() -> None:
    assert PAGE.read_text(encoding="utf-8") == listing_reference(), (
        "Run python -m kpis.engine.listing_reference"
    )
    for listing in LISTINGS.values():
        for column in listing.columns:
            assert f"| {column.title} |" in listing_reference()
    assert {path.stem for path in EXAMPLES.iterdir()} == set(LISTINGS)


@ALL
def test_each_example_is_in_step_and_read_as_its_listing(listing: ListingType) -> None:
    path = EXAMPLES / f"{listing.name}.csv"
    assert path.read_text(encoding="utf-8") == example_csv(listing)

    source = SourceFile(path, path.name)
    result = read_submission(
        [source], listings=list(LISTINGS), limits=IntakeLimits(), progress=lambda *_: None
    )

    assert result.problems == ()
    assert {name: len(table) for name, table in result.tables.items()} == {listing.name: ROWS}
    table = result.tables[listing.name]
    blank = {name for name in table.columns if table[name].isna().all()}
    assert blank == {column.name for column in listing.columns if column.names_people}
