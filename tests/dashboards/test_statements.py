"""Each page costs the same number of SQL statements, however large the portfolio.

Counted on the second visit; the first one may take one more, which reads runs into memory.
"""

from collections.abc import Mapping
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Study
from tests.dashboards.models import Models, make_models, send_month
from tests.dashboards.months import queries, report, scope
from tests.people import START, World
from vendors.models import Vendor

MOST = 12
SLUG = "query-aging"


def months(world: World, study: Study, count: int) -> None:
    for month in range(1, count + 1):
        report(
            sponsor=world.sam,
            by=world.ada,
            engagement=world.alpha_engagement,
            study=study,
            cutoff=date(2025, month, 28),
            sites=[queries(f"S{n}", old=2, young=18) for n in range(count)],
        )


def enlarge(world: World) -> None:
    """Three more CROs, two more studies of Alpha, and more months and sites."""
    function = Function.objects.get(slug="data-management")
    with acting(Actor.system("tests"), reason="a larger portfolio"):
        for number in range(3):
            vendor = Vendor.objects.create(sponsor=world.northwind, name=f"CRO {number}")
            engagement = Engagement.objects.create(
                sponsor=world.northwind,
                vendor=vendor,
                name=vendor.name,
                model=Engagement.Model.FSP,
                start_date=START,
            )
            study = Study.objects.create(sponsor=world.northwind, protocol_number=f"NWT-{number}")
            for party in (engagement, world.alpha_engagement):
                Delegation.objects.create(
                    study=study,
                    function=function,
                    kind=Delegation.Kind.TRANSFERRED,
                    engagement=party,
                    from_date=START,
                )
    months(world, Study.objects.get(protocol_number="NWT-0"), 3)


def counts(client: Client, world: World) -> dict[str, int]:
    whole = scope(world.alpha_engagement)
    narrow = scope(world.alpha_engagement, world.study, period="2025-01")
    pages = {
        "portfolio": (reverse("dashboards:portfolio"), {}),
        "cro": (reverse("dashboards:cro", args=[world.alpha.pk]), {}),
        "study": (reverse("dashboards:study", args=[world.study.pk]), {"period": "2025-01"}),
        "site": (
            reverse("dashboards:site", args=[world.study.pk]),
            {"number": "S0", "period": "2025-01"},
        ),
        "kpi": (reverse("dashboards:kpi", args=[SLUG]), narrow),
        "kpi, latest": (
            reverse("dashboards:kpi", args=[SLUG]),
            scope(world.alpha_engagement, world.study),
        ),
        "kpi of an engagement": (reverse("dashboards:kpi", args=[SLUG]), whole),
        "rows": (reverse("dashboards:rows", args=[SLUG]), narrow),
        "chart": (reverse("dashboards:kpi-chart", args=[SLUG, "trend"]), narrow),
        "as known": (reverse("dashboards:portfolio"), {"known": "2025-06-30"}),
    }
    client.force_login(world.sam)
    return {name: visits(client, *page) for name, page in pages.items()}


def visits(client: Client, address: str, query: Mapping[str, str]) -> int:
    """Visit a page twice; return the statements of the second visit."""
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as statements:
            assert client.get(address, query).status_code == 200
        found.append(len(statements))
    first, second = found
    assert first in (second, second + 1)
    assert first <= MOST
    return second


def test_the_number_of_statements_does_not_grow(client: Client, world: World) -> None:
    months(world, world.study, 1)
    small = counts(client, world)
    enlarge(world)
    assert counts(client, world) == small


def model_counts(client: Client, models: Models) -> dict[str, int]:
    world = models.world
    study = {"period": "2025-11"}
    alpha = dict(scope(world.alpha_engagement, world.study, period="2025-11"))
    beta = dict(scope(world.beta_engagement, period="2025-11"))
    narrow = dict(scope(world.beta_engagement, models.third, period="2025-11"))
    gamma = dict(scope(models.gamma_engagement, models.third, period="2025-11"))
    pages = {
        "portfolio": (reverse("dashboards:portfolio"), {}),
        "portfolio as a table": (reverse("dashboards:portfolio-csv"), {}),
        "FSP": (reverse("dashboards:cro", args=[world.beta.pk]), {}),
        "hybrid": (reverse("dashboards:cro", args=[models.gamma.pk]), {}),
        "study": (reverse("dashboards:study", args=[world.study.pk]), study),
        "progress": (reverse("dashboards:progress", args=[world.study.pk]), study),
        "progress, chart": (
            reverse("dashboards:study-chart", args=[world.study.pk, "enrolment"]),
            study,
        ),
        "study of two CROs": (reverse("dashboards:study", args=[models.third.pk]), study),
        "site": (
            reverse("dashboards:site", args=[world.study.pk]),
            {"number": "S1", "period": "2025-11"},
        ),
        "rate": (reverse("dashboards:kpi", args=["deviation-rate"]), alpha),
        "missing": (reverse("dashboards:kpi", args=["deviation-rate"]), gamma),
        "duration": (reverse("dashboards:kpi", args=["time-to-fill"]), beta),
        "study under an FSP": (reverse("dashboards:kpi", args=[SLUG]), narrow),
        "rows of two listings": (reverse("dashboards:rows", args=["deviation-rate"]), alpha),
        "places": (reverse("dashboards:kpi", args=[SLUG]), {}),
    }
    client.force_login(world.sam)
    return {name: visits(client, *page) for name, page in pages.items()}


def test_every_kpi_of_every_model_costs_no_more_statements(client: Client, world: World) -> None:
    models = make_models(world)
    send_month(models, date(2025, 11, 30))
    small = model_counts(client, models)
    enlarge(world)
    send_month(models, date(2025, 10, 31), worse=True)
    assert model_counts(client, models) == small
