"""Comparing two tables, held against a slow twin that looks at one row after the other."""

from collections import Counter
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.api.types import pandas_dtype

from kpis.engine.tables import LISTINGS, ListingType
from kpis.submissions.comparing.rows import (
    FOLLOW_THE_CALENDAR,
    compare,
    compared,
    gone_rows,
    identities,
)
from kpis.submissions.reading.typed import DTYPES

QUERIES, DEVIATIONS, VISITS = (LISTINGS[n] for n in ("queries", "deviations", "visits"))
Cells = dict[str, Any]


def table_of(listing: ListingType, rows: list[Cells], *, first_row: int = 2) -> pd.DataFrame:
    """Return a typed table as the reader makes it; what a row leaves out is blank."""
    columns = {
        column.name: pd.Series([row.get(column.name) for row in rows], dtype="object").astype(
            pandas_dtype(DTYPES[column.kind])
        )
        for column in listing.columns
    }
    places = range(first_row, first_row + len(rows))
    return pd.DataFrame(columns).assign(
        file=0, sheet=pd.Series(["S"] * len(rows), dtype="str"), row=list(places)
    )


def twin(listing: ListingType, before: pd.DataFrame, after: pd.DataFrame) -> tuple[int, ...]:
    """Count new, changed, gone and unchanged, one row at a time."""

    def said(row: Any, columns: tuple[str, ...]) -> tuple[Any, ...]:
        return tuple(None if pd.isna(row[name]) else row[name] for name in columns)

    old, young = before.to_dict("records"), after.to_dict("records")
    counts: list[int] = []
    for columns in (compared(listing), *identities(listing)):
        used = tuple(
            name for name in columns if not counts or (_says(before, name) and _says(after, name))
        )
        if not used:
            continue
        waiting = Counter(said(row, used) for row in young)
        rest = []
        for row in old:
            if waiting[said(row, used)]:
                waiting[said(row, used)] -= 1
            else:
                rest.append(row)
        counts.append(len(old) - len(rest))
        left = []
        for row in reversed(young):
            if waiting[said(row, used)]:
                waiting[said(row, used)] -= 1
                left.append(row)
        old, young = rest, left[::-1]
    return len(young), sum(counts[1:]), len(old), counts[0]


def _says(table: pd.DataFrame, name: str) -> bool:
    return bool(table[name].notna().any())


few = st.sampled_from(["1", "2", None])
days = st.sampled_from([pd.Timestamp("2025-10-01"), pd.Timestamp("2025-11-04"), None])
query_rows = st.lists(
    st.fixed_dictionaries(
        {
            "site": st.sampled_from(["1", "2"]),
            "participant": few,
            "form": few,
            "state": st.sampled_from(["open", "closed"]),
            "opened_at": days,
            "reported_age": st.integers(0, 3),
        }
    ),
    max_size=12,
)
deviation_rows = st.lists(
    st.fixed_dictionaries(
        {
            "site": st.sampled_from(["1", "2"]),
            "participant": few,
            "pd_status": st.sampled_from(["confirmed", "proposed", None]),
            "deviation_date": days,
        }
    ),
    max_size=12,
)
pairs = st.one_of(
    st.tuples(st.just(QUERIES), query_rows, query_rows),
    st.tuples(st.just(DEVIATIONS), deviation_rows, deviation_rows),
)


@settings(max_examples=60, deadline=None)
@given(pairs, st.randoms(use_true_random=False))
def test_it_counts_as_the_twin_whatever_the_order(
    pair: tuple[ListingType, list[Cells], list[Cells]], random: Any
) -> None:
    listing, old, young = pair
    before, after = table_of(listing, old), table_of(listing, young)
    found = compare(listing, before, after)
    new, changed, gone, unchanged = found.counts
    assert found.counts == twin(listing, before, after)
    assert changed + gone + unchanged == len(before)
    assert changed + new + unchanged == len(after)
    for name in identities(listing)[-1]:
        if _says(before, name) and _says(after, name):
            pd.testing.assert_series_equal(found.before[name], found.after[name])
    order = list(range(len(before)))
    random.shuffle(order)
    mixed = compare(listing, before.iloc[order], after.iloc[::-1])
    for part in ("new", "before", "after", "gone"):
        pd.testing.assert_frame_equal(getattr(mixed, part), getattr(found, part))
    assert compare(listing, before, before).counts == (0, 0, 0, len(before))


def test_it_tells_new_changed_gone_and_where_each_stands() -> None:
    query = {"site": "1", "participant": "7", "opened_at": pd.Timestamp("2025-10-01")}
    old = [query | {"form": form, "state": "open", "reported_age": 3} for form in "ABC"]
    young = [
        query | {"form": "A", "state": "open", "reported_age": 34},
        query | {"form": "B", "state": "answered"},
        query | {"form": "D", "state": "open"},
    ]
    found = compare(QUERIES, table_of(QUERIES, old), table_of(QUERIES, young, first_row=90))
    assert found.counts == (1, 1, 1, 1)
    assert found.new[["form", "row"]].to_numpy().tolist() == [["D", 92]]
    assert found.gone[["form", "row"]].to_numpy().tolist() == [["C", 4]]
    assert found.before[["state", "row"]].to_numpy().tolist() == [["open", 3]]
    assert found.after[["state", "row"]].to_numpy().tolist() == [["answered", 91]]
    lost = gone_rows(QUERIES, table_of(QUERIES, old), table_of(QUERIES, young))
    assert list(lost["form"]) == ["C"]


