"""The essentials without a mouse: Tab, Enter, Space, arrows; focus always shows."""

import pytest
from playwright.sync_api import Browser, Page, expect

from kpis.snapshots.compute import compute_for
from tests.browser.conftest import Installation
from tests.browser.keys import IS_FOCUSED, press, tab_until
from tests.browser.visitor import visit
from tests.kpis.makers import GOOD_ROWS, NOW, STRANGE_SITE, accepted, csv_bytes
from tests.people import PASSWORD

pytestmark = pytest.mark.browser

PATIENT = 60_000


def test_a_month_is_sent_and_explained_by_keyboard(
    chromium: Browser, installation: Installation
) -> None:
    with visit(chromium, installation.url) as page:
        _sign_in(page, "ada@example.org")
        press(page, "link", "Submissions")
        press(page, "link", "Upload a month")
        files = tab_until(page, page.get_by_label("Files"))
        content = csv_bytes(*GOOD_ROWS, STRANGE_SITE)
        files.set_input_files({"name": "queries.csv", "mimeType": "text/csv", "buffer": content})
        press(page, "button", "Upload and check")
        proposed = page.get_by_role("heading", name="Proposed data cut-off: 14 Nov 2025")
        expect(proposed).to_be_visible(timeout=PATIENT)
        press(page, "button", "Confirm")
        expect(page.get_by_role("heading", name="Data cut-off: 14 Nov", exact=False)).to_be_visible(
            timeout=PATIENT
        )
        expect(page.get_by_label("How far the check is")).to_have_count(0, timeout=PATIENT)
        for rule in ("listing-not-sent", "unknown-site"):
            warning = page.locator(f"#problem-{rule}")
            tab_until(page, warning.get_by_role("textbox", name="Explanation"))
            page.keyboard.type("It comes with the next one.")
            page.keyboard.press("Enter")
            expect(warning.get_by_text("Kept by Ada")).to_be_visible()
        press(page, "button", "Submit to Northwind", "Space")
        expect(page.get_by_role("button", name="Submit to Northwind")).to_have_count(0)


def test_a_cell_of_the_portfolio_is_opened_by_keyboard(
    chromium: Browser, installation: Installation
) -> None:
    compute_for(submission=accepted(installation.world), now=NOW)
    with visit(chromium, installation.url) as page:
        _sign_in(page, "sam@example.org")
        press(page, "link", "Skip to content")
        assert page.get_by_role("main").evaluate(IS_FOCUSED)
        heat = page.get_by_role("table", name="Status by CRO and dimension")
        tab_until(page, heat.get_by_role("cell").get_by_role("link").first)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("is missing for November")


def test_the_theme_is_switched_in_the_menu_by_keyboard(
    chromium: Browser, installation: Installation
) -> None:
    with visit(chromium, installation.url) as page:
        _sign_in(page, "sam@example.org")
        tab_until(page, page.locator("summary", has_text="Sam"))
        page.keyboard.press("Enter")
        tab_until(page, page.get_by_role("radio", name="System"))
        page.keyboard.press("ArrowUp")
        expect(page.get_by_role("radio", name="Dark")).to_be_checked()
        expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
        page.keyboard.press("Escape")
        assert page.locator("summary", has_text="Sam").evaluate(IS_FOCUSED)


def _sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    tab_until(page, page.get_by_label("Email"))
    page.keyboard.type(email)
    tab_until(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    press(page, "button", "Sign in")
    page.wait_for_url(lambda address: "/accounts/login" not in address)
