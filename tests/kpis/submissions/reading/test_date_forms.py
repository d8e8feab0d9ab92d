"""Dates as exports write them: forms of one meaning, and an order that somebody tells."""

import pandas as pd
import pytest

from kpis.submissions.reading.dates import DateColumn, Order, read_dates
from kpis.submissions.reading.months import MONTHS, month_of


def dates(*texts: str, order: Order = "") -> DateColumn:
    cells = pd.Series(list(texts), dtype="str")
    return read_dates(cells, blank=cells == "", epoch_1904=False, order=order)


def days(*texts: str, order: Order = "") -> list[str]:
    values = dates(*texts, order=order).values
    return values.dt.strftime("%Y-%m-%d").fillna("").tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-11-14", "2025-11-14"),
        ("2025-11-14T15:45:48.123Z", "2025-11-14 15:45:48.123"),
        ("2025-11-14 15:45:48 UTC", "2025-11-14 15:45:48"),
        ("20251114", "2025-11-14"),
        ("14NOV2025", "2025-11-14"),
        ("14NOV2025:15:45:48", "2025-11-14 15:45:48"),
        ("14-Nov-2025", "2025-11-14"),
        ("14/Nov/2025", "2025-11-14"),
        ("14 Nov 2025 3:45:48 PM", "2025-11-14 15:45:48"),
        ("14-Nov-25", "2025-11-14"),
        ("14-Nov-70", "1970-11-14"),
        ("14. November 2025", "2025-11-14"),
        ("Fri, 14 Nov 2025", "2025-11-14"),
        ("Nov 14, 2025", "2025-11-14"),
        ("November 14th, 2025", "2025-11-14"),
        ("2025-Nov-14", "2025-11-14"),
        ("2025/11/14 3:04 PM", "2025-11-14 15:04"),
        ("11/14/2025 3:04:05 p.m.", "2025-11-14 15:04:05"),
        ("14.11.2025 08:30", "2025-11-14 08:30"),
        ("14 févr. 2025", "2025-02-14"),
        ("3. März 2025", "2025-03-03"),
        ("03 ago 2025", "2025-08-03"),
        ("45975", "2025-11-14"),
    ],
)
def test_a_form_of_one_meaning_is_read(text: str, expected: str) -> None:
    (value,) = dates(text).values

    assert value == pd.Timestamp(expected)


@pytest.mark.parametrize(
    "text", ["14 jui 2025", "31 SEP 2025", "UN-NOV-2025", "14/11/25", "2025", "25:00", "Nov 2025"]
)
def test_what_may_be_two_dates_or_none_is_not_read(text: str) -> None:
    column = dates(text)

    assert column.values.isna().all()
    assert column.unreadable.all()


def test_a_word_means_one_month_in_all_languages_or_none() -> None:
    assert [month_of(word) for word in ("MAI", "Févr.", "mrt", "Okt", "dic", "jui", "ma", "")] == [
        5, 2, 3, 10, 12, None, None, None,
    ]  # fmt: skip
    assert set(MONTHS.values()) == set(range(1, 13))


def test_one_date_decides_the_order_of_its_column() -> None:
    assert days("03/04/2025", "25/04/2025") == ["2025-04-03", "2025-04-25"]
    assert days("03/04/2025", "04/25/2025") == ["2025-03-04", "2025-04-25"]
    assert days("03.04.2025") == ["2025-04-03"]


def test_no_date_decides_and_nobody_guesses() -> None:
    column = dates("03/04/2025", "05/05/2025", "2025-01-01")

    assert column.unclear.tolist() == [True, False, False]
    assert column.values.isna().tolist() == [True, False, False]
    assert not column.unreadable.any()


def test_what_a_person_said_decides_and_what_contradicts_it_is_told() -> None:
    assert days("03/04/2025", order="day-first") == ["2025-04-03"]
    assert days("03/04/2025", order="month-first") == ["2025-03-04"]
    column = dates("03/04/2025", "25/04/2025", order="month-first")
    assert column.mixed.tolist() == [False, True]
