"""Query aging on the workbook that data management really sends."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from kpis.engine.formulas import compute
from tests.engine.builders import query_aging

FOLDER = Path(__file__).parents[3] / "shared/data/edc_workbooks/study_01"


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
