"""What each side owes the other: the same lists for both, each CRO its own, as of any day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboards.periods import Asked
from dashboards.selectors.owed import owed_page
from kpis.models import Dispute, KpiResult, Submission
from kpis.submissions.decide import send_back
from kpis.submissions.disputing import dispute, settle
from studies.models import Delegation
from tests.dashboards.months import queries, report, send
from tests.dashboards.test_statements import enlarge
from tests.kpis.browsing import words_of
from tests.people import World
from vendors.access import actor_of

OCTOBER, NOVEMBER = date(2025, 10, 31), date(2025, 11, 30)
DECEMBER = {"known": "2025-12-20"}
MOST = 12


def at(day: int) -> datetime:
    return datetime(2025, 12, day, 9, tzinfo=UTC)


@pytest.fixture
def waiting(world: World) -> Submission:
    """Alpha: October accepted and disputed on 2 December, November waits since 3 December."""
    common: dict[str, Any] = {
        "by": world.ada,
        "engagement": world.alpha_engagement,
        "study": world.study,
    }
    sites = [queries("S1", old=4, young=36)]
    report(sponsor=world.sam, cutoff=OCTOBER, sites=sites, **common)
    month = {"period_start": date(2025, 10, 1), "study": world.study, "country": ""}
    result = KpiResult.objects.get(definition__slug="query-aging", **month)
    dispute(actor=actor_of(world.ada), about=result, reason="Site 2 was closed.", now=at(2))
    return send(cutoff=NOVEMBER, sites=sites, **common)


def seen(client: Client, person: object, **query: str) -> str:
    client.force_login(person)  # type: ignore[arg-type]  # one of the world's people
    return words_of(client.get(reverse("dashboards:owed"), query)).replace("\u00a0", " ")


def test_both_sides_read_the_same_list(client: Client, world: World, waiting: Submission) -> None:
    for person, heading, verbs in (
        (world.sam, "What you owe the CROs", {"Decide", "Answer", "Confirm"}),
        (world.ada, "What the sponsor owes you", set()),
    ):
        text = seen(client, person, **DECEMBER)
        assert heading in text
        for words in (
            "November 2025 of Alpha, NWT-301 waits for a decision",
            "Alpha disputes Query aging: NWT-301, October 2025",
            "1 delegation to Alpha, NWT-301 is confirmed by nobody",
            "17 days Sponsor's turn",
        ):
            assert words in text
        page = owed_page(person, asked=Asked(None, None, date(2025, 12, 20)))
        assert page is not None
        assert {one.line.verb for one in page.by_sponsor.debts if one.line.act} == verbs
    cro = {"cro": str(world.alpha.pk)}
    text = seen(client, world.sam, **cro, **DECEMBER)
    assert "What you owe Alpha" in text
    assert "Beta" not in text


def test_a_cro_sees_nothing_of_another(client: Client, world: World, waiting: Submission) -> None:
    text = seen(client, world.ben, **DECEMBER)
    assert "Alpha" not in text
    assert "NWT-301" not in text
    assert "Beta" in text
    table = client.get(reverse("dashboards:owed-csv"), DECEMBER).getvalue().decode()
    assert "Alpha" not in table
    assert "\r\nCRO," in table
    for person in (world.ben, world.olga):
        client.force_login(person)
        address = reverse("dashboards:owed")
        assert client.get(address, {"cro": str(world.alpha.pk)}).status_code == 404


def test_what_was_settled_waits_no_more_and_did_before(
    client: Client, world: World, waiting: Submission
) -> None:
    sam = actor_of(world.sam)
    disputed = Dispute.objects.get()
    settle(actor=sam, disputed=disputed, outcome="upheld", answer="Yes.", now=at(10))
    send_back(actor=sam, submission=waiting, comment="Site 3?", now=at(10))
    Delegation.objects.update(confirmed_by=world.sam, confirmed_on=date(2025, 12, 1))
    text = seen(client, world.sam, **DECEMBER)
    assert "Nothing waits for the sponsor" in text
    assert "was returned and waits for repair" in text
    then = seen(client, world.sam, known="2025-12-09")
    assert "waits for a decision" in then
    assert "Alpha disputes" in then
    assert "was returned" not in then


def test_pages_ask_for_the_lists_later(client: Client, world: World, waiting: Submission) -> None:
    client.force_login(world.ada)
    page = client.get(reverse("dashboards:portfolio")).content.decode()
    assert f'hx-get="{reverse("dashboards:owed")}?' in page
    client.force_login(world.sam)
    card = client.get(reverse("dashboards:cro", args=[world.alpha.pk])).content.decode()
    assert f'hx-get="{reverse("dashboards:owed")}?cro={world.alpha.pk}' in card
    client.force_login(world.ada)
    part = client.get(reverse("dashboards:owed"), DECEMBER, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "What the sponsor owes you" in part.content.decode()


def test_the_number_of_statements_does_not_grow(
    client: Client, world: World, waiting: Submission
) -> None:
    def cost(**query: str) -> int:
        client.force_login(world.sam)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(reverse("dashboards:owed"), query).status_code == 200
        return len(statements)

    cro = str(world.alpha.pk)
    small = cost(), cost(**DECEMBER), cost(cro=cro)
    enlarge(world)
    assert (cost(), cost(**DECEMBER), cost(cro=cro)) == small
    assert max(small) <= MOST
