"""Query aging on files that data management really sends."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from kpis.engine.formulas import compute
from tests.engine.builders import query_aging

DATA = Path(__file__).parents[3] / "shared/data"
FOLDER = DATA / "edc_workbooks/study_01"
CLINDATA = DATA / "clindata/edc_queries.csv"


@pytest.mark.real_data
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder ../shared/data is not there")
def test_study_01_has_574_open_queries() -> None:
    (workbook,) = FOLDER.glob("*CPID_EDC*.xlsx")
    sheet = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name("Query Report - Cumulative")
    header, *rows = sheet.to_python()
    report = pd.DataFrame(rows, columns=header)
    table = pd.DataFrame(
        {
            "site": report["Site Number"],
            "state": report["Query Status"].str.lower(),
            "opened_at": report["Query Open Date"],
            "answered_at": pd.to_datetime(report["Query Response Date"].replace("", None)),
            "closed_at": pd.Series(pd.NaT, report.index, dtype="datetime64[us]"),
        }
    )
    window: dict[str, Any] = {"cutoff_date": date(2025, 11, 14), "period_start": date(2025, 11, 1)}
    outcome = compute(query_aging(), {"queries": table}, **window)[()]
    assert (outcome.numerator, outcome.denominator) == (239, 574)
    assert outcome.value == pytest.approx(100 * 239 / 574)
    assert outcome.detail["open_state"] == 404
    assert outcome.detail["answered_state"] == 170
    assert outcome.detail["older_than_30"] == 98
    ages = report["# Days Since Open"]
    assert outcome.detail["median_age"] == ages.median()
    assert outcome.detail["p90_age"] == pytest.approx(ages.quantile(0.9))
    assert outcome.detail["oldest_age"] == ages.max()
    by_site = compute(query_aging(), {"queries": table}, **window, by=["site"])
    assert sum(one.denominator or 0 for one in by_site.values()) == 574
    assert len(by_site) == report["Site Number"].nunique()


@pytest.mark.real_data
@pytest.mark.skipif(not CLINDATA.is_file(), reason="the folder ../shared/data is not there")
def test_the_query_export_counts_as_a_plain_script_does() -> None:
    with CLINDATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cutoff = "2019-10-26"
    not_closed = [row for row in rows if row["querystatus"] != "Closed"]
    stock = [row for row in not_closed if row["created"] <= cutoff]
    assert (len(not_closed), len(stock)) == (164, 163)  # one opened after the extraction
    assert all(row["resolved"] <= cutoff for row in rows if row["querystatus"] == "Closed")
    times = {"opened_at": "created", "answered_at": "answered", "closed_at": "resolved"}
    table = pd.DataFrame(
        {"state": [row["querystatus"].lower() for row in rows]}
        | {
            name: pd.Series([row[column] or None for row in rows], dtype="datetime64[us]")
            for name, column in times.items()
        }
    )
    window: dict[str, Any] = {"cutoff_date": date(2019, 10, 26), "period_start": date(2019, 10, 1)}
    outcome = compute(query_aging(), {"queries": table}, **window)[()]
    states = Counter(row["querystatus"] for row in stock)
    oldest = date(2019, 10, 26) - date.fromisoformat(min(row["created"] for row in stock))
    assert outcome.denominator == len(stock)
    assert outcome.detail["open_state"] == states["Open"]
    assert outcome.detail["answered_state"] == states["Answered"]
    assert outcome.numerator == sum(row["created"] < "2019-10-12" for row in stock)
    assert outcome.detail["oldest_age"] == oldest.days
