"""Why a KPI moved: said, drawn and tabled; where it cannot be told, why; only one's own units."""

from dataclasses import replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboards.charts.waterfall import reached
from dashboards.panels.why import sentence, steps_of, why_chart, why_panel, why_table
from dashboards.selectors.move import UnitsOfTwoMonths
from dashboards.why import Why, why_of
from kpis.definitions import catalogue
from kpis.engine.statistics.rollup import Part
from tests.dashboards.months import queries, report, scope
from tests.dashboards.views_of import view_of
from tests.people import World

OCTOBER, NOVEMBER = date(2025, 10, 31), date(2025, 11, 30)
SLUG = "query-aging"
JANUARY = date(2026, 1, 1)
THEN = {"S1": Part(4, 50), "S2": Part(6, 50)}
NOW = {"S1": Part(12, 60), "S2": Part(4, 40), "S3": Part(4, 20)}


def why(slug: str = SLUG, pairs: Any = ((10, 100), (20, 120)), **more: Any) -> Why:
    units = UnitsOfTwoMonths("sites", ("sites",), JANUARY, THEN, NOW, {"S1": "/there"})
    return why_of(view_of(catalogue()[slug], pairs), replace(units, **more))


def test_the_parts_are_drawn_up_to_the_value_now() -> None:
    told = why()
    assert told.move is not None
    assert told.scale * told.move.change == pytest.approx(100 * (20 / 120 - 10 / 100))
    ends = reached(steps_of(told))
    assert ends[-2][1] == pytest.approx(ends[-1][1])
    assert ends[-1][1] == pytest.approx(100 * 20 / 120)
    figure = why_chart(told)
    go.Figure(data=figure["data"], layout=figure["layout"])
    names = figure["data"][0]["y"]
    assert len(set(names)) == len(names)
    assert "S3, entered" in names
    assert figure["data"][0]["marker"]["color"][0] == "var(--line)"


def test_the_sentence_names_the_unit_behind_the_performance() -> None:
    words = sentence(why())
    assert words.startswith("Up 6.7\u00a0points: +")
    assert "of which S1 +6.0" in words
    assert words.endswith("mix")
    down = why(pairs=((20, 100), (10, 100)), before={"A": Part(20, 100)}, now={"A": Part(10, 100)})
    assert sentence(down) == "Down 10.0\u00a0points: −10.0 performance"
    same = why(pairs=((10, 100), (10, 100)), before={"A": Part(10, 100)}, now={"A": Part(10, 100)})
    assert sentence(same) == "Unchanged: 0 performance"


def test_the_table_has_every_unit_and_adds_up() -> None:
    told = why()
    header, rows = why_table(told)
    assert header[-1] == "Together"
    assert sum(row[-1] for row in rows) == pytest.approx(100 * (20 / 120 - 0.1))  # type: ignore[misc]  # numbers
    panel = why_panel(told)
    assert {len(row) for row in panel.rows} == {len(panel.columns)}
    assert str(panel.rows[0][0]) == "S1"
    assert panel.rows[-1][1] in ("–", "6")


def test_what_units_do_not_tell_stands_as_a_part_of_its_own() -> None:
    told = why(pairs=((10, 100), (25, 150)))
    assert told.move is not None
    assert told.move.units[-1].name == "not told by site"
    loose = why(pairs=((10, 100), (25, 120)))
    assert loose.move is not None
    assert loose.move.loose > 0
    assert "without a denominator" in sentence(loose)


def test_many_units_are_summed_beyond_the_largest() -> None:
    before = {f"S{n}": Part(n, 100) for n in range(20)}
    now = {f"S{n}": Part(2 * n, 100 + n) for n in range(20)}
    pairs = [(sum(one.numerator or 0 for one in month.values()), 0) for month in (before, now)]
    whole = [(pairs[0][0], 2000), (pairs[1][0], 2000 + 190)]
    told = why(pairs=whole, before=before, now=now)
    names = [one.name for one in steps_of(told)]
    assert "13 others, performance" in names
    assert any(name.endswith("others, mix") for name in names)
    ends = reached(steps_of(told))
    assert ends[-2][1] == pytest.approx(ends[-1][1])


