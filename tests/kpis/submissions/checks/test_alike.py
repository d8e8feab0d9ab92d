"""Rows that repeat are found as pandas finds them, however their texts are kept."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kpis.submissions.checks import alike
from kpis.submissions.reading.coded import coded

COLUMNS = ["site", "opened_at", "age", "share", "name"]
times = st.sampled_from([pd.NaT, pd.Timestamp("2025-09-03"), pd.Timestamp("2025-09-03 01:00")])
rows = st.tuples(
    st.sampled_from(["1", "01", None]),
    times,
    st.sampled_from([None, 0, 1]),
    st.sampled_from([None, 0.0, -0.0, 0.5]),
    st.sampled_from(["a", None]),
)


def table_of(found: list[tuple[object, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(found, columns=COLUMNS, index=range(5, 5 + len(found)))
    kinds = {"site": "str", "opened_at": "datetime64[us]", "age": "Int64", "share": "Float64"}
    table = table.astype(kinds | {"name": "str"})
    places, words = pd.factorize(table["site"])
    texts = pd.Series([*words, None], dtype="str")
    return table.assign(site=pd.Series(coded(texts, places), table.index))


@given(st.lists(rows, min_size=1, max_size=30))
def test_it_marks_what_pandas_marks(found: list[tuple[object, ...]]) -> None:
    table = table_of(found)
    for columns in (COLUMNS, COLUMNS[:2], ["age"]):
        expected = table.duplicated(columns)
        pd.testing.assert_series_equal(alike.repeated(table, columns), expected)
