"""Opens a page in a fresh browser window and takes the time until all of its charts are drawn.

The clock is the page's own: from the start of its navigation to the promise of the last figure. The
window is as high as the page, so that charts drawn when they come into view are all drawn.
"""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, Route

from benchmarks.charts.pages import CHARTS, Made

WINDOW: Any = {"width": 1280, "height": 24_000}
# A chart is drawn when its script takes back that it is busy.
WATCH = f"""
const drawn = new Set();
new MutationObserver((changes) => {{
  for (const one of changes) {{
    if (one.oldValue !== null && !one.target.hasAttribute("aria-busy")) drawn.add(one.target);
  }}
  if (drawn.size === {CHARTS}) document.documentElement.dataset.ready ||= performance.now();
}}).observe(document, {{ subtree: true, attributes: true, attributeFilter: ["aria-busy"],
  attributeOldValue: true }});
"""
AS_DRAWN = """boxes => boxes.map(box => ({
  data: box.data, layout: box.layout, width: box.clientWidth, height: box.clientHeight,
}))"""


@dataclass(frozen=True)
class Visitor:
    """A browser, where the product is, and somebody signed in."""

    browser: Browser
    url: str
    signed_in: Any

    def open(self, html: str, headers: dict[str, str], *, watched: bool) -> tuple[float, Page]:
        """Return milliseconds until all charts are drawn, and the page, to be closed."""
        context = self.browser.new_context(
            base_url=self.url, viewport=WINDOW, storage_state=self.signed_in
        )
        page = context.new_page()
        if watched:
            page.add_init_script(WATCH)

        def answer(route: Route) -> None:
            route.fulfill(body=html, headers=headers)

        page.route("**/measured/", answer)
        page.goto("/measured/")
        ready = page.locator("html[data-ready]")
        ready.wait_for(state="attached", timeout=60_000)
        return float(ready.get_attribute("data-ready") or ""), page

    def product(self, made: Made) -> float:
        """Open the product's page."""
        took, page = self.open(made.html, made.headers, watched=True)
        page.context.close()
        return took

    def as_drawn(self, made: Made) -> list[dict[str, Any]]:
        """Return the figures as the product's page drew them: colours resolved, sizes taken."""
        _, page = self.open(made.html, made.headers, watched=True)
        figures: list[dict[str, Any]] = page.eval_on_selector_all("[data-chart-json]", AS_DRAWN)
        page.context.close()
        return figures

    def bare(self, html: str) -> float:
        """Open the bare page."""
        took, page = self.open(html, {"content-type": "text/html; charset=utf-8"}, watched=False)
        page.context.close()
        return took