def test_exact_duplicates_are_counted_each() -> None:
    visit = {"site": "1", "participant": "7", "visit": "Unscheduled"}
    found = compare(VISITS, table_of(VISITS, [visit] * 3), table_of(VISITS, [visit] * 5))
    assert found.counts == (2, 0, 0, 3)
    assert list(found.new["row"]) == [5, 6]
    assert compare(VISITS, table_of(VISITS, [visit] * 5), table_of(VISITS, [visit])).counts == (
        0,
        0,
        4,
        1,
    )


def test_a_day_filled_in_changes_a_row_whose_key_is_all_of_it() -> None:
    visit = {"site": "1", "participant": "7", "visit": "Week 4"}
    dated = visit | {"visit_date": pd.Timestamp("2025-11-03")}
    found = compare(VISITS, table_of(VISITS, [visit]), table_of(VISITS, [dated]))
    assert found.counts == (0, 1, 0, 0)


def test_a_second_query_on_the_same_field_is_no_change_of_the_first() -> None:
    first = {"site": "1", "participant": "7", "opened_at": pd.Timestamp("2025-10-01")}
    second = first | {"opened_at": pd.Timestamp("2025-11-04")}
    found = compare(QUERIES, table_of(QUERIES, [first]), table_of(QUERIES, [second]))
    assert found.counts == (1, 0, 1, 0)


def test_a_column_of_the_key_that_one_file_lacks_tells_no_rows_apart() -> None:
    old = [{"site": "1", "participant": str(n), "state": "open"} for n in range(3)]
    young = [row | {"form": "AE"} for row in old]
    before = table_of(QUERIES, old).drop(columns=["form"])
    assert compare(QUERIES, before, table_of(QUERIES, young)).counts == (0, 3, 0, 0)


def test_studies_with_the_same_numbers_are_kept_apart() -> None:
    row = {"site": "1", "participant": "7", "state": "open"}
    old = [row | {"study": "NWT-301"}, row | {"study": "NWT-204"}]
    young = [row | {"study": "NWT-204", "state": "closed"}]
    found = compare(QUERIES, table_of(QUERIES, old), table_of(QUERIES, young))
    assert found.counts == (0, 1, 1, 0)
    assert list(found.gone["study"]) == ["NWT-301"]


def test_many_columns_of_many_values_do_not_run_together() -> None:
    rows = [
        {c.name: f"{c.name} {n}" for c in QUERIES.columns if c.kind == "text"} for n in range(3000)
    ]
    before = table_of(QUERIES, rows)
    after = table_of(QUERIES, [*rows[:-1], rows[-1] | {"marking_group": "other"}])
    assert compare(QUERIES, before, after).counts == (1, 0, 1, 2999)


def test_only_columns_that_age_by_themselves_are_left_out() -> None:
    columns = [column for listing in LISTINGS.values() for column in listing.columns]
    ages = {one.name for one in columns if one.unit is not None and one.unit.name == "days"}
    extracted = {one.name for one in columns if one.name == "extracted_on"}
    assert ages | extracted | {"reported_age", "days_on_study"} >= FOLLOW_THE_CALENDAR
    settled = {"overlap_days"}  # a handover that is over does not grow longer
    assert ages - settled <= FOLLOW_THE_CALENDAR  # a new one: does it age by itself?


def test_rows_that_nothing_names_are_not_paired() -> None:
    old, young = [{"state": "open"}], [{"site": "1", "participant": "7", "state": "open"}]
    assert compare(QUERIES, table_of(QUERIES, old), table_of(QUERIES, young)).counts == (1, 0, 1, 0)


def test_a_column_that_became_of_another_kind_is_still_compared() -> None:
    row = {"site": "1", "participant": "7", "state": "open"}
    after = table_of(QUERIES, [row | {"log_line": "3"}, row | {"log_line": "4"}])
    before = after.assign(log_line=pd.array([3, 4], dtype="Int64"))
    assert compare(QUERIES, before, after).counts == (0, 0, 0, 2)
    blank = after.assign(log_line=pd.array([None, None], dtype="Float64"))
    assert compare(QUERIES, blank, after).counts == (0, 2, 0, 0)
    participants = LISTINGS["participants"]
    held = table_of(participants, [{"participant": "7", "pages_entered": 12}])
    as_float = held.assign(pages_entered=held["pages_entered"].astype("Float64"))
    assert compare(participants, as_float, held).counts == (0, 0, 0, 1)


def test_nothing_against_nothing() -> None:
    assert compare(QUERIES, table_of(QUERIES, []), table_of(QUERIES, [])).counts == (0, 0, 0, 0)
