"""Texts as numbers are the texts that they stand for."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kpis.submissions.reading.coded import (
    coded,
    is_coded,
    numbers,
    one_text,
    renamed,
    written,
    written_out,
)

words = st.lists(st.none() | st.text("aB\u00e9 \U0001f600", max_size=3), min_size=1, max_size=9)


def column_of(distinct: Sequence[str | None], codes: list[int]) -> pd.Series:
    return pd.Series(coded(pd.Series(distinct, dtype="str"), np.array(codes, dtype=np.intp)))


def as_list(column: pd.Series) -> list[str | None]:
    return [None if text != text else text for text in column.tolist()]


@given(words, st.data())
def test_each_row_has_the_text_of_its_place(
    distinct: list[str | None], data: st.DataObject
) -> None:
    codes = data.draw(st.lists(st.integers(0, len(distinct) - 1), max_size=20))
    column = column_of(distinct, codes)
    texts = [distinct[code] for code in codes]

    assert is_coded(column)
    assert as_list(written(column)) == texts
    assert list(column.cat.categories) == sorted({text for text in distinct if text is not None})
    assert as_list(written(renamed(column, "a", "B"))) == ["B" if t == "a" else t for t in texts]
    given_numbers = dict(zip(texts, numbers(column).tolist(), strict=True))
    assert [given_numbers[text] for text in texts] == numbers(column).tolist()
    assert len(set(given_numbers.values())) == len(given_numbers)
    assert given_numbers.get(None, -1) == -1


def test_more_texts_than_a_byte_counts() -> None:
    distinct = [str(number) for number in range(300)]
    codes = list(range(300)) * 2
    assert as_list(written(column_of(distinct, codes))) == distinct * 2


def test_a_table_is_written_out_and_other_columns_stay() -> None:
    table = pd.DataFrame({"sheet": one_text("S", 2), "none": one_text(None, 2), "row": [1, 2]})
    plain = written_out(table)
    assert plain.dtypes.astype(str).tolist() == ["str", "str", "int64"]
    assert plain["sheet"].tolist() == ["S", "S"]
    assert plain["none"].isna().all()
    assert written_out(plain) is plain
    assert as_list(renamed(plain["sheet"], "S", "T")) == ["T", "T"]
    assert len(one_text("S", 0)) == 0
