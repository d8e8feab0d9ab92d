"""Charts in a real browser: saved as PNG and SVG, reached and read without a mouse."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kpis.snapshots.compute import compute_for
from tests.browser.conftest import Installation
from tests.browser.keys import IS_FOCUSED, tab_until
from tests.browser.visitor import violations, visit
from tests.dashboards.months import scope
from tests.kpis.makers import NOW, accepted

pytestmark = pytest.mark.browser

PNG = b"\x89PNG\r\n\x1a\n"
PATIENT = 30_000


def saved(page: Page, button: str) -> bytes:
    """Press a named button and return the file that comes."""
    with page.expect_download(timeout=PATIENT) as download:
        page.get_by_role("button", name=f"{button} of", exact=False).first.click()
    return Path(download.value.path()).read_bytes()


def test_a_chart_is_saved_as_picture_and_read_by_keyboard(
    chromium: Browser, installation: Installation
) -> None:
    world = installation.world
    compute_for(submission=accepted(world), now=NOW)
    where = scope(world.alpha_engagement, world.study)
    address = "/kpis/query-aging/?" + "&".join(f"{key}={value}" for key, value in where.items())
    with visit(chromium, installation.url, "sam@example.org") as page:
        page.goto(address)
        expect(page.get_by_role("heading", name="Why it moved", exact=False)).to_be_visible()
        expect(page.locator("[data-later]")).to_have_count(0)
        chart = page.locator("#trend")
        chart.scroll_into_view_if_needed()
        expect(chart.locator(".main-svg").first).to_be_visible(timeout=PATIENT)
        svg = saved(page, "SVG").decode()
        assert svg.startswith("<svg")
        assert "<path" in svg
        picture = saved(page, "PNG")
        assert picture.startswith(PNG)
        assert len(picture) > 5_000
        page.evaluate("document.activeElement.blur()")
        tab_until(page, chart)
        assert chart.evaluate(IS_FOCUSED)
        reading = page.locator("section.figure", has=chart).locator("[data-chart-reading]")
        page.keyboard.press("End")
        expect(reading).to_contain_text("definition version")
        page.keyboard.press("Escape")
        expect(reading).to_be_hidden()
        assert violations(page) == []
        # A part that comes later brings its figure along.
        page.goto(f"/cros/{world.alpha.pk}/scorecard/")
        expect(page.locator("[data-later]")).to_have_count(0)
        page.locator("#trends").scroll_into_view_if_needed()
        expect(page.locator("#trends .main-svg").first).to_be_visible(timeout=PATIENT)