def test_a_count_moves_by_its_units_without_a_mix() -> None:
    count = next(one for one in catalogue().values() if one.formula == "count")
    view = view_of(count, [(10, 1), (20, 1)])
    months = {month: replace(one, value=one.numerator) for month, one in view.by_month.items()}
    units = UnitsOfTwoMonths("sites", ("sites",), JANUARY, THEN, NOW, {})
    told = why_of(replace(view, by_month=months), units)
    assert told.move is not None
    assert (told.move.change, told.move.mix) == (10, 0)


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("time-to-fill", "A median is no sum"),
        ("enrolment-variance", "Variances are distances"),
        ("provider-concentration", "looks at all units at once"),
        ("relationship-index", "a mean of topics"),
    ],
)
def test_what_is_no_ratio_of_sums_says_so(slug: str, words: str) -> None:
    told = why(slug)
    assert told.move is None
    assert words in told.reason
    with pytest.raises(LookupError, match=words[:9]):
        why_chart(told)


def test_a_month_without_a_value_another_version_and_no_units_say_so() -> None:
    assert "Jan 2026 has no value" in why(pairs=(None, (20, 120))).reason
    assert "no unit below it" in why(by="").reason
    view = view_of(catalogue()[SLUG], [(10, 100), (20, 120)])
    months = dict(view.by_month)
    months[JANUARY] = replace(months[JANUARY], version=99)
    units = why().units
    assert "version 99" in why_of(replace(view, by_month=months), units).reason
    months[JANUARY] = replace(months[JANUARY], value=55.5)
    assert "no ratio of sums" in why_of(replace(view, by_month=months), units).reason
    months[JANUARY] = replace(months[JANUARY], value=55.5, denominator=0)
    assert "no ratio of sums" in why_of(replace(view, by_month=months), units).reason
    months[JANUARY] = replace(months[JANUARY], numerator=None)
    assert "no ratio of sums" in why_of(replace(view, by_month=months), units).reason


@pytest.fixture
def two_months(world: World) -> World:
    """Alpha: S1 goes from 2 of 30 to 8 of 36 old queries, S2 of another country shrinks."""
    for cutoff, old in ((OCTOBER, 2), (NOVEMBER, 8)):
        report(
            sponsor=world.sam,
            by=world.ada,
            engagement=world.alpha_engagement,
            study=world.study,
            cutoff=cutoff,
            sites=[
                queries("S1", old=old, young=28),
                queries("S2", old=0, young=12 - old, country="DEU"),
            ],
        )
    return world


def test_the_page_tells_it_by_sites_countries_and_studies(
    client: Client, two_months: World
) -> None:
    world = two_months
    client.force_login(world.sam)
    address = reverse("dashboards:kpi-why", args=[SLUG])
    study = dict(scope(world.alpha_engagement, world.study, period="2025-11"))
    whole = dict(scope(world.alpha_engagement, period="2025-11"))
    for query, named in (
        (study, "S1"),
        (study | {"by": "countries"}, "FRA"),
        (study | {"country": "FRA"}, "S1"),
        (whole, "NWT-301"),
        (whole | {"since": "2025-10"}, "NWT-301"),
    ):
        with CaptureQueriesContext(connection) as statements:
            html = client.get(address, query).content.decode().replace("\u00a0", " ")
        assert len(statements) <= 14  # a request of its own, after the page
        assert "Up 1" in html
        assert f">{named}</a>" in html
    html = client.get(address, study | {"since": "2025-01"}).content.decode()
    assert "Jan 2025 has no value to compare with." in html
    part = client.get(address, study, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div class="stack" id="why">')
    assert client.get(address, study | {"since": "soon"}).status_code == 404
    page = client.get(reverse("dashboards:kpi", args=[SLUG]), study).content.decode()
    assert "Why did it move?" in page
    csv = client.get(reverse("dashboards:kpi-why-csv", args=[SLUG]), study)
    assert csv.getvalue().decode().count("\n") == 3
    never = client.get(reverse("dashboards:kpi-why-csv", args=[SLUG]), study | {"since": "2025-01"})
    assert never.status_code == 404


def test_a_cro_sees_the_units_of_its_own_engagement_only(client: Client, two_months: World) -> None:
    world = two_months
    address = reverse("dashboards:kpi-why", args=[SLUG])
    own = scope(world.alpha_engagement, world.study)
    for person, code in ((world.ada, 200), (world.ben, 404), (world.olga, 404), (world.nora, 403)):
        client.force_login(person)
        assert client.get(address, own).status_code == code
        assert client.get(reverse("dashboards:kpi-why-csv", args=[SLUG]), own).status_code == code
