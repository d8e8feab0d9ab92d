"""What is told by the bytes of a column is what its texts say one by one."""

import re

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from kpis.submissions.reading.plain_dates import all_plain
from kpis.submissions.reading.quick_dates import PLAIN

near = st.from_regex(r"[0-9]{4}[-/]\d\d-\d\d(?:[T U]\d\d:\d\d(?::\d\d)?)?", fullmatch=True)
some = st.sampled_from(["", "2025-09-03 14:58:04", "2025-09-03T14:58:04", "2025-09-03", " "])


@given(st.lists(st.one_of(near, some), max_size=8), st.integers(0, 2))
@example(["2025-09-03 14:58:04", ""] * 5000, 1)
@example(["2025-09-03 14:58:04"] * 5000 + ["2025-09-03 14:58:0x"], 0)
@example(["2025-09-03 14:58:04"] * 5000 + ["2025-09-03A14:58:04"], 0)
def test_it_says_what_each_text_says(texts: list[str], first: int) -> None:
    cells = pd.Series(texts, dtype="str").iloc[first:]
    filled = [text for text in texts[first:] if text]
    plain = all(text.isascii() and re.match(PLAIN, text) for text in filled)
    assert all_plain(cells) == (plain and len(set(map(len, filled))) == 1)


def test_cells_of_a_workbook_and_missing_ones_are_not_judged() -> None:
    assert not all_plain(pd.Series([pd.Timestamp("2025-09-03")], dtype="object"))
    assert not all_plain(pd.Series(["2025-09-03", None], dtype="str"))
