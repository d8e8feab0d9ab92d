"""Every item of the mission has its row, and whatever a row names is there."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver

from kpis.definitions import catalogue
from kpis.mission import Item, items, mission_markdown

PAGE = settings.BASE_DIR / "docs" / "mission.md"
ITEMS = 182
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.*?) \| (.*?) \| (.*?) \|$", re.M)
NAMED = re.compile(r"`([^`]+)`")


def names_of(resolver: Any, space: str = "") -> set[str]:
    """Return the names of all addresses below a resolver."""
    found = set()
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            found |= names_of(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            found.add(f"{space}{pattern.name}")
    return found


def rows() -> list[tuple[str, ...]]:
    """Return the rows of the page as they are printed."""
    return ROW.findall(PAGE.read_text("utf-8"))


def test_every_item_has_its_row_in_order() -> None:
    assert [one.number for one in items()] == list(range(1, ITEMS + 1))
    assert [int(number) for number, *_ in rows()] == list(range(1, ITEMS + 1))
    assert [words for _, words, *_ in rows()] == [one.item for one in items()]


def test_every_page_and_model_that_is_named_exists() -> None:
    addresses = names_of(get_resolver())
    for _, _, named, _, _ in rows():
        for name in NAMED.findall(named):
            assert name in addresses if ":" in name else apps.get_model(name), name


def test_every_kpi_that_is_named_is_in_the_catalogue() -> None:
    named = {slug for *_, slugs, _ in rows() for slug in NAMED.findall(slugs)}
    assert len(named) > 10
    assert named <= set(catalogue())
    assert all(re.fullmatch(r"K\d\d[a-c]?", family) for one in items() for family in one.kpis)


def test_what_nothing_serves_is_said_to_be_missing() -> None:
    for number, _, there, slugs, yet in rows():
        assert there or slugs or yet.startswith("not yet"), number


@pytest.mark.parametrize(
    ("item", "row"),
    [
        (
            Item(1, "A", ("K08", "K01"), (), (), ""),
            "| 1 | A |  | `query-aging` | not yet: KPI K01 |",
        ),
        (Item(2, "B", (), ("x:y",), ("a.B",), "z"), "| 2 | B | `x:y`, `a.B` |  | not yet: z |"),
        (Item(3, "C", (), ("x:y",), (), ""), "| 3 | C | `x:y` |  |  |"),
        (Item(5, "E", ("K01",), ("dashboards:kpi",), (), ""), "| 5 | E |  |  | not yet: KPI K01 |"),
        (Item(4, "D", (), (), (), ""), "| 4 | D |  |  | not yet |"),
    ],
)
def test_a_row_is_made_of_what_is_there(item: Item, row: str) -> None:
    known = {"query-aging": catalogue()["query-aging"]}
    assert mission_markdown([item], known).splitlines()[-1] == row


def test_what_is_served_is_counted() -> None:
    every = [
        Item(1, "A", ("K08",), (), (), ""),
        Item(2, "B", ("K08",), (), (), "the rest"),
        Item(3, "C", (), (), (), "all of it"),
    ]
    known = {"query-aging": catalogue()["query-aging"]}
    assert "Of 3 items 1 are served, 1 in part and 1 not yet." in mission_markdown(every, known)
