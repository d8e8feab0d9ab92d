"""Rates and shares by site equal what the open R packages gsm computed from the same files."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kpis.engine.formulas import compute
from tests.engine.builders import defined

DATA = Path(__file__).parents[3] / "shared/data/clindata"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder ../shared/data is not there"),
]
WINDOW: Any = {"cutoff_date": date(2021, 6, 1), "period_start": date(2021, 6, 1)}
PER_DAY_ON_STUDY = defined(
    "event_rate",
    ("deviations", "participants"),
    factor=1,
    matched_by="participant",
    events={
        "listing": "deviations",
        "where": {"importance": ["not-important"]},
        "dated": {"column": "deviation_date", "within": "cutoff", "undated": "counted"},
    },
    exposure={"listing": "participants", "total": "days_on_study"},
)
SCREEN_FAILURES = defined(
    "share",
    ("enrolment",),
    whole={"listing": "enrolment", "where": {"outcome": ["enrolled", "screen-failure"]}},
    part={"listing": "enrolment", "where": {"outcome": ["screen-failure"]}},
)


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(name: str) -> dict[tuple[str, ...], tuple[float, float, float]]:
    return {
        (row["GroupID"],): (
            float(row["Numerator"]),
            float(row["Denominator"]),
            float(row["Metric"]),
        )
        for row in rows(name)
    }


def test_deviations_per_day_on_study_agree_site_by_site() -> None:
    people = {row["subjid"]: row for row in rows("subjects.csv")}
    deviations = rows("ctms_protdev.csv")
    importance = {"Yes": "important", "No": "not-important"}
    tables = {
        "deviations": pd.DataFrame(
            {
                "site": [
                    people.get(row["subjectenrollmentnumber"], {}).get("invid")
                    for row in deviations
                ],
                "participant": [row["subjectenrollmentnumber"] for row in deviations],
                "importance": [importance[row["deemedimportant"]] for row in deviations],
                "deviation_date": pd.Series(
                    [row["deviationdate"] or None for row in deviations], dtype="datetime64[us]"
                ),
            }
        ),
        "participants": pd.DataFrame(
            {
                "site": [row["invid"] for row in people.values()],
                "participant": list(people),
                "days_on_study": pd.array(
                    [float(row["timeonstudy"]) for row in people.values()], dtype="Float64"
                ),
            }
        ),
    }
    found = compute(PER_DAY_ON_STUDY, tables, **WINDOW, by=["site"])
    unknown = found.pop(("",))
    assert (unknown.numerator, unknown.denominator, unknown.value) == (0, 0, None)
    assert unknown.detail["unmatched"] == 139  # of 173 deviations of people not enrolled
    figures = {
        key: (one.numerator, one.denominator, pytest.approx(one.value, rel=1e-9))
        for key, one in found.items()
    }
    assert expected("expected_kri0003.csv") == figures
    total = compute(PER_DAY_ON_STUDY, tables, **WINDOW)[()]
    overall = float(rows("expected_kri0003.csv")[0]["OverallMetric"])
    assert total.value == pytest.approx(overall, rel=1e-9)


def test_screen_failures_agree_site_by_site() -> None:
    enrolment = rows("rawplus_enroll.csv")
    outcome = {"Y": "enrolled", "N": "screen-failure"}
    table = pd.DataFrame(
        {
            "site": [row["invid"] for row in enrolment],
            "outcome": [outcome[row["enrollyn"]] for row in enrolment],
        }
    )
    found = compute(SCREEN_FAILURES, {"enrolment": table}, **WINDOW, by=["site"])
    figures = {
        key: (one.numerator, one.denominator, pytest.approx((one.value or 0) / 100, rel=1e-9))
        for key, one in found.items()
    }
    assert expected("expected_kri0012.csv") == figures
