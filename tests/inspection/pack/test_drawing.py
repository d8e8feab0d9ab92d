"""Charts: valid pictures of the values, with every month, limit and status in its place."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.pack.drawing import BOTTOM, HEIGHT, TOP, Line, Point, nice_ticks, trend_svg

SVG = "{http://www.w3.org/2000/svg}"
RAGS = ("green", "amber", "red", "missing", "insufficient", "")


def months(*values: tuple[float | None, str]) -> list[Point]:
    return [
        Point(date(2025 + place // 12, place % 12 + 1, 1), value, rag)
        for place, (value, rag) in enumerate(values)
    ]


def tags(svg: str, tag: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall(f"{SVG}{tag}")  # noqa: S314  (our own drawing)


def test_statuses_have_shapes_of_their_own() -> None:
    svg = trend_svg(months((1, "green"), (2, "amber"), (3, "red"), (4, "insufficient")))
    assert [len(tags(svg, tag)) for tag in ("circle", "rect", "path")] == [2, 1, 1]
    ring = [circle for circle in tags(svg, "circle") if circle.get("fill") == "#ffffff"]
    assert len(ring) == 1


def test_a_missing_month_breaks_the_line_and_is_crossed_on_the_axis() -> None:
    svg = trend_svg(months((1, "green"), (2, "green"), (None, "missing"), (3, "red"), (4, "red")))
    runs = [line.get("points", "").split() for line in tags(svg, "polyline")]
    assert [len(run) for run in runs] == [2, 2]
    (ring,) = [circle for circle in tags(svg, "circle") if circle.get("r") == "2.6"]
    assert float(ring.get("cy", "0")) == HEIGHT - BOTTOM


def test_limits_lie_where_their_values_would() -> None:
    svg = trend_svg(months((5, "green"), (10, "red")), [Line(5, "amber"), Line(10, "red")])
    dashed = [line for line in tags(svg, "line") if line.get("stroke-dasharray")]
    (run,) = [line.get("points", "").split() for line in tags(svg, "polyline")]
    assert [line.get("y1") for line in dashed] == [point.split(",")[1] for point in run]


@pytest.mark.parametrize(
    ("values", "expected"),
    [([0, 12.3], [0, 5, 10, 15]), ([0, 0], [0, 0.25, 0.5, 0.75, 1]), ([-3, 8], [-5, 0, 5, 10])],
)
def test_ticks_are_round(values: list[float], expected: list[float]) -> None:
    assert nice_ticks(values) == expected


@given(values=st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30))
def test_ticks_enclose_every_value_and_are_few(values: list[float]) -> None:
    ticks = nice_ticks(values)
    slack = (ticks[-1] - ticks[0]) * 1e-6
    assert ticks[0] - slack <= min(0, *values, 0)
    assert max(0, *values, 0) <= ticks[-1] + slack
    assert 2 <= len(ticks) <= 7


numbers = st.none() | st.floats(allow_nan=True, allow_infinity=True) | st.floats(-1e6, 1e6)


@given(
    values=st.lists(st.tuples(numbers, st.sampled_from(RAGS)), min_size=1, max_size=40),
    limits=st.lists(st.floats(-1e6, 1e6), max_size=2),
)
def test_any_values_give_a_picture_inside_its_frame(
    values: list[tuple[float | None, str]], limits: list[float]
) -> None:
    points = months(*values)
    svg = trend_svg(points, [Line(height, "red") for height in limits])
    assert svg == trend_svg(points, [Line(height, "red") for height in limits])
    assert "nan" not in svg
    assert "inf" not in svg
    for circle in tags(svg, "circle"):
        assert TOP - 0.1 <= float(circle.get("cy", "0")) <= HEIGHT - BOTTOM + 0.1
    assert len(re.findall(r"[A-Z][a-z]{2} \d\d<", svg)) <= 7
