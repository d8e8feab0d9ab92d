"""The three engagement models: what each is shown, what is missing, what is not delegated."""

import csv
import io
from datetime import UTC, datetime, timedelta

import plotly.graph_objects as go
import pytest
from django.test import Client
from django.urls import reverse

from kpis.snapshots.missing import mark_missing
from tests.dashboards.models import (
    NOVEMBER,
    OCTOBER,
    Models,
    make_models,
    send_alpha,
    send_beta,
    send_gamma,
    send_month,
)
from tests.dashboards.months import queries, report, scope
from tests.people import World


@pytest.fixture
def models(world: World) -> Models:
    """One month of all three."""
    made = make_models(world)
    send_month(made, NOVEMBER, worse=True)
    return made


@pytest.fixture
def two_months(world: World) -> Models:
    """October as well, in which Alpha was better."""
    made = make_models(world)
    for cutoff, worse in ((OCTOBER, False), (NOVEMBER, True)):
        send_alpha(made, cutoff, deviations=9 if worse else 3, old=8 if worse else 1)
    return made


def page(client: Client, models: Models, name: str, *args: object, **query: str) -> str:
    client.force_login(models.world.sam)
    answer = client.get(reverse(f"dashboards:{name}", args=args), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def lines(client: Client, address: str, query: dict[str, str]) -> list[dict[str, str]]:
    answer = client.get(address, query)
    assert answer.status_code == 200
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_heatmap_shows_dimensions_and_what_is_not_delegated(
    client: Client, models: Models
) -> None:
    html = page(client, models, "portfolio")
    heat = html.split('<table class="heat">')[1].split("</table>")[0]
    titles = heat.split("<tbody>")[0]
    assert "Scalability" in titles
    assert "Transparency" in titles
    assert "Governance" not in titles
    assert "No KPI yet in: technology, governance, knowledge retention" in html
    rows = {
        name: row for row in heat.split("<tr>")[2:] for name in ("Alpha", "Beta") if name in row
    }
    assert "17.4 %" in rows["Alpha"]
    assert "Query aging" in rows["Alpha"]
    assert "not delegated" not in rows["Alpha"]
    assert rows["Beta"].count("not delegated") == 1  # quality: monitoring is nobody's there
    assert "4 of 4</span> files accepted" in html


def test_a_full_service_scorecard_tells_by_study(client: Client, models: Models) -> None:
    html = page(client, models, "cro", models.world.alpha.pk)
    card = html.split("Full service: by study")[1]
    assert ">NWT-301</td>" in card
    assert "Time to fill</th>" in card.split("Not delegated under this engagement")[1]
    assert "for FSP and hybrid engagements only" in card
    assert "against amber limit 5.0 %" in card


def test_an_fsp_scorecard_tells_by_function_across_studies(client: Client, models: Models) -> None:
    html = page(client, models, "cro", models.world.beta.pk)
    assert "by function, across studies" in html
    assert "<td>Data management, 2 studies</td>" in html
    assert "<td>All functions, all studies</td>" in html
    assert "10 of 70" in html  # pooled, not averaged
    assert "no delegation of clinical monitoring" in html
    assert "Files of All studies, Beta for NWT-204" in html


def test_a_hybrid_scorecard_tells_both(client: Client, models: Models) -> None:
    html = page(client, models, "cro", models.gamma.pk)
    assert ">NWT-118</td>" in html
    assert "<td>All functions, all studies</td>" in html
    assert "Files of NWT-118, Gamma hybrid" in html
    assert "Files of All studies, Gamma hybrid" in html


def test_a_listing_that_did_not_come_is_named(client: Client, models: Models) -> None:
    why = "Protocol deviations per 100 participant visits needs the listing “visits”."
    assert why in page(client, models, "cro", models.gamma.pk)
    where = scope(models.gamma_engagement, models.third)
    html = page(client, models, "kpi", "deviation-rate", **where)
    assert "Protocol deviations per 100 participant visits is missing for November 2025" in html
    assert why in html
    assert why in page(client, models, "rows", "deviation-rate", **where)


def test_a_rate_shows_its_parts_and_what_is_left_out(client: Client, two_months: Models) -> None:
    models = two_months
    world = models.world
    where = scope(world.alpha_engagement, world.study)
    html = page(client, models, "kpi", "deviation-rate", **where)
    assert "is at 9.2 per 100; it rose by 5.0 per 100" in html
    assert "11 per 120" in html
    assert "of an unknown participant: not in the rate" in html
    assert "rows without the day: counted" in html
    assert "Numerator +6, denominator unchanged since Oct 2025" in html
    assert "S1 has the highest rate, 13.8 per 100; all together 9.2 per 100" in html
    assert "11 rows behind the value" in html
    assert "deviations-2025-11-30.csv" in html


def test_numerator_and_denominator_come_from_two_listings(client: Client, models: Models) -> None:
    world = models.world
    where = dict(scope(world.alpha_engagement, world.study))
    client.force_login(world.sam)
    address = reverse("dashboards:rows-csv", args=["deviation-rate"])
    top = lines(client, address, where)
    bottom = lines(client, address, where | {"part": "denominator"})
    assert (len(top), len(bottom)) == (11, 120)
    assert {row["File"] for row in bottom} == {"visits-2025-11-30.csv"}
    assert "PD Status" in top[0]
    assert "Visit date" in bottom[0]


def test_a_duration_shows_its_curve_and_open_positions(client: Client, models: Models) -> None:
    where = scope(models.world.beta_engagement)
    html = page(client, models, "kpi", "time-to-fill", **where)
    assert "Time to fill is within its limits at 40.0 d" in html
    assert "Half of the positions were filled within 40 days" in html
    assert "longest 90 days" in html
    address = reverse("dashboards:kpi-chart", args=["time-to-fill", "survival"])
    figure = client.get(address, where).json()
    assert figure["data"][1]["x"] == [90]
    assert figure["data"][1]["marker"]["symbol"] == "line-ns"
    never = page(client, models, "kpi", "time-to-fill", **scope(models.gamma_engagement))
    assert "Time to fill is red at &gt; 95.0 d" in never
    assert "Fewer than half of the positions are filled: no value yet" in never


def test_the_study_page_holds_all_kpis_sites_and_enrolment(client: Client, models: Models) -> None:
    world = models.world
    html = page(client, models, "study", world.study.pk)
    for name in ("Query aging", "Screen failure rate", "Enrolment rate", "Query backlog"):
        assert name in html
    assert "Enrolment, activation, milestones and deviations</a>" in html
    not_delegated = "On-time fill, Open SAE discrepancies (safety side), Time to fill."
    assert f"Not delegated on this study: {not_delegated}" in html
    sites = html.split("a value leads to its rows")[1]
    assert sites.index(">S1<") < sites.index(">S2<")
    html = page(client, models, "progress", world.study.pk)
    assert "12 participants are enrolled, 1 of them in Nov 2025" in html
    assert "No plan of enrolment came" in html
    client.force_login(world.ada)
    rows = lines(client, reverse("dashboards:study-csv", args=[world.study.pk, "enrolment"]), {})
    assert [row["Enrolled"] for row in rows if row["Enrolled"]][-1] == "12"


def test_rows_of_a_study_under_an_fsp_are_those_that_name_it(
    client: Client, models: Models
) -> None:
    world = models.world
    where = dict(scope(world.beta_engagement, models.third))
    client.force_login(world.sam)
    rows = lines(client, reverse("dashboards:rows-csv", args=["query-aging"]), where)
    assert len(rows) == 9
    assert {row["Study"] for row in rows} == {"NWT-118"}
    whole = dict(scope(world.beta_engagement))
    assert len(lines(client, reverse("dashboards:rows-csv", args=["query-aging"]), whole)) == 10


def test_the_portfolio_as_csv_holds_what_each_may_see(client: Client, models: Models) -> None:
    client.force_login(models.world.sam)
    address = reverse("dashboards:portfolio-csv")
    rows = lines(client, address, {})
    assert {row["CRO"] for row in rows} == {"Alpha", "Beta", "Gamma"}
    found = {(row["CRO"], row["study"], row["KPI"]): row for row in rows}
    assert found["Beta", "all", "Query aging"]["denominator"] == "70.0"
    missing = found["Gamma", "NWT-118", "Enrolment rate"]
    assert (missing["status"], missing["value"]) == ("missing", "")
    client.force_login(models.world.ada)
    assert {row["CRO"] for row in lines(client, address, {})} == {"Alpha"}


def test_a_study_shared_by_two_cros_shows_each_their_own(client: Client, models: Models) -> None:
    client.force_login(models.world.ada)
    for name, args in (
        ("study", [models.third.pk]),
        ("progress", [models.third.pk]),
        ("study-csv", [models.third.pk, "enrolment"]),
        ("study-chart", [models.third.pk, "enrolment"]),
    ):
        assert client.get(reverse(f"dashboards:{name}", args=args)).status_code == 404
    foreign = scope(models.gamma_engagement)
    for slug in ("time-to-fill", "on-time-fill"):
        assert client.get(reverse("dashboards:kpi", args=[slug]), foreign).status_code == 404


def test_what_never_came_is_missing_on_record_and_no_file(client: Client, world: World) -> None:
    models = make_models(world)
    send_alpha(models, NOVEMBER)
    send_gamma(models, NOVEMBER)
    day = datetime(2025, 12, 13, 6, tzinfo=UTC)
    assert mark_missing(period=NOVEMBER.replace(day=1), today=day.date(), now=day) > 0
    html = page(client, models, "portfolio", period="2025-11", known="2025-12-20")
    assert "3 of 4</span> files accepted, 1 missing" in html
    assert "5 business days late" in html
    whole = scope(world.beta_engagement, period="2025-11", known="2025-12-20")
    assert "Nothing came by 12 Dec 2025." in page(client, models, "kpi", "time-to-fill", **whole)
    card = page(client, models, "cro", world.beta.pk, period="2025-11", known="2025-12-20")
    assert "November 2025: missing, 5 business days late" in card
    before = page(client, models, "cro", world.beta.pk, period="2025-11", known="2025-12-12")
    assert "due by 12 Dec" in before
    assert "November 2025: open, due by 12 Dec 2025" in before


def test_a_kpi_is_chosen_where_it_applies(client: Client, models: Models) -> None:
    html = page(client, models, "kpi", "time-to-fill")
    assert "Beta for NWT-204, whole engagement</a>" in html
    assert "Gamma hybrid, whole engagement</a>" in html
    assert "Alpha" not in html.split("<tbody>")[1]
    where = scope(models.world.alpha_engagement)
    assert "This KPI does not apply here." in page(client, models, "kpi", "time-to-fill", **where)


def test_each_chart_of_a_rate_and_a_duration_has_figure_and_csv(
    client: Client, models: Models
) -> None:
    world = models.world
    rate = dict(scope(world.alpha_engagement, world.study))
    client.force_login(world.sam)
    for slug, name, where, rows in (
        ("deviation-rate", "counts", rate, 1),
        ("deviation-rate", "sites", rate, 2),
        ("screen-failure-rate", "counts", rate, 1),
        ("time-to-fill", "survival", dict(scope(world.beta_engagement)), 6),
    ):
        figure = client.get(reverse("dashboards:kpi-chart", args=[slug, name]), where).json()
        go.Figure(data=figure["data"], layout=figure["layout"])
        assert len(lines(client, reverse("dashboards:kpi-csv", args=[slug, name]), where)) == rows
    sites = client.get(reverse("dashboards:kpi-chart", args=["deviation-rate", "sites"]), rate)
    assert sites.json()["data"][0]["y"] == ["S1", "S2"]
    assert sites.json()["data"][0]["x"] == [13.75, 0]


def test_the_page_of_a_site_shows_each_listing_once(client: Client, models: Models) -> None:
    html = page(client, models, "site", models.world.study.pk, number="S1")
    assert "Site S1: query aging is 22.2 %, 8 of 36" in html
    assert html.count("Rows of Query") == 2  # the panel and its table, of the worst KPI only
    assert html.count("deviations reported up to the data cut-off") == 1
    assert "Month by month" in html


def test_two_cut_offs_of_one_month_keep_their_ages(client: Client, world: World) -> None:
    """A study alone and one across studies; each row ages to its own file's cut-off."""
    models = make_models(world)
    send_beta(models, NOVEMBER)
    report(
        sponsor=world.sam,
        by=world.ben,
        engagement=world.beta_engagement,
        study=models.third,
        cutoff=NOVEMBER - timedelta(days=2),
        sites=[queries("C1", old=4, young=36)],
    )
    client.force_login(world.sam)
    address = reverse("dashboards:rows-csv", args=["query-aging"])
    alone = lines(client, address, dict(scope(world.beta_engagement, models.third)))
    assert [row["Age in days"] for row in alone] == ["20"] * 4
    html = page(client, models, "kpi", "query-aging", **scope(world.beta_engagement))
    whole = lines(client, address, dict(scope(world.beta_engagement)))
    assert f"{len(whole)} of " in html
    assert {row["Age in days"] for row in whole} == {"20"}
