"""The data-quality page: what it says, what each reader sees of it, and what it costs."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.models import Problem, Submission
from kpis.submissions.decide import send_back
from oversight.audit_trail.models import AuditTrailEntry
from tests.dashboards.months import queries, report, send
from tests.dashboards.test_statements import enlarge
from tests.kpis.browsing import words_of
from tests.people import World
from vendors.access import actor_of

OCTOBER, NOVEMBER = date(2025, 10, 31), date(2025, 11, 30)
PAGE = "dashboards:quality"
TABLES = ("calendar", "rules", "restatements", "missing", "first-time")
MOST = 12


def month(world: World, cutoff: date, *, old: int, day: int = 3, beta: bool = False) -> Submission:
    """Send a month of Alpha's (or Beta's) study on a day of the month after; accepted."""
    return report(
        sponsor=world.sam,
        by=world.ben if beta else world.ada,
        engagement=world.beta_engagement if beta else world.alpha_engagement,
        study=world.other_study if beta else world.study,
        cutoff=cutoff,
        sites=[queries("S1", old=old, young=40 - old)],
        now=datetime(2025, cutoff.month + 1, day, 9, tzinfo=UTC),
    )


@pytest.fixture
def restated(world: World) -> World:
    """Alpha: October, and November restated from 20 of 40 to 4 of 40. Beta: November."""
    month(world, OCTOBER, old=1)
    month(world, NOVEMBER, old=20)
    month(world, NOVEMBER, old=4, day=20)
    month(world, NOVEMBER, old=2, beta=True)
    return world


def seen(client: Client, person: object, **query: str) -> str:
    client.force_login(person)  # type: ignore[arg-type]  # one of the world's people
    return words_of(client.get(reverse(PAGE), query))


def csv(client: Client, name: str, **query: str) -> list[str]:
    answer = client.get(reverse("dashboards:quality-csv", args=[name]), query)
    assert answer.status_code == 200
    return answer.getvalue().decode("utf-8-sig").splitlines()


def test_a_restatement_is_told_from_what_to_what_why_and_how_late(
    client: Client, restated: World
) -> None:
    text = seen(client, restated.sam, period="2025-11")
    assert "November 2025: 2 of 2 accepted; 1 restatement" in text
    assert "50.0 % →" in text.replace("\u00a0", " ")
    assert "Data that came in later The CRO Rows were missing. 17" in text
    then = seen(client, restated.sam, period="2025-11", known="2025-12-10")
    assert "Nothing was restated" in then
    rows = csv(client, "restatements", period="2025-11")
    assert any(",query-aging,50.0,10.0,red," in row for row in rows)
    assert len([row for row in rows if ",query-aging," in row]) == 1


def test_rules_are_ranked_by_the_check_that_found_most(client: Client, restated: World) -> None:
    counts: dict[tuple[str, int], int] = {}
    for one in Problem.objects.exclude(severity="info").select_related("check_made"):
        key = (one.rule, one.check_made.submission_id)
        counts[key] = max(counts.get(key, 0), one.count)
    assert counts
    by_rule = {rule: 0 for rule, _ in counts}
    for (rule, _), count in counts.items():
        by_rule[rule] += count
    client.force_login(restated.sam)
    found: dict[str, int] = {}
    for row in csv(client, "rules", period="2025-11")[1:]:
        found[row.split(",")[0]] = found.get(row.split(",")[0], 0) + int(row.split(",")[-1])
    assert found == by_rule
    worst = max(by_rule, key=lambda rule: by_rule[rule])
    page = client.get(reverse(PAGE), {"period": "2025-11", "rule": worst, "by": "submissions"})
    links = page.content.decode()
    for rule, submission in counts:
        address = f"{reverse('kpis:problem-list', args=[submission])}?rule={rule}"
        assert (address in links) is (rule == worst)


def test_what_was_returned_was_not_right_first_time(client: Client, world: World) -> None:
    month(world, OCTOBER, old=1)
    waiting = send(
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=NOVEMBER,
        sites=[queries("S1", old=2, young=10)],
    )
    now = datetime(2025, 12, 5, 9, tzinfo=UTC)
    send_back(actor=actor_of(world.sam), submission=waiting, comment="Site 2?", now=now)
    text = seen(client, world.sam, period="2025-11")
    assert "1 of 1 submission accepted as first sent" in text
    Submission.objects.filter(pk=waiting.pk).update(state="accepted", decided_at=now)
    text = seen(client, world.sam, period="2025-11")
    assert "1 of 2 submissions accepted as first sent" in text


def test_what_is_missing_is_counted_by_kpi_and_month(client: Client, restated: World) -> None:
    client.force_login(restated.sam)
    rows = csv(client, "missing", period="2025-11")
    assert "query-aging,2025-11,0,2" in rows
    assert any(row.startswith("query-backlog,2025-11,2,2") for row in rows)


def test_a_cro_sees_its_own_alone(client: Client, restated: World) -> None:
    text = seen(client, restated.ben, period="2025-11")
    assert "November 2025: 1 of 1 accepted" in text
    assert "Alpha" not in text
    assert "NWT-301" not in text
    assert "Nothing was restated" in text
    for name in TABLES:
        assert not [row for row in csv(client, name, period="2025-11") if "NWT-301" in row]
    assert "query-aging,2025-11,0,1" in csv(client, "missing", period="2025-11")
    taken = AuditTrailEntry.objects.filter(event="exported", vendor_id=restated.beta.pk)
    assert {one.detail["what"] for one in taken} == {f"data-quality-{name}" for name in TABLES}


def test_an_empty_register_says_what_follows(client: Client, world: World) -> None:
    text = seen(client, world.olga)
    for words in (
        "Nothing is due",
        "No check found",
        "Nothing was accepted",
        "Nothing was restated",
    ):
        assert words in text


def test_the_number_of_statements_does_not_grow(client: Client, restated: World) -> None:
    def cost(**query: str) -> int:
        client.force_login(restated.sam)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(reverse(PAGE), query).status_code == 200
        return len(statements)

    small = cost(), cost(known="2025-12-21"), cost(rule="unknown-site")
    enlarge(restated)
    month(restated, OCTOBER, old=3, day=9)
    assert (cost(), cost(known="2025-12-21"), cost(rule="unknown-site")) == small
    assert max(small) <= MOST
