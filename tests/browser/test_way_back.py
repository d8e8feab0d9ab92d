"""A file that comes back: commented on by the sponsor, mended in its marked copy, and accepted.

The worker is real: it checks, and it makes the marked copy. One cell is corrected on the page.
"""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Installation
from tests.browser.visitor import violations, visit
from tests.kpis.makers import GOOD
from tests.people import World

pytestmark = pytest.mark.browser

SECONDS = 1000


def says(page: Page, sentence: str) -> None:
    """Wait until the title of the page says so; checks run in a worker."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(sentence, timeout=20 * SECONDS)


def submit(page: Page) -> None:
    """Explain what wants a sentence, and hand the month over."""
    while unexplained(page):
        box = page.locator("input[name=explanation][value='']").first
        box.fill("Exported with every column of that report.")
        box.press("Enter")
        page.wait_for_load_state("load")
    page.get_by_role("button", name=re.compile("Submit to")).click()
    says(page, "waits for the decision of Northwind Therapeutics")


def unexplained(page: Page) -> int:
    """Wait for the end of the check, and count the warnings without a sentence."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        re.compile("can be submitted|is ready to submit"), timeout=20 * SECONDS
    )
    return page.locator("input[name=explanation][value='']").count()


def hand_in(page: Page, file: Path) -> str:
    """Upload a month, hand it over, and return the address of its page."""
    page.goto("/submissions/new/")
    page.get_by_label("Data cut-off date").fill("2025-11-14")
    page.get_by_label("Files").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    submit(page)
    return page.url


def comment_and_return(page: Page, address: str) -> None:
    """Comment on a cell that the sponsor chose in the sheet, and return the submission."""
    page.goto(address)
    page.get_by_role("link", name="Look at the cells and comment on them").click()
    page.get_by_role("link", name="3", exact=True).click()
    page.get_by_role("link", name="L3", exact=True).click()
    expect(page.get_by_role("heading", name="Cell L3, Query Response Date")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Comment on cell L3").fill("Answered before it was opened?")
    page.get_by_role("button", name="Keep the comment").click()
    page.get_by_role("link", name="Decide", exact=True).click()
    expect(page.get_by_text("1 comment on cells").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Return to Alpha").click()
    says(page, "Returned by Northwind Therapeutics")


def mend(page: Page, folder: Path) -> Path:
    """Take the marked copy and mend it in a spreadsheet; one cell comes out wrong."""
    expect(page.get_by_text("Answered before it was opened?")).to_be_visible()
    page.get_by_role("button", name="Make the marked copy").click()
    link = page.get_by_role("link", name="nov.csv, marked")
    expect(link).to_be_visible(timeout=20 * SECONDS)
    assert violations(page) == []
    with page.expect_download() as download:
        link.click()
    mended = folder / download.value.suggested_filename
    download.value.save_as(mended)
    book = openpyxl.load_workbook(mended)
    assert book.sheetnames == ["What to mend", "nov"]
    sheet = book["nov"]
    assert "Answered before it was opened?" in sheet["L3"].comment.text
    sheet["L3"], sheet["I4"] = "2025-10-21", "Opn"
    book.save(mended)
    return mended


def correct_in_place(page: Page) -> None:
    """Correct the wrong cell on the page, from the problem that names it."""
    page.get_by_role("link", name="I4", exact=True).first.click()
    expect(page.get_by_role("heading", name="Cell I4, Query Status")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Read it as").fill("Open")
    page.get_by_label("Why").fill("A slip of the hand.")
    page.get_by_role("button", name="Correct this cell").click()
    unexplained(page)
    expect(page.get_by_role("button", name=re.compile("Submit to"))).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="A slip of the hand.")).to_contain_text("Opn")
    assert violations(page) == []


def test_a_returned_file_is_mended_in_its_marked_copy_and_accepted(
    chromium: Browser, installation: Installation, tmp_path: Path
) -> None:
    world: World = installation.world
    sent = tmp_path / "nov.csv"
    sent.write_bytes(GOOD)
    with (
        visit(chromium, installation.url, world.ada.email) as ada,
        visit(chromium, installation.url, world.sam.email) as sam,
    ):
        address = hand_in(ada, sent)
        comment_and_return(sam, address)
        ada.goto(address)
        mended = mend(ada, tmp_path)
        ada.get_by_label("Corrected or further file").set_input_files(mended)
        ada.get_by_role("button", name="Upload and check").click()
        says(ada, "1 cell must be corrected before November 2025 can be submitted")
        correct_in_place(ada)
        submit(ada)
        sam.goto(address)
        expect(sam.get_by_role("row").filter(has_text="A slip of the hand.")).to_be_visible()
        sam.get_by_role("button", name="Accept").click()
        says(sam, "November 2025 was accepted on")
        sam.get_by_role("link", name="Receipt").click()
        expect(sam.get_by_role("heading", name="nov_marked.xlsx")).to_be_visible()
        assert violations(sam) == []
