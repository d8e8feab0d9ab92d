"""The day a CRO project manager gets a bad file back, mends it, and is accepted; and the sponsor's.

The worker is real, and so is the page that reloads itself when the check has ended.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Installation
from tests.browser.visitor import violations, visit
from tests.kpis.makers import BAD_ROW, GOOD_ROWS, STRANGE_SITE, csv_bytes

pytestmark = pytest.mark.browser

BAD = csv_bytes(*GOOD_ROWS, STRANGE_SITE, BAD_ROW)
MENDED = csv_bytes(*GOOD_ROWS, STRANGE_SITE)
SECONDS = 1000


def says(page: Page, sentence: str) -> None:
    """Wait until the title of the page says so; checks run in a worker."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(sentence, timeout=20 * SECONDS)


def saved(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def names_the_cells(page: Page) -> None:
    """Each wrong cell by its place, its column, what stands there and what is wrong with it."""
    for place, column, value in (
        ("I6", "Query Status", "Perhaps"),
        ("K6", "Query Open Date", "soon"),
    ):
        cell = page.get_by_role("row").filter(has_text=place).filter(has_text=column)
        expect(cell.locator(".val.bad")).to_have_text(value)
        sentence = cell.get_by_role("cell").last
        expect(sentence).to_contain_text(value)
        with page.expect_download() as download:
            page.locator(".problem").filter(has=cell).get_by_role("link", name="CSV").first.click()
        assert value in Path(download.value.path()).read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_bad_file_is_mended_and_accepted(
    chromium: Browser, installation: Installation, tmp_path: Path, scheme: str
) -> None:
    bad, mended = saved(tmp_path, "nov.csv", BAD), saved(tmp_path, "nov_2.csv", MENDED)
    with visit(chromium, installation.url, "ada@example.org", scheme=scheme) as page:
        page.goto("/submissions/")
        assert violations(page) == []
        page.get_by_role("link", name="Upload the first month").click()
        assert violations(page) == []
        page.get_by_label("Files").set_input_files(bad)
        page.get_by_role("button", name="Upload and check").click()
        says(page, "2 cells must be corrected before it can be submitted")
        assert violations(page) == []
        expect(page.get_by_role("button", name=re.compile("Submit to"))).to_be_disabled()
        names_the_cells(page)

        page.get_by_label("Corrected or further file").set_input_files(mended)
        page.get_by_role("button", name="Upload and check").click()
        says(page, "Confirm the data cut-off: 14 Nov 2025 is proposed")
        expect(page.locator(".val.bad").filter(has_text="Perhaps")).to_have_count(0)
        page.get_by_role("button", name="Confirm").click()
        says(page, "2 warnings want a sentence")
        for warning in ("The site is not known", "A listing that is due"):
            page.get_by_role("textbox", name=f"Explanation: {warning}").fill("New in November.")
            page.get_by_role("button", name=f"Keep the explanation: {warning}").click()
        says(page, "November 2025 is ready to submit")
        page.get_by_text("Add this site to NWT-301").click()
        page.get_by_role("button", name="Add the ticked sites").click()
        expect(page.get_by_text("Add this site to NWT-301")).to_have_count(0, timeout=20 * SECONDS)
        says(page, "November 2025 is ready to submit")
        assert violations(page) == []
        page.get_by_role("button", name=re.compile("Submit to")).click()
        says(page, "November 2025 waits for the decision of Northwind Therapeutics")
        address = page.url
    with visit(chromium, installation.url, "sam@example.org", scheme=scheme) as page:
        page.goto(address)
        assert violations(page) == []
        page.get_by_label(re.compile("^Comment")).fill("Thank you.")
        page.get_by_role("button", name="Accept").click()
        says(page, "November 2025 was accepted on")
        assert violations(page) == []
        with page.expect_download() as download:
            page.get_by_role("link", name="nov_2.csv").first.click()
        assert Path(download.value.path()).read_bytes() == MENDED
        page.goto("/definitions/")
        page.get_by_role("link", name="Query aging", exact=True).click()
        assert violations(page) == []


def test_it_goes_without_script(
    chromium: Browser, installation: Installation, tmp_path: Path
) -> None:
    bad = saved(tmp_path, "nov.csv", BAD)
    with visit(chromium, installation.url, "ada@example.org") as signed_in:
        cookies = signed_in.context.cookies()
    context = chromium.new_context(base_url=installation.url, java_script_enabled=False)
    context.add_cookies(cookies)  # type: ignore[arg-type]  # as given by the other window
    page = context.new_page()
    page.goto("/submissions/new/")
    page.get_by_label("Files").set_input_files(bad)
    page.get_by_role("button", name="Upload and check").click()
    page.wait_for_url(re.compile(r"/submissions/\d+/$"))
    for _ in range(80):
        if not page.get_by_role("heading", level=1).inner_text().startswith("Checking"):
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Reload").click()
        page.wait_for_load_state("load")
    says(page, "2 cells must be corrected before it can be submitted")
    context.close()
