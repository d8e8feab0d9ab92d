"""Positions of a month: the counts add up, and agree with a slow count by hand."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboards.selectors.functions.requisitions import counted

FIRST, CUTOFF = date(2026, 10, 1), date(2026, 10, 30)
DAYS = st.one_of(st.none(), st.integers(-40, 40).map(lambda n: FIRST + timedelta(days=n)))
ROWS = st.lists(st.tuples(DAYS, DAYS, DAYS), max_size=12)
Row = tuple[date | None, date | None, date | None]


def table(rows: list[Row]) -> pd.DataFrame:
    columns = ("approved_on", "started_on", "withdrawn_on")
    found = pd.DataFrame(rows, columns=columns)
    return found.apply(pd.to_datetime).astype("datetime64[us]")


def state(row: Row, day: date) -> str:
    """Say where a requisition stands at the end of a day."""
    approved, started, withdrawn = row
    if approved is None or approved > day:
        return "not there"
    if started is not None and (withdrawn is None or started <= withdrawn):
        ended: date | None = started
        how = "filled"
    else:
        ended, how = withdrawn, "cancelled"
    if ended is not None and ended < approved:
        return "not there"
    return how if ended is not None and ended <= day else "open"


@given(ROWS)
def test_the_counts_agree_with_a_slow_twin_and_add_up(rows: list[Row]) -> None:
    eve = FIRST - timedelta(days=1)
    found = counted(table(rows), first=FIRST, cutoff=CUTOFF)
    before = [state(row, eve) for row in rows]
    after = [state(row, CUTOFF) for row in rows]
    moved = [now for then, now in zip(before, after, strict=True) if then in ("open", "not there")]
    assert found.start == before.count("open")
    assert found.end == after.count("open")
    assert found.filled == moved.count("filled")
    assert found.cancelled == moved.count("cancelled")
    assert found.start + found.approved - found.filled - found.cancelled == found.end
    ages = [
        (CUTOFF - row[0]).days
        for row in rows
        if row[0] is not None and state(row, CUTOFF) == "open"
    ]
    assert found.oldest == max(ages, default=None)
