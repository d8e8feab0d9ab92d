"""Paired runs of both pages: python -m benchmarks.charts.section prints what it took as JSON."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import django

from benchmarks.page import ROOT, Section

TITLE = "A page with 24 charts"
ROUNDS = 9
BUDGET = 1.8


@dataclass(frozen=True)
class Charts:
    """Milliseconds of each pair: the product's page, then the bare one."""

    product: list[float]
    bare: list[float]

    @property
    def factor(self) -> float:
        """The median of the pairs' ratios."""
        return statistics.median(
            own / other for own, other in zip(self.product, self.bare, strict=True)
        )

    @property
    def kept(self) -> bool:
        """Tell whether the page is ready within its budget."""
        return self.factor <= BUDGET


def section() -> Section:
    """Measure beside a database, a web server and a browser of its own; describe it."""
    found = measure()
    print(described(found), flush=True)
    return Section(TITLE, described(found), () if found.kept else (TITLE,))


def described(found: Charts) -> str:
    """Return what docs/performance.md says of it."""
    cells = (
        f"{statistics.median(found.bare) / 1000:.2f} s",
        f"{statistics.median(found.product) / 1000:.2f} s",
        f"{found.factor:.2f}",
        f"{BUDGET:g}",
    )
    return f"""
A page of the product with the 24 figures of several KPI pages of the demo, beside a bare HTML page
that draws the same figures with the same plotly bundle in boxes of the same size. The product's
page is what its server sends: policy, styles, fonts, scripts, figures as data, data tables; the
server's own time is not in it. The bare page has the finished figures in a script.
Headless Chromium, a fresh window each time, 1280 px wide and as high as the page, so that the
charts, drawn when they come into view, are all drawn; from the start of the navigation to the last
chart. Medians of {ROUNDS} pairs, after one that is not counted; the factor is the median of the
pairs' factors. Browser, web server and database share the two cores.

| Bare page | The product's page | Factor | Budget |
|---|---|---|---|
| {" | ".join(cells)} |
"""


def measure() -> Charts:
    """Run `inside` beside an embedded database made for it."""
    with tempfile.TemporaryDirectory() as state:
        command = [sys.executable, "-m", "oversight.launcher", "run", "--"]
        done = subprocess.run(  # noqa: S603 - our own modules
            [*command, sys.executable, "-m", "benchmarks.charts.section", state],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OVERSIGHT_MODE": "test", "OVERSIGHT_STATE": state},
        )
    return Charts(**json.loads(done.stdout.splitlines()[-1]))


def inside(folder: Path) -> Charts:
    """Load the demo, start its web server and a browser, open both pages in turns."""
    django.setup()
    # Django must be set up before these can be loaded.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from benchmarks.charts import demo  # noqa: PLC0415
    from benchmarks.charts.browser import Visitor  # noqa: PLC0415
    from benchmarks.charts.pages import bare, products  # noqa: PLC0415

    demo.load()
    with demo.served(folder) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        context = browser.new_context(base_url=url)
        page = context.new_page()
        demo.sign_in(page)
        made = products(page)
        visitor = Visitor(browser, url, context.storage_state())
        plain = bare(visitor.as_drawn(made), made.bundle)
        found = [(visitor.product(made), visitor.bare(plain)) for _ in range(ROUNDS + 1)][1:]
        browser.close()
    return Charts([own for own, _ in found], [other for _, other in found])


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oversight.settings")
    print(json.dumps(asdict(inside(Path(sys.argv[1])))))
