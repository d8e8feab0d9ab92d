"""The page with 24 charts: both pages are put together from what they are given."""

import json
import re

from benchmarks.charts.pages import as_sent, bare, renamed
from benchmarks.charts.section import Charts, described

FIGURE = (
    '<script id="trend-figure" type="application/json">{"id": "trend"}</script>'
    '<section class="panel figure" aria-labelledby="trend-title" data-figure>'
    '<h2 id="trend-title">T</h2><div class="chart" id="trend" data-chart-json="trend-figure"></div>'
    "</section>"
)


def test_sections_are_taken_as_the_server_sent_them_and_get_ids_of_their_own() -> None:
    other = "<section>no figure</section>"
    assert as_sent(f"<main>{FIGURE}{other}{FIGURE}</main>") == [FIGURE, FIGURE]
    own = renamed(FIGURE, 7)
    assert re.findall(r' id="([^"]+)"', own) == ["trend-7-figure", "trend-7-title", "trend-7"]
    assert 'aria-labelledby="trend-7-title"' in own
    assert 'data-chart-json="trend-7-figure"' in own
    assert '{"id": "trend"}' in own


def test_the_bare_page_holds_the_figures_and_boxes_of_their_size() -> None:
    figure = {"data": [{"name": "</script>"}], "layout": {"a": 1}, "width": 300, "height": 200}
    page = bare([figure], "/static/plotly.js")
    assert 'src="/static/plotly.js"' in page
    assert 'style="width:300px;height:200px"' in page
    held = re.search(r"const figures = (.*);\n", page)
    assert held
    assert json.loads(held[1]) == [{"data": figure["data"], "layout": figure["layout"]}]
    assert page.count("</script>") == 2


def test_the_factor_is_the_median_of_the_pairs() -> None:
    found = Charts(product=[1800.0, 2000.0, 9000.0], bare=[1000.0, 1250.0, 1500.0])
    assert found.factor == 1.8
    assert found.kept
    assert not Charts(product=[1900.0], bare=[1000.0]).kept
    assert "| 1.25 s | 2.00 s | 1.80 | 1.8 |" in described(found)
