"""Each page of the product on the demo: rules of accessibility, width, policy; its picture on wish.

`make screenshots` (SCREENSHOTS=1) writes the pictures of docs/screenshots.
"""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, TimeoutError

from demo.story import PASSWORD
from tests.browser.demo_installation import Demo, running_demo
from tests.browser.demo_pages import NO_PAGES, PAGES
from tests.browser.visitor import violations, visit
from tests.conftest import committed
from tests.test_url_matrix import names
from tests.url_matrix import MATRIX

pytestmark = pytest.mark.browser

PICTURES = settings.BASE_DIR / "docs" / "screenshots"
WIDTHS = (1440, 1280, 390)
HIGHEST = 900  # pixels of a picture; the main pages' show more
HIGHEST_MAIN = 1300
DRAWN = """() => [...document.querySelectorAll('[data-chart-name]')]
  .every(box => box.classList.contains('js-plotly-plot'))"""
TOO_WIDE = """() => [...document.querySelectorAll('main *')]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth)
  .slice(0, 5).map(one => one.outerHTML.slice(0, 90))"""
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def demo(
    chromium: Browser,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demo]:
    root = tmp_path_factory.mktemp("demo") / "storage"
    with committed(django_db_blocker), running_demo(root) as running:
        yield running


@pytest.fixture(scope="module")
def window(chromium: Browser, demo: Demo) -> Iterator[Any]:
    """Hand out one window per person, signed in once."""
    opened: dict[str, Page] = {}
    with ExitStack() as stack:

        def window_of(person: str) -> Page:
            if person not in opened:
                email = f"{person}.example" if person else None
                opened[person] = stack.enter_context(
                    visit(chromium, demo.url, email, password=PASSWORD)
                )
            return opened[person]

        yield window_of


def test_every_address_that_renders_a_page_is_looked_at() -> None:
    looked_at = {name.split(" / ")[0] for name in PAGES}
    forms = {name for name, line in MATRIX.items() if line.method == "POST"}
    data = {name for name in names() if name.startswith("api:")}
    assert looked_at | set(NO_PAGES) | forms | data == set(names())
    assert not looked_at & set(NO_PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_accessible_and_fits(window: Any, demo: Demo, name: str) -> None:
    shown = PAGES[name]
    page: Page = window(shown.person)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    answer = page.goto(demo.addresses[name])
    assert answer is not None
    assert answer.status == 200
    page.wait_for_function("() => !document.querySelector('[data-later]')")  # parts asked for later
    for chart in page.locator("[data-chart-name]").all():  # one is drawn when it comes into view
        chart.scroll_into_view_if_needed()
    page.wait_for_function(DRAWN)
    page.evaluate("window.scrollTo(0, 0)")
    assert violations(page) == []
    _picture(page, name, "light")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_function("() => document.documentElement.dataset.bsTheme === 'dark'")
    assert violations(page, rules=["color-contrast"]) == []
    if shown.dark:
        _picture(page, name, "dark")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        _fits(page, width)


def _fits(page: Page, width: int) -> None:
    try:
        page.wait_for_function(FITS)  # figures are drawn anew at the new width
    except TimeoutError:
        pytest.fail(f"At {width} pixels these reach beyond the window: {page.evaluate(TOO_WIDE)}")


def _picture(page: Page, name: str, theme: str) -> None:
    if os.environ.get("SCREENSHOTS") != "1":
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    words = re.sub(r"[^a-z]+", "-", name.lower()).strip("-")
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(400)  # a figure redraws after the theme
    most = HIGHEST_MAIN if PAGES[name].dark else HIGHEST
    height = min(page.evaluate("() => document.documentElement.scrollHeight"), most)
    clip = {"x": 0, "y": 0, "width": WIDTHS[0], "height": height}
    page.screenshot(path=PICTURES / f"{words}-{theme}.png", full_page=True, clip=clip)  # type: ignore[arg-type]  # a FloatRect
    _index(PICTURES)


def _index(folder: Path) -> None:
    """List the pictures; written anew after each, so that a broken run leaves a true list."""
    pictures = sorted(folder.glob("*.png"))
    lines = [f"## {one.stem}\n\n![{one.stem}]({one.name})\n" for one in pictures]
    head = "# Every page\n\nTaken on the demo by `make screenshots`.\n"
    (folder / "README.md").write_text("\n".join([head, *lines]))
