"""What is read quickly is read as what is read slowly; whatever is not regular is left to that."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpis.submissions.reading import IntakeLimits
from kpis.submissions.reading.cells import cells_of
from kpis.submissions.reading.delimited import RefusedText, slow_frame
from kpis.submissions.reading.quick_dates import quick_dates
from kpis.submissions.reading.quick_delimited import quick_frame

texts = st.text(alphabet="ab1é,;\"\n '", max_size=6)


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_raw_lines_are_read_as_the_slow_reader_reads_them_or_left_to_it(
    tmp_path: Path, lines: list[tuple[str, str, str]], separator: str
) -> None:
    text = "".join(separator.join(line) + "\n" for line in lines)
    path = written(tmp_path / "a.csv", text)

    quick = quick_frame(path, separator=separator, width=3)

    if quick is not None:
        slow, problems = slow_frame(path, "utf-8", separator, 3, IntakeLimits())
        assert problems == []
        assert quick.astype(object).to_numpy().tolist() == slow.astype(object).to_numpy().tolist()


def test_what_stops_within_quotes_is_left_to_the_slow_reader_that_refuses_it(
    tmp_path: Path,
) -> None:
    for cut in ('a,b\n1,"x', 'a,b\n1,"x\n', 'a,b\n1,"x""y'):
        path = written(tmp_path / "a.csv", cut)
        assert quick_frame(path, separator=",", width=2) is None
        with pytest.raises((pd.errors.ParserError, RefusedText)):
            slow_frame(path, "utf-8", ",", 2, IntakeLimits())


def test_uneven_records_are_left_to_the_slow_reader(tmp_path: Path) -> None:
    assert quick_frame(written(tmp_path / "a.csv", "a,b\n1\n"), separator=",", width=2) is None


def test_cells_keep_each_distinct_one_once_and_forget_those_of_rows_left_out() -> None:
    column = pd.Series([1.0, True, "x", "x", None], dtype="object")

    cells = cells_of(column, 0, dates=False)
    kept = cells.kept(cells.where(cells.texts != "TRUE"))

    assert cells.texts_at(np.ones(5, dtype=bool)).tolist() == ["1", "TRUE", "x", "x", ""]
    assert kept.texts.tolist() == ["1", "x", ""]
    assert kept.rows.tolist() == [0, 2, 3, 4]


def test_plain_dates_are_read_in_one_go_and_others_left() -> None:
    plain = pd.Series(["2025-09-03", "2025-09-03 14:58:04", ""])
    found = quick_dates(plain, blank=plain == "")
    assert found is not None
    assert [str(date) for date in found.values] == [
        "2025-09-03 00:00:00",
        "2025-09-03 14:58:04",
        "NaT",
    ]
    for other in ("03/04/2025", "2025-02-30", "2025-09-03T14:58:04Z"):
        assert quick_dates(pd.Series([other], dtype="str"), blank=pd.Series([False])) is None


def test_a_text_that_only_the_header_has_is_no_cell_of_the_rows() -> None:
    column = pd.Series(pd.Categorical(["Title", "a", "b", "a"], categories=["b", "Title", "a", ""]))

    cells = cells_of(column, 1, dates=False)

    assert sorted(cells.texts) == ["a", "b"]
    assert cells.texts_at(np.ones(3, dtype=bool)).tolist() == ["a", "b", "a"]
    assert sorted(cells.kept(np.array([True, False, True])).texts) == ["a"]
