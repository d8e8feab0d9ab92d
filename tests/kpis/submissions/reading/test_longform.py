"""JSON by listing: typed by the same columns as any file, refused with the place that is wrong."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading import (
    IntakeLimits,
    ReadResult,
    SourceFile,
    longform_shape,
    read_submission,
)
from kpis.submissions.reading.declared import stated_by
from kpis.submissions.reading.longform_shape import (
    FIELDS,
    NotJson,
    NotLongform,
    TooManyRows,
    parse_longform,
    pointer,
)
from tests.kpis.submissions.template.filling import made_up, values

ENVELOPE = {"engagement": 12, "study": 4, "data_cutoff_date": "2026-10-31"}
ROW = {"requisition": "007", "role": "CRA", "approved_on": "2026-01-05"}


def sent(listings: Any, **envelope: Any) -> bytes:
    return json.dumps({**ENVELOPE, **envelope, "listings": listings}).encode()


def read(folder: Path, content: bytes, *listings: str) -> ReadResult:
    path = folder / "1"
    path.write_bytes(content)
    return read_submission(
        [SourceFile(path, "nightly.json")],
        listings=listings or ["positions"],
        limits=IntakeLimits(),
        progress=lambda step, share: None,
    )


def as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, pd.Timestamp) else value


def test_every_listing_comes_back_as_it_was_sent(tmp_path: Path) -> None:
    """Fields named as columns; the same reading as of a workbook."""
    rows = {listing: made_up(listing) for listing in LISTINGS.values()}
    content = sent(
        {
            listing.name: [{key: as_json(one) for key, one in row.items()} for row in typed]
            for listing, typed in rows.items()
        }
    )
    result = read(tmp_path, content, *LISTINGS)
    assert [(one.rule, one.sentence) for one in result.problems] == []
    for listing, typed in rows.items():
        assert values(result, listing) == typed, listing.name
    (stated,) = stated_by(result.raw).values()
    assert (stated.engagement_id, stated.study_id) == (12, 4)
    assert (str(result.proposed_cutoff_date), stated.about) == (
        "2026-10-31",
        "engagement 12, study 4",
    )


def test_fields_may_have_our_titles_and_any_order(tmp_path: Path) -> None:
    rows = [{"Role": "CRA", "Req ID": "7"}, {"approved on": "2026-01-05", "Req ID": "8"}]
    result = read(tmp_path, sent({"positions": [rows[0] | rows[1] | {"Req ID": "7"}]}))
    assert result.problems == ()
    assert result.tables["positions"]["requisition"].tolist() == ["7"]


def test_a_problem_names_listing_row_and_field(tmp_path: Path) -> None:
    bad = {**ROW, "requisition": "8", "approved_on": "soon"}
    result = read(tmp_path, sent({"positions": [ROW, bad]}))
    (problem,) = result.problems
    assert (problem.rule, problem.sheet, problem.row, problem.column) == (
        "not-a-date",
        "positions",
        3,
        "approved_on",
    )
    found = pointer(str(problem.sheet), problem.row, problem.column)
    assert found == "/listings/positions/1/approved_on"


def test_numbers_words_and_nothing(tmp_path: Path) -> None:
    rows = [
        {"metric": "K1", "period": "2026-10-31", "numerator": 1, "denominator": 2.5, "value": None},
        {"metric": "K2", "period": "2026-10-31", "numerator": "3", "value": 12345678901234567},
    ]
    result = read(tmp_path, sent({"reported-figures": rows}), "reported-figures")
    table = result.tables["reported-figures"]
    assert table["numerator"].tolist() == [1.0, 3.0]
    assert table["denominator"].isna().tolist() == [False, True]
    assert table["value"].tolist()[1] == float(12345678901234567)


def test_an_empty_listing_says_that_there_is_nothing(tmp_path: Path) -> None:
    result = read(tmp_path, sent({"positions": []}))
    assert [one.rule for one in result.problems] == ["no-rows"]
    assert len(result.tables["positions"]) == 0


def test_a_field_that_nobody_knows_is_said(tmp_path: Path) -> None:
    result = read(tmp_path, sent({"positions": [{**ROW, "shoe size": 44}]}))
    assert [one.rule for one in result.problems] == ["columns-not-used"]


def test_a_listing_that_is_not_due_is_left(tmp_path: Path) -> None:
    row = {"study": "NWT-301", "site": "1"}
    result = read(tmp_path, sent({"positions": [ROW], "sites": [row]}))
    assert result.tables.keys() == {"positions"}


@pytest.mark.parametrize(
    ("listings", "place", "words"),
    [
        ({}, "/listings", "at least one listing"),
        (None, "/listings", "at least one listing"),
        ([], "/listings", "at least one listing"),
        ({"query": []}, "/listings/query", "no such listing"),
        ({"a/b~": []}, "/listings/a~1b~0", "no such listing"),
        ({"positions": {}}, "/listings/positions", "list of rows"),
        ({"positions": [ROW, 7]}, "/listings/positions/1", "object of fields"),
        ({"positions": [{**ROW, "role": []}]}, "/listings/positions/0/role", "one value"),
        ({"positions": [{"x": 1}]}, "/listings/positions", "None of the fields"),
    ],
)
def test_another_form_is_refused_with_its_place(
    tmp_path: Path, listings: Any, place: str, words: str
) -> None:
    with pytest.raises(NotLongform) as refusal:
        parse_longform(sent(listings))
    assert list(refusal.value.findings) == [place]
    assert words in refusal.value.findings[place][0]
    (problem,) = read(tmp_path, sent(listings)).problems
    assert (problem.rule, place in problem.sentence) == ("json-shape", True)


def test_a_misspelt_field_of_the_whole_is_not_silently_ignored() -> None:
    with pytest.raises(NotLongform, match="/data_cutof_date: There is no such field"):
        parse_longform(sent({"positions": [ROW]}, data_cutof_date="2026-10-31"))


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b'{"a": ' + b"[" * 100_000,
        b'{"a": "\xff"}',
        b'{"a": ' + b"9" * 5_000 + b"}",
        b"",
    ],
)
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NotJson):
        parse_longform(content)
    (problem,) = read(tmp_path, content).problems
    assert problem.rule == ("json-shape" if content else "file-empty")


def test_a_number_beyond_all_numbers_is_refused() -> None:
    with pytest.raises(NotLongform, match="too large"):
        parse_longform(sent({"positions": [ROW]}).replace(b'"007"', b"1e999"))


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(longform_shape, "MOST_ROWS", 1)
    content = sent({"positions": [ROW, {**ROW, "requisition": "8"}]})
    with pytest.raises(TooManyRows, match="2 rows were sent"):
        parse_longform(content)
    assert [one.rule for one in read(tmp_path, content).problems] == ["file-too-large"]
    monkeypatch.setattr(longform_shape, "MOST_BYTES", 10)
    assert [one.rule for one in read(tmp_path, content).problems] == ["file-too-large"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELD = st.sampled_from(["requisition", "role", "approved_on", "Started", "x", ""])
ROWS = st.lists(st.dictionaries(FIELD, JSON, max_size=4) | JSON, max_size=4)


@given(
    listings=st.dictionaries(st.sampled_from(["positions", "queries", "x"]), ROWS, max_size=2)
    | JSON,
    more=st.dictionaries(st.sampled_from([*FIELDS, "y"]), JSON, max_size=2),
)
def test_whatever_is_sent_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, listings: Any, more: dict[str, Any]
) -> None:
    content = json.dumps({"listings": listings, **more}).encode()
    result = read(tmp_path_factory.mktemp("json"), content, "positions", "queries")
    assert result.tables or result.problems
