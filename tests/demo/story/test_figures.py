"""The product's figures equal what plain Python counts in the same files."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from demo.deliveries import deliveries
from demo.months import files_of
from tests.demo.told import AUTUMN, TODAY, results

pytestmark = pytest.mark.usefixtures("story")
Row = dict[str, object]


def _sheets(engagement: str, study: str | None) -> dict[str, list[Row]]:
    """Return the rows of each sheet of October's workbook, by header word."""
    delivery = next(
        one
        for one in deliveries(months_ago=AUTUMN, today=TODAY)
        if one.engagement.name == engagement and (one.study and one.study.protocol_number) == study
    )
    ((_, content),) = files_of(delivery, today=TODAY)
    found = {}
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        header, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, header), row, strict=True)) for row in rows]
    return found


def test_rates_of_a_full_service_study_are_those_in_its_workbook() -> None:
    sheets = _sheets("Alder full service", "NWT-302")
    found = results("Alder Clinical", AUTUMN, "NWT-302")
    people = {row["Subject Name"] for row in sheets["Subject Level Metrics"]}
    wrong = [row for row in sheets["Protocol Deviation"] if row["PD Status"] != "PD Rejected"]
    visits = [row for row in sheets["SV"] if row["Visit Date"] is not None]
    assert all(row["Subject Name"] in people for row in wrong)
    assert found["deviation-rate"].value == pytest.approx(100 * len(wrong) / len(visits))
    assert found["deviations-per-100-participants"].value == pytest.approx(
        100 * len(wrong) / len(people)
    )
    important = sum(row["Deemed Important"] == "Yes" for row in wrong)
    assert found["important-deviation-rate"].value == pytest.approx(100 * important / len(people))
    log = [row["Enrolment Status"] for row in sheets["Screening and Enrolment Log"]]
    failed, enrolled = log.count("Screen failure"), log.count("Enrolled")
    assert found["screen-failure-rate"].value == pytest.approx(100 * failed / (failed + enrolled))
    queries = sheets["Query Report - Cumulative"]
    assert found["query-backlog"].value == pytest.approx(100 * len(queries) / len(people))
    old = sum(int(str(row["# Days Since Open"])) > 14 for row in queries)
    assert found["query-aging"].value == pytest.approx(100 * old / len(queries))


def test_enrolment_rate_is_that_of_the_log_over_active_sites() -> None:
    sheets = _sheets("Alder full service", "NWT-302")
    begin, end = date(2026, 10, 1), date(2026, 10, 31)
    enrolled = sum(
        row["Enrolment Status"] == "Enrolled" and begin <= _day(row["Enrolment Date"]) <= end
        for row in sheets["Screening and Enrolment Log"]
        if row["Enrolment Date"] is not None
    )
    months = 0.0
    for row in sheets["Site Status"]:
        if row["Site Activation Date"] is not None:
            months += ((end - max(_day(row["Site Activation Date"]), begin)).days + 1) / 31
    assert results("Alder Clinical", AUTUMN, "NWT-302")["enrolment-rate"].value == pytest.approx(
        enrolled / months
    )


def test_time_to_fill_is_the_first_day_by_which_half_are_filled() -> None:
    positions = _sheets("Birch monitoring FSP", None)["Positions"]
    cutoff = date(2026, 10, 31)
    spans = [
        ((_day(row["Started"] or cutoff) - _day(row["Approved"])).days, row["Started"] is not None)
        for row in positions
    ]
    assert results("Birch Research", AUTUMN)["time-to-fill"].value == _median(spans)


def test_on_time_fill_is_that_of_the_positions_due_in_the_month() -> None:
    positions = _sheets("Birch monitoring FSP", None)["Positions"]
    due = [row for row in positions if _day(row["Needed By"]).strftime("%Y-%m") == "2026-10"]
    kept = [row for row in due if row["Started"] and _day(row["Started"]) <= _day(row["Needed By"])]
    found = results("Birch Research", AUTUMN)["on-time-fill"]
    assert (found.numerator, found.denominator) == (len(kept), len(due))


def test_csv_files_say_the_same_as_the_results() -> None:
    delivery = next(
        one
        for one in deliveries(months_ago=AUTUMN, today=TODAY)
        if one.engagement.name == "Fir data FSP"
    )
    files = {name.split("_")[1]: content for name, content in files_of(delivery, today=TODAY)}
    queries = list(csv.DictReader(io.StringIO(files["queries"].decode()), delimiter=";"))
    for study in ("NWT-401", "NWT-303"):
        ages = [int(row["# Days Since Open"]) for row in queries if row["Study"] == study]
        found = results("Fir Data Services", AUTUMN, study)["query-aging"]
        assert (found.numerator, found.denominator) == (sum(age > 14 for age in ages), len(ages))


def _median(spans: list[tuple[int, bool]]) -> int:
    """Return the first day by which at least half have ended, the open ones as longer than seen."""
    for day, remaining in _survival(spans):
        if remaining <= 0.5:
            return day
    raise AssertionError("not reached")


def _survival(spans: list[tuple[int, bool]]) -> Iterator[tuple[int, float]]:
    remaining = 1.0
    for day in sorted({days for days, ended in spans if ended}):
        at_risk = sum(days >= day for days, _ in spans)
        remaining *= 1 - sum(days == day and ended for days, ended in spans) / at_risk
        yield day, remaining


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    assert isinstance(cell, date)
    return cell
