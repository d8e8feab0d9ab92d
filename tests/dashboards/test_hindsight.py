"""Earlier months counted again from the newest listing, beside what was reported then."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from django.template.loader import render_to_string

from dashboards.selectors.hindsight import hindsight
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.sources import Part
from kpis.definitions import catalogue
from kpis.engine.listings.queries import QUERIES
from kpis.submissions.sealing import seal_table
from tests.dashboards.views_of import PERIOD, view_of
from tests.engine.builders import queries

AGING = catalogue()["query-aging"]
# Cut-offs are the 28th: in December two were open, one of them old; in January three, two old.
LISTED = [
    {"opened_at": "2025-12-01", "closed_at": "2026-02-10", "state": "closed"},
    {"opened_at": "2025-12-20", "closed_at": "2026-01-30", "state": "closed"},
    {"opened_at": "2026-01-20"},
    {"opened_at": "2026-02-20"},
]
REPORTED = [(1, 2), (1, 2), (0, 2)]


def part_of(rows: list[dict[str, Any]], **more: Any) -> Part:
    """Seal the listing as the one of a submission."""
    origin: dict[str, Any] = {"file": 0, "sheet": "S", "row": range(len(rows))}
    table: pd.DataFrame = queries(rows).assign(**origin)
    sha256, _ = seal_table(table, engine_order=QUERIES.engine_order)
    fixed: dict[str, Any] = {"tables": {"queries": sha256}, "rows": {"queries": len(rows)}}
    return Part(1, "NWT-301", date(2026, 2, 28), **{**fixed, "files": (), **more})


def view(*parts: Part, **more: Any) -> KpiView:
    return view_of(AGING, REPORTED, parts=parts, **more)


def test_each_earlier_month_is_counted_again_at_its_own_cutoff() -> None:
    found = hindsight(view(part_of(LISTED)))
    assert found is not None
    january, december = found.months
    assert (january.month, december.month) == (date(2026, 1, 1), date(2025, 12, 1))
    assert (january.open, january.old, january.differs) == (3, 2, True)
    assert (december.open, december.old, december.differs) == (2, 1, False)
    assert (december.share, december.median_age, december.p90_age) == (
        "50.0\u00a0%",
        "17.5",
        "25.1",
    )
    assert found.title == "1 of 2 months before is listed otherwise by now"
    html = render_to_string(
        "dashboards/_hindsight.html", {"past": found, "view": view(part_of(LISTED))}
    )
    assert html.count("<td>different</td>") == html.count("<td>same</td>") == 1


def test_a_listing_that_agrees_says_so() -> None:
    found = hindsight(view_of(AGING, [(1, 2), (2, 3), (0, 2)], parts=(part_of(LISTED),)))
    assert found is not None
    assert found.title == "The newest listing agrees with what was reported before"


@pytest.mark.parametrize(
    "untold",
    [
        lambda: view(),
        lambda: view(part_of(LISTED[2:])),  # names what is open, nothing else
        lambda: view(part_of(LISTED, names=frozenset({"nwt-301"}))),
        lambda: view(part_of(LISTED, tables={})),
        lambda: view_of(AGING, [(0, 2)], parts=(part_of(LISTED),)),
        lambda: view_of(AGING, [(1, 2), None], parts=(part_of(LISTED),)),
        lambda: replace(view(part_of(LISTED)), scope=replace(view().scope, country="FRA")),
        lambda: replace(view(part_of(LISTED)), scope=replace(view().scope, study_id=None)),
        lambda: view_of(catalogue()["time-to-fill"], REPORTED, parts=(part_of(LISTED),)),
    ],
)
def test_what_tells_nothing_of_the_past_is_not_shown(untold: Any) -> None:
    assert hindsight(untold()) is None


def test_the_period_itself_is_not_among_the_months() -> None:
    found = hindsight(view(part_of(LISTED)))
    assert found is not None
    assert PERIOD not in {one.month for one in found.months}
