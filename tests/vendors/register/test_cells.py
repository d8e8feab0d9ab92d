"""Cells: disarmed for spreadsheets, and the same text again when they come back."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.register.cells import FORMULA, as_typed, harmless, text_of


@given(st.text() | st.text(alphabet="='+-@\t\rab"))
def test_no_text_runs_and_each_comes_back(text: str) -> None:
    written = harmless(text)
    assert not written.startswith(FORMULA)
    assert as_typed(written) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (10.0, "10"),
        (1.5, "1.5"),
        (7, "7"),
        (date(2026, 11, 22), "2026-11-22"),
        (datetime(2026, 11, 22), "2026-11-22"),  # noqa: DTZ001  (as a workbook holds a day)
        (" a\r\nb\x0b ", "a\nb"),
    ],
)
def test_a_value_is_one_text_in_every_kind_of_file(value: object, text: str) -> None:
    assert text_of(value) == text
