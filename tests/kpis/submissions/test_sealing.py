"""Sealed tables: the same rows give the same hash, whatever their order."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.submissions.reading.coded import coded
from kpis.submissions.sealing import open_table, rows_sha256, seal_table

ORIGIN = {"file": 0, "sheet": "S"}
cells = st.lists(st.text(alphabet="ab\u00e9 ,\"'", max_size=5), min_size=1, max_size=8)


def table_of(texts: list[str]) -> pd.DataFrame:
    rows = [{"site": text, "row": place, **ORIGIN} for place, text in enumerate(texts)]
    return pd.DataFrame(rows)


@given(cells, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_to_their_hash(texts: list[str], random: object) -> None:
    table = table_of(texts)
    order = list(table.index)
    random.shuffle(order)  # type: ignore[attr-defined]  # a Random
    assert rows_sha256(table) == rows_sha256(table.loc[order])


def test_one_changed_cell_changes_the_hash() -> None:
    assert rows_sha256(table_of(["a", "b"])) != rows_sha256(table_of(["a", "c"]))


def test_a_table_comes_back_in_engine_order() -> None:
    sha256, rows = seal_table(table_of(["b", "a", "c"]), engine_order=("site",))
    back = open_table(sha256)
    assert list(back["site"]) == ["a", "b", "c"]
    assert list(back["row"]) == [1, 0, 2]
    assert rows_sha256(back) == rows
    assert list(open_table(sha256, columns=["site"]).columns) == ["site"]


def test_what_was_never_sealed_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        open_table("0" * 64)


@given(st.lists(st.none() | st.text(alphabet="ab\u00e9", max_size=2), min_size=1, max_size=8))
def test_coded_texts_are_sealed_as_texts_are(texts: list[str | None]) -> None:
    plain = table_of([""] * len(texts)).assign(site=pd.Series(texts, dtype="str"))
    places, words = pd.factorize(plain["site"])
    unused = pd.Series([*words, "unused", None], dtype="str")
    kept = plain.assign(site=coded(unused, places))
    assert seal_table(kept, engine_order=("site",)) == seal_table(plain, engine_order=("site",))
