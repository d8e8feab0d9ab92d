"""Numbers by rule: a comma is a point, anything else is named and never guessed."""

import pandas as pd

from kpis.submissions.reading.convert import as_numbers, as_text, is_missing


def test_numbers_take_point_or_comma_and_nothing_else() -> None:
    texts = as_text(pd.Series(["1,5", "2.25", 3.0, "12%", "1.000,5", "-", None], dtype="object"))
    missing = is_missing(texts, required=False)

    values, bad = as_numbers(texts, missing)

    assert values.tolist()[:3] == [1.5, 2.25, 3.0]
    assert values.isna().tolist() == [False, False, False, True, True, True, True]
    assert bad.tolist() == [False, False, False, True, True, False, False]


def test_a_truth_value_is_not_taken_for_the_number_one() -> None:
    assert as_text(pd.Series([1.0, True, 0.0, False], dtype="object")).tolist() == [
        "1",
        "TRUE",
        "0",
        "FALSE",
    ]
