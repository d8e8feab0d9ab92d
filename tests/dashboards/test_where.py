"""Every page, chart and need of the dashboards has its row, and whatever a row names is there."""

from importlib import import_module
from inspect import getmembers, isfunction

from django.conf import settings
from django.template.loader import get_template

from dashboards.where import rows, where_markdown
from tests.test_url_matrix import names

PAGE = settings.BASE_DIR / "docs" / "dashboards.md"
CHARTS = settings.BASE_DIR / "dashboards" / "charts"
ROWS = rows()


def test_the_page_is_made_from_its_source() -> None:
    assert PAGE.read_text("utf-8") == where_markdown(ROWS)


def test_whatever_a_row_names_exists() -> None:
    addresses = set(names())
    for row in ROWS:
        assert set(row.addresses) <= addresses, row.item
        for template in row.templates:
            get_template(template)
        for figure in row.figures:
            module, function = figure.split(".")
            assert callable(getattr(import_module(f"dashboards.charts.{module}"), function))


def test_a_row_is_somewhere_or_says_why_not() -> None:
    assert all(row.addresses or row.missing for row in ROWS)
    assert all(row.templates for row in ROWS if row.addresses)
    assert len({(row.part, row.item) for row in ROWS}) == len(ROWS)


def test_every_figure_has_its_row() -> None:
    named = {figure for row in ROWS for figure in row.figures}
    there = set()
    for path in CHARTS.glob("[a-z]*.py"):
        module = import_module(f"dashboards.charts.{path.stem}")
        there |= {
            f"{path.stem}.{name}"
            for name, made in getmembers(module, isfunction)
            if name.endswith("_figure") and made.__module__ == module.__name__
        }
    assert there == named
