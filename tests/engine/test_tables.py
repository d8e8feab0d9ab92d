"""The definitions of listings hold together, and their page is in step with them."""

import runpy
from pathlib import Path

import pytest

from kpis.engine import listing_reference as listing_reference_module
from kpis.engine.listing_reference import PAGE, listing_reference
from kpis.engine.tables import LISTINGS, MISSING_TOKENS, PROVENANCE, ListingType

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


def test_the_module_writes_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(Path(listing_reference_module.__file__)), run_name="__main__")

    assert capsys.readouterr().out == listing_reference()


def test_the_page_for_senders_is_in_step() -> None:
    assert PAGE.read_text(encoding="utf-8") == listing_reference(), (
        "Run python -m kpis.engine.listing_reference > docs/listings.md"
    )
    for listing in LISTINGS.values():
        for column in listing.columns:
            assert f"| {column.title} |" in listing_reference()
