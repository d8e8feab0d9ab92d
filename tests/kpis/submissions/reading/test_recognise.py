"""Any listing is recognised however its header is written, placed or built, and nothing else is."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.tables import LISTINGS, Column, ListingType
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.recognise import Recognised, recognise
from kpis.submissions.reading.shown import Shown

QUICK = settings(deadline=None, max_examples=300)
NAMES = ("Sheet1", "Export", "Data", "Tabelle1", "Site view", "Q3 2026", "")


def cell(column: Column, dice: random.Random) -> object:
    if column.kind == "choice":
        return dice.choice(dice.choice(column.choices).spellings)
    if column.kind in {"date", "datetime"}:
        return f"2025-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    if column.kind in {"integer", "number"}:
        return dice.randint(0, 90)
    return f"{column.name[:3]} {dice.randint(1, 20)}"


def written(words: str, dice: random.Random) -> str:
    """The same words in another case, with other spaces or signs."""
    return dice.choice(
        [words, words.upper(), words.replace(" ", "_"), f"# {words} ", words.replace(" ", "  ")]
    )


def storeys(titles: Sequence[str], dice: random.Random) -> list[list[str | None]]:
    """A header of two storeys: words split over both, or in either one."""
    upper: list[str | None] = []
    lower: list[str | None] = []
    for title in titles:
        first, _, rest = title.partition(" ")
        pair: tuple[str | None, str | None] = dice.choice([(title, None), (None, title)])
        if rest and dice.random() < 0.7:
            pair = (first, rest)
        upper.append(pair[0])
        lower.append(pair[1])
    return [upper, lower]


def variant(listing: ListingType, dice: random.Random) -> tuple[RawSheet, int]:
    """A sheet of a listing as somebody might send it, and the row of its header's last line.

    It has the columns that every row needs and as many telltale ones as are needed; of the others
    some are left out. Columns stand in any order, under any of their synonyms, beside foreign ones.
    """
    telling = dice.sample(sorted(listing.telltale), listing.telltales_needed)
    columns: list[Column | None] = [
        column
        for column in listing.columns
        if column.required
        or column.name in telling
        or (column.name not in listing.telltale and dice.random() < 0.5)
    ]
    columns += [None] * dice.randint(0, 3)
    dice.shuffle(columns)
    titles = [
        written(dice.choice((one.title, *one.synonyms)), dice) if one else f"Extra {number}"
        for number, one in enumerate(columns)
    ]
    rows = [[cell(one, dice) if one else "x" for one in columns] for _ in range(dice.randint(1, 6))]
    banner = [
        [dice.choice(["Confidential", "Report as of 2025-11-14", None]), *[None] * len(titles)][
            : len(titles)
        ]
        for _ in range(dice.randint(0, 4))
    ]
    header = storeys(titles, dice) if dice.random() < 0.5 else [titles]
    totals: list[object] = [None] * len(titles)
    totals[dice.randrange(len(titles))] = "Total:"
    frame = pd.DataFrame([*banner, *header, *rows, totals], dtype="object")
    return RawSheet(0, dice.choice(NAMES), frame), len(banner) + len(header)


def taken(sheet: RawSheet, file_name: str = "a.xlsx") -> Recognised:
    (found,) = recognise([sheet], [], file_names=[file_name])
    return found


@QUICK
@given(st.sampled_from(list(LISTINGS.values())), st.integers(0, 2**32))
def test_every_listing_is_recognised_in_every_variant(listing: ListingType, seed: int) -> None:
    sheet, row = variant(listing, random.Random(seed))  # noqa: S311  # builds a sheet, no secret

    found = taken(sheet)

    assert found.listing is listing, (found.why, sheet.frame.values.tolist())
    assert found.header is not None
    assert found.header.row <= row


@QUICK
@given(
    st.sampled_from(list(LISTINGS.values())),
    st.sampled_from(list(LISTINGS.values())),
    st.integers(0, 2**32),
)
def test_a_wrong_name_of_sheet_and_file_does_not_mislead(
    listing: ListingType, other: ListingType, seed: int
) -> None:
    sheet, _ = variant(listing, random.Random(seed))  # noqa: S311  # builds a sheet, no secret
    name = (*other.sheet_names, other.title)[0]

    found = taken(replace(sheet, name=name), f"{other.title} study 99.xlsx")

    assert found.listing is listing, (found.why, sheet.frame.values.tolist())


@QUICK
@given(st.lists(st.lists(st.text(max_size=8), min_size=4, max_size=4), max_size=6))
def test_words_that_mean_nothing_here_are_no_listing(rows: list[list[str]]) -> None:
    found = taken(RawSheet(0, "Data queries", pd.DataFrame(rows, dtype="object")))

    assert found.listing is None
    assert found.why.startswith("no listing")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "the sheet has no cells"),
        ([["Site", "Subject", "Page Name"]], "without what sets it apart"),
        ([["Report Name", "Content"], ["SDV", "Pages"]], "no listing"),
        (
            [["Site", "Subject", "Folder", "Visit Date", "Page"], ["1", "1", "V1", "", "AE"]],
            "'Page' belongs to another report",
        ),
        (
            [["Site", "Subject", "Enrolment Date", "Note"], *[["1", "2", "soon", "x"]] * 4],
            "no cell of 'Enrolment Date' fits it",
        ),
    ],
)
def test_what_is_none_says_why(rows: list[list[str]], words: str) -> None:
    assert words in taken(RawSheet(0, "A", pd.DataFrame(rows, dtype="object"))).why


def test_what_is_one_says_why() -> None:
    rows = [["Site", "Subject", "Page", "SDV Status"], ["1", "1-1", "AE", "Verified"]]

    why = taken(RawSheet(0, "SDV", pd.DataFrame(rows, dtype="object"))).why

    assert why == (
        "its header has 'Page' and 'SDV Status'; the cells of 'SDV Status' fit; the name of the"
        " sheet or file speaks for it too"
    )


def test_a_hidden_sheet_is_still_recognised() -> None:
    rows = [["Site", "Subject", "Page", "SDV Status"], ["1", "1-1", "AE", "Verified"]]
    sheet = RawSheet(0, "A", pd.DataFrame(rows, dtype="object"), shown=Shown(sheet_hidden=True))

    assert taken(sheet).listing is LISTINGS["sdv"]
