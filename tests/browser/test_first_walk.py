"""The first walk: a real file from its upload to the row of it behind a coloured cell.

Ada (Alpha) uploads the EDC metrics workbook of study 1 as it was exported; Sam (Northwind) accepts
it; the worker computes; Ben (Beta) learns nothing of it.
"""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import Installation
from tests.browser.visitor import visit
from tests.conftest import real_data

pytestmark = [pytest.mark.browser, pytest.mark.real_data]

NAME = "Study 1_CPID_EDC_Metrics_URSV2.0_14 NOV 2025_updated.xlsx"
SHEET = "Query Report - Cumulative"
PATIENT = 60_000  # milliseconds: a check or a computation on a busy machine


def workbook() -> Path:
    """Return the real workbook, or skip."""
    return real_data("edc_workbooks", "study_01", NAME)


def test_a_month_goes_from_the_upload_to_the_row_behind_the_value(
    chromium: Browser, installation: Installation
) -> None:
    path = workbook()
    with visit(chromium, installation.url, "ada@example.org") as ada:
        _upload(ada, path)
        _mend(ada)
        ada.get_by_role("button", name="Submit to Northwind").click()
        expect(ada.get_by_role("button", name="Submit to Northwind")).to_have_count(0)
        submission = ada.url
    with visit(chromium, installation.url, "sam@example.org") as sam:
        sam.get_by_role("link", name="Submissions").first.click()
        sam.get_by_role("row", name="NWT-301").get_by_role("link").first.click()
        sam.get_by_role("button", name="Accept").click()
        expect(sam.get_by_role("button", name="Accept")).to_have_count(0)
        addresses = [submission, *_drill_down(sam)]
        addresses.append(_download(sam, path))
    with visit(chromium, installation.url, "ben@example.org") as ben:
        assert {ben.request.get(address).status for address in addresses} == {404}
        assert "NWT-301" not in ben.request.get("/submissions/").text()
        assert "NWT-301" not in ben.request.get("/").text()


def _upload(ada: Page, path: Path) -> None:
    ada.get_by_role("link", name="Submissions").first.click()
    ada.get_by_role("link", name="Upload a month").click()
    ada.get_by_label("Files").set_input_files(path)
    ada.get_by_role("button", name="Upload and check").click()
    heading = ada.get_by_role("heading", name="Proposed data cut-off: 14 Nov 2025")
    expect(heading).to_be_visible(timeout=PATIENT)
    expect(ada.get_by_text("574").first).to_be_visible()


def _mend(ada: Page) -> None:
    """Confirm the cut-off, add the sites, explain whatever warnings are left."""
    ada.get_by_role("button", name="Confirm").click()
    expect(ada.get_by_role("heading", name="Data cut-off: 14 Nov 2025", exact=True)).to_be_visible(
        timeout=PATIENT
    )
    sites = ada.get_by_text("to NWT-301").and_(ada.locator("summary"))
    sites.click()
    ada.get_by_role("button", name="Add the ticked sites").click()
    expect(sites).to_have_count(0, timeout=PATIENT)
    _is_checked(ada)
    explanations = ada.get_by_role("textbox", name="Explanation")
    for number in range(explanations.count()):
        explanations.nth(number).fill("As exported; confirmed with data management.")
        ada.get_by_role("button", name="Keep the explanation").nth(number).click()
        expect(ada.get_by_text("Kept by Ada")).to_have_count(number + 1)


def _is_checked(page: Page) -> None:
    """Wait for the page of a finished check: one that is still loading shows no progress either."""
    expect(page.get_by_role("button", name="Submit to Northwind")).to_be_visible(timeout=PATIENT)
    expect(page.get_by_label("How far the check is")).to_have_count(0, timeout=PATIENT)


def _drill_down(sam: Page) -> list[str]:
    """Go from the portfolio to the rows; return the addresses passed below the portfolio."""
    sam.goto("/")
    cell = sam.get_by_role("table", name="Status by CRO and dimension").get_by_role(
        "row", name="Alpha"
    )
    for _ in range(60):
        if cell.count() and "%" in cell.inner_text():
            break
        sam.wait_for_timeout(1_000)
        sam.reload()
    expect(cell).to_contain_text("%")
    sam.get_by_role("table", name="Each study").get_by_role("link", name="NWT-301").click()
    main = sam.get_by_role("main")
    for words in ("574", "404 open, 170 answered", "239", "98"):
        expect(main.get_by_text(words).first).to_be_visible()
    passed = [sam.url]
    sam.get_by_role("link", name="Query aging").first.click()
    expect(sam.locator(".js-plotly-plot").first).to_be_visible()
    passed.append(sam.url)
    sam.get_by_role("link", name="All rows").click()
    expect(sam.get_by_role("heading", name="239")).to_be_visible()
    row = sam.get_by_role("row").filter(has_text=NAME).first
    expect(row).to_contain_text(re.compile(rf"{SHEET}!\d+"))
    _is_the_row_of_the_file(row.get_by_role("cell").all_text_contents())
    passed.append(sam.url)
    return passed


def _is_the_row_of_the_file(cells: list[str]) -> None:
    """Open the workbook where the page says, and find the page's words there."""
    (place,) = [cell for cell in cells if f"{SHEET}!" in cell]
    number = int(place.rpartition("!")[2])
    sheet = CalamineWorkbook.from_path(workbook()).get_sheet_by_name(SHEET)
    there = {str(value) for value in sheet.to_python(skip_empty_area=False)[number - 1]}
    site, participant = cells[1:3]
    assert {site, participant} <= there


def _download(sam: Page, path: Path) -> str:
    with sam.expect_download() as started:
        sam.get_by_role("link", name=NAME).first.click()
    kept = Path(started.value.path()).read_bytes()
    assert hashlib.sha256(kept).hexdigest() == hashlib.sha256(path.read_bytes()).hexdigest()
    assert started.value.suggested_filename == NAME
    return started.value.url
