"""A restated month keeps its first figure, of a study and of the engagement over its studies."""

from datetime import UTC, date, datetime

from django.test import Client
from django.urls import reverse

from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Function
from tests.dashboards.months import queries, report, scope
from tests.kpis.browsing import words_of
from tests.people import START, World

SLUG, NOVEMBER = "query-aging", date(2025, 11, 30)


def send(world: World, day: int, *, old: int, other: bool = False) -> None:
    """Send November of one study on a day of December, with so many old queries of 40."""
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.other_study if other else world.study,
        cutoff=NOVEMBER,
        sites=[queries("S1", old=old, young=40 - old)],
        now=datetime(2025, 12, day, 9, tzinfo=UTC),
    )


def test_both_figures_show_for_study_and_engagement(client: Client, world: World) -> None:
    with acting(Actor.system("tests"), reason="a second study"):
        Delegation.objects.create(
            study=world.other_study,
            function=Function.objects.get(slug="data-management"),
            kind=Delegation.Kind.TRANSFERRED,
            engagement=world.alpha_engagement,
            from_date=START,
        )
    send(world, 3, old=20)
    send(world, 5, old=0, other=True)
    client.force_login(world.sam)
    whole = scope(world.alpha_engagement, period="2025-11")
    study = scope(world.alpha_engagement, world.study, period="2025-11")
    page, chart = (
        reverse("dashboards:kpi", args=[SLUG]),
        reverse("dashboards:kpi-chart", args=[SLUG, "trend"]),
    )
    assert "First figure" not in words_of(client.get(page, whole))  # a study more is no restatement

    send(world, 20, old=4)
    for where, first, now in ((study, "20 of 40", "4 of 40"), (whole, "20 of 80", "4 of 80")):
        text = words_of(client.get(page, where))
        assert "First figure, later restated" in text
        assert first in text
        assert now in text
        traces = client.get(chart, where).json()["data"]
        [hollow] = [one for one in traces if one.get("marker", {}).get("color") == "var(--sheet)"]
        assert hollow["y"] == [50.0 if where is study else 25.0]
    for where in (whole, study):
        known = words_of(client.get(page, {**where, "known": "2025-12-19"}))
        assert "later restated" not in known.replace("first figure, later restated", "")

    send(world, 21, old=8)
    again = words_of(client.get(page, whole))
    assert "20 of 80" in again  # the very first figure, not the one between
    strip = words_of(client.get(reverse("dashboards:portfolio"), {"period": "2025-11"}))
    assert "was 50.0" in strip
    assert "was 25.0" not in strip  # its study says it


def test_a_cro_sees_its_own_first_figures_only(client: Client, world: World) -> None:
    send(world, 3, old=20)
    send(world, 20, old=4)
    client.force_login(world.ben)
    page = reverse("dashboards:kpi", args=[SLUG])
    assert client.get(page, scope(world.alpha_engagement, period="2025-11")).status_code == 404
