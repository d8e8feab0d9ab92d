"""The scripts in a real browser, under the policy of the settings: figures, theme, menu.

Pages are rendered here and static files are read from their folders, so no server is needed. The
walks through the whole application are elsewhere.
"""

import json
import mimetypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from oversight.look.tables import Column

pytestmark = pytest.mark.browser
ORIGIN = "http://oversight.example"
FIGURE = {
    "data": [{"type": "scatter", "x": [1, 2], "y": [3, 4], "line": {"color": "var(--line)"}}],
    "layout": {"title": None},
}
LINE = "document.querySelector('#trend .js-line').style.stroke"


def page_html() -> str:
    """A page with one figure that comes and one that does not."""
    frame = render_to_string("base.html")
    figures = [
        render_to_string(
            "_chart.html",
            {"id": name, "title": name, "src": src, "columns": [Column("A")], "rows": [["1"]]},
        )
        for name, src in (("trend", "/figure.json"), ("gone", "/gone.json"))
    ]
    switch = render_to_string("_theme_switch.html")
    return frame.replace("</main>", switch + "".join(figures) + "</main>")


def serve(route: Route) -> None:
    """Answer as the application would, with its policy."""
    path = route.request.url.removeprefix(ORIGIN)
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(f"{name} {' '.join(map(str, v))}" for name, v in directives.items())
    if path == "/":
        headers = {"Content-Security-Policy": policy, "Content-Type": "text/html"}
        route.fulfill(body=page_html(), headers=headers)
    elif path == "/figure.json":
        route.fulfill(body=json.dumps(FIGURE), content_type="application/json")
    elif path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind)
    else:
        route.fulfill(status=404, body="")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page(color_scheme="light")
    opened.route("**/*", serve)
    opened.goto(ORIGIN + "/")
    opened.wait_for_selector("#trend .js-line")
    yield opened
    opened.close()


def test_a_figure_follows_the_theme_and_breaks_no_rule(page: Page) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.reload()
    page.wait_for_selector("#trend .js-line")
    assert page.evaluate(LINE) == "rgb(42, 52, 70)"
    page.check("input[value=dark]", force=True)
    page.wait_for_function(f"{LINE} === 'rgb(221, 226, 234)'")
    assert page.get_attribute("html", "data-bs-theme") == "dark"
    page.reload()
    page.wait_for_selector("#trend .js-line")
    assert page.evaluate(LINE) == "rgb(221, 226, 234)", "the choice outlives the page"
    assert [text for text in problems if "Security Policy" in text or "Error" in text] == []


def test_a_figure_that_does_not_come_says_so_and_its_table_stays(page: Page) -> None:
    words = page.locator("[data-figure]:has(#gone) [data-chart-words]")
    words.get_by_text("could not be drawn: the server answered 404").wait_for()
    page.click("[data-figure]:has(#gone) [data-figure-data]")
    assert page.locator("#gone-data table").is_visible()


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_figure_can_be_saved_as_a_picture(page: Page, kind: str) -> None:
    with page.expect_download() as download:
        page.click(f"[data-figure]:has(#trend) [data-figure-save={kind}]")
    assert download.value.suggested_filename == f"trend.{kind}"
    start = download.value.path().read_bytes()[:8]
    assert start.startswith(b"<svg" if kind == "svg" else b"\x89PNG")
