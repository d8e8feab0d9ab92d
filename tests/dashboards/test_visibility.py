"""Who sees what: role or 403, scope or 404, and never another CRO's numbers."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Delegation, Function
from tests.dashboards.months import queries, report, scope
from tests.people import START, World

NOVEMBER = date(2025, 11, 30)
SLUG = "query-aging"
CHARTS = ("trend", "ageing", "sites", "funnel")
SCOPED = (
    ("kpi", (SLUG,)),
    *(("kpi-chart", (SLUG, name)) for name in CHARTS),
    *(("kpi-csv", (SLUG, name)) for name in (*CHARTS, "countries")),
    ("computed", (SLUG,)),
    ("recomputing", (SLUG,)),
    ("rows", (SLUG,)),
    ("rows-csv", (SLUG,)),
)


@pytest.fixture
def shared_study(world: World) -> World:
    """Both CROs manage data on NWT-301: Alpha has 4 of 40 old, Beta 30 of 40."""
    Delegation.objects.create(
        study=world.study,
        function=Function.objects.get(slug="data-management"),
        kind=Delegation.Kind.SHARED,
        split="Beta cleans the laboratory data.",
        engagement=world.beta_engagement,
        from_date=START,
    )
    for by, engagement, old in (
        (world.ada, world.alpha_engagement, 4),
        (world.ben, world.beta_engagement, 30),
    ):
        report(
            sponsor=world.sam,
            by=by,
            engagement=engagement,
            study=world.study,
            cutoff=NOVEMBER,
            sites=[queries("S1", old=old, young=40 - old)],
        )
    return world


@pytest.mark.parametrize(("name", "args"), SCOPED)
def test_a_cro_never_reaches_another_cros_numbers(
    client: Client, shared_study: World, name: str, args: tuple[str, ...]
) -> None:
    world = shared_study
    address = reverse(f"dashboards:{name}", args=args)
    own = scope(world.alpha_engagement, world.study)
    client.force_login(world.ada)
    assert client.get(address, own).status_code == 200
    for other in (
        scope(world.beta_engagement, world.study),
        scope(world.beta_engagement),
        scope(world.alpha_engagement, world.other_study),
    ):
        assert client.get(address, other).status_code == 404
    client.force_login(world.olga)
    assert client.get(address, own).status_code == 404


def test_on_a_shared_study_each_sees_their_own_engagement(
    client: Client, shared_study: World
) -> None:
    world = shared_study
    places = (
        reverse("dashboards:portfolio"),
        reverse("dashboards:study", args=[world.study.pk]),
        reverse("dashboards:site", args=[world.study.pk]) + "?number=S1",
    )
    for person, mine, theirs in (
        (world.ada, "4 of 40", "30 of 40"),
        (world.ben, "30 of 40", "4 of 40"),
    ):
        client.force_login(person)
        for place in places:
            html = client.get(place).content.decode().replace("130 of", "")
            assert f">{mine}" in html or f" {mine}" in html
            assert f">{theirs}" not in html
            assert f" {theirs}" not in html
            assert ("Beta" in html) is (person == world.ben)
    client.force_login(world.sam)
    html = client.get(places[1]).content.decode()
    assert "30 of 40" in html
    assert ">4 of 40" in html


def test_foreign_cro_and_study_are_not_found(client: Client, world: World) -> None:
    client.force_login(world.ada)
    for name, pk in (("cro", world.beta.pk), ("study", world.other_study.pk)):
        assert client.get(reverse(f"dashboards:{name}", args=[pk])).status_code == 404
    address = reverse("dashboards:site", args=[world.other_study.pk])
    assert client.get(address, {"number": "S1"}).status_code == 404
    address = reverse("dashboards:site", args=[world.study.pk])
    assert client.get(address, {"number": "no such"}).status_code == 404
    assert client.get(address, {"number": "Site 2"}).status_code == 200


def test_a_cro_is_addressed_in_its_own_words(client: Client, shared_study: World) -> None:
    client.force_login(shared_study.ada)
    html = client.get(reverse("dashboards:portfolio")).content.decode()
    assert "November 2025: your query aging is amber at 10.0" in html
    assert "Where you stand" in html


def test_role_and_sign_in_are_needed(client: Client, world: World) -> None:
    addresses = [
        reverse("dashboards:portfolio"),
        reverse("dashboards:cro", args=[world.alpha.pk]),
        reverse("dashboards:study", args=[world.study.pk]),
        reverse("dashboards:site", args=[world.study.pk]),
        reverse("dashboards:portfolio-csv"),
        reverse("dashboards:progress", args=[world.study.pk]),
        reverse("dashboards:study-csv", args=[world.study.pk, "enrolment"]),
        reverse("dashboards:study-chart", args=[world.study.pk, "enrolment"]),
        *(reverse(f"dashboards:{name}", args=args) for name, args in SCOPED),
    ]
    for address in addresses:
        assert client.get(address).status_code == 302
    for person in (world.ines, world.nora):
        client.force_login(person)
        assert {client.get(address).status_code for address in addresses} == {403}


def test_unknown_kpi_chart_and_table_are_not_found(client: Client, shared_study: World) -> None:
    where = scope(shared_study.alpha_engagement, shared_study.study)
    client.force_login(shared_study.sam)
    for name, args in (
        ("kpi", ("no-such",)),
        ("kpi-chart", (SLUG, "pie")),
        ("kpi-chart", (SLUG, "survival")),
        ("kpi-csv", (SLUG, "pie")),
    ):
        assert client.get(reverse(f"dashboards:{name}", args=args), where).status_code == 404


def test_as_known_on_a_day_shows_what_was_known_then(client: Client, shared_study: World) -> None:
    world = shared_study
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=NOVEMBER,
        sites=[queries("S1", old=1, young=49)],
        now=datetime(2025, 12, 20, 9, tzinfo=UTC),
    )
    client.force_login(world.sam)
    address = reverse("dashboards:kpi", args=[SLUG])
    where = scope(world.alpha_engagement, world.study, period="2025-11")
    assert "1 of 50" in client.get(address, where).content.decode()
    before = client.get(address, {**where, "known": "2025-12-19"}).content.decode()
    assert "4 of 40" in before
    assert "1 of 50" not in before
    html = client.get(reverse("dashboards:portfolio"), {"period": "2025-11"}).content.decode()
    assert "1</b>restated" in html
    assert "was 10.0" in html
    early = {**where, "known": "2025-12-01"}
    assert "is due by 12 Dec for November 2025" in client.get(address, early).content.decode()


def test_a_download_is_recorded_and_a_view_is_not(client: Client, shared_study: World) -> None:
    world = shared_study
    where = scope(world.alpha_engagement, world.study)
    client.force_login(world.quinn)
    before = AuditTrailEntry.objects.count()
    client.get(reverse("dashboards:kpi", args=[SLUG]), where)
    assert AuditTrailEntry.objects.count() == before
    client.get(reverse("dashboards:rows-csv", args=[SLUG]), where)
    entry = AuditTrailEntry.objects.order_by("-pk").first()
    assert entry is not None
    assert entry.event == "exported"
    assert entry.detail["engagement"] == str(world.alpha_engagement.pk)
