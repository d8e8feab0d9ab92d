"""What came, month by month: in time, late, restated, in review, and not due."""

from datetime import UTC, date, datetime

from django.test import Client
from django.urls import reverse

from tests.dashboards.months import queries, report, send
from tests.people import World


def card(client: Client, world: World, **query: str) -> str:
    client.force_login(world.sam)
    answer = client.get(reverse("dashboards:cro", args=[world.alpha.pk]), query)
    return answer.content.decode().replace("\u00a0", " ")


def month(world: World, cutoff: date, *, old: int = 1, now: datetime | None = None) -> None:
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=cutoff,
        sites=[queries("S1", old=old, young=40)],
        now=now,
    )


def test_late_and_restated_months_say_so(client: Client, world: World) -> None:
    month(world, date(2025, 9, 30), now=datetime(2025, 10, 17, 9, tzinfo=UTC))
    month(world, date(2025, 10, 31))
    month(world, date(2025, 10, 31), old=9, now=datetime(2025, 12, 1, 9, tzinfo=UTC))
    html = card(client, world, period="2025-10")
    assert "September 2025: accepted, 3 business days late" in html
    assert "+3</b>" in html
    assert "October 2025: accepted, restated" in html
    assert "October 2025: accepted, restated, " not in html  # the first hand-over was in time
    assert "August 2025: missing" in html
    then = card(client, world, period="2025-10", known="2025-11-20")
    assert "October 2025: accepted</span>" in then


def test_what_waits_for_the_sponsor_is_in_review_and_not_late(client: Client, world: World) -> None:
    month(world, date(2025, 10, 31))
    send(
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=date(2025, 11, 30),
        sites=[queries("S1", old=2, young=40)],
    )
    html = card(client, world, period="2025-11", known="2025-12-05")
    assert "November 2025: received, waits for the sponsor" in html
    assert "0 of 1</span> file accepted, 1 in review" in html
    assert "rag-missing" not in html.split("Full service: by study")[1].split("</table>")[0]
    late = card(client, world, period="2025-11", known="2025-12-15")
    assert "November 2025: received, waits for the sponsor" in late
    assert "is missing" in late


def test_before_a_delegation_nothing_was_due(client: Client, world: World) -> None:
    month(world, date(2024, 3, 31))
    html = card(client, world, period="2024-03")
    assert "December 2023: nothing delegated" in html
