"""Two pages that draw the same 24 figures: one of the product's own parts, and a bare one.

No page of the demo has 24 charts, so the product's is put together: a KPI page as the server sends
it, with its policy, styles and scripts, in which the figures of several KPI pages stand, each with
its data and its table. The bare page has nothing but the same plotly
bundle, boxes of the same size and the figures themselves, ready to draw, in a script.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

CHARTS = 24
OF_THE_BYTES = ("content-encoding", "content-length", "transfer-encoding")
TOP_OF_MAIN = re.compile(r'(<main class="wrap" id="main"[^>]*>).*</main>', re.DOTALL)
FIGURE = re.compile(
    r'<script id="[^"]+" type="application/json">[^<]*</script>'
    r"<section[^>]* data-figure>.*?</section>",
    re.DOTALL,
)
NAMES = "(?:id|aria-labelledby|aria-describedby|href|data-chart-json|data-chart-name)"
BUNDLE = re.compile(r'data-plotly="([^"]+)"')
BARE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bare</title>
<script src="{bundle}"></script></head>
<body>{boxes}<script>
const figures = {figures};
Promise.all(figures.map((one, place) =>
  Plotly.newPlot("box-" + place, one.data, one.layout, {{displayModeBar: false}})
)).then(() => {{ document.documentElement.dataset.ready = performance.now(); }});
</script></body></html>"""


@dataclass(frozen=True)
class Made:
    """The product's page with its headers; `bundle` is the address of plotly."""

    html: str
    headers: dict[str, str]
    bundle: str


def products(page: Page) -> Made:
    """Gather figures from KPI pages, signed in, until there are enough; put them into one page."""
    sections: list[str] = []
    for address in _kpi_pages(page):
        answer = page.goto(address)
        source = answer.text() if answer else ""
        sections += as_sent(source)
        if answer and len(sections) >= CHARTS:
            return _made(source, sections[:CHARTS], answer.headers)
    raise ValueError(f"The demo shows {len(sections)} charts, and {CHARTS} are needed.")


def _made(source: str, sections: Sequence[str], headers: Mapping[str, str]) -> Made:
    own = [renamed(one, place) for place, one in enumerate(sections)]
    html = TOP_OF_MAIN.sub(lambda top: f"{top[1]}{''.join(own)}</main>", source)
    bundle = BUNDLE.search(source)
    sent = {name: value for name, value in headers.items() if name not in OF_THE_BYTES}
    return Made(html, sent, bundle[1] if bundle else "")


def bare(figures: list[dict[str, Any]], bundle: str) -> str:
    """Return the bare page; each figure has data, layout, width and height as drawn."""
    boxes = "".join(
        f'<div id="box-{place}" style="width:{one["width"]}px;height:{one["height"]}px"></div>'
        for place, one in enumerate(figures)
    )
    plain = json.dumps([{"data": one["data"], "layout": one["layout"]} for one in figures])
    return BARE.format(bundle=bundle, boxes=boxes, figures=plain.replace("</", "<\\/"))


def _kpi_pages(page: Page) -> Iterator[str]:
    """Yield the addresses of the KPI pages that the scorecards of the CROs lead to."""
    page.goto("/")
    for card in _links(page, "/scorecard/"):
        page.goto(card)
        yield from (link for link in _links(page, "/kpis/") if "engagement=" in link)


def _links(page: Page, part: str) -> list[str]:
    found = page.eval_on_selector_all(f"a[href*='{part}']", "links => links.map(one => one.href)")
    return list(dict.fromkeys(found))


def as_sent(source: str) -> list[str]:
    """Return the figures of a page with their data as the server sent them, before any script."""
    return FIGURE.findall(source)


def renamed(figure: str, place: int) -> str:
    """Return a figure whose ids are its own among all of the page."""
    name = re.search(r'class="chart[^"]*" id="([^"]+)"', figure)
    return figure if name is None else re.sub(f'({NAMES}="#?{name[1]})', rf"\1-{place}", figure)
