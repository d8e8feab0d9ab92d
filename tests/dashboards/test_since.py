"""What changed since a reader was last here: then against now, on every level, for its reader."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dashboards.periods import Asked
from dashboards.selectors.visits import day_before_last, last_visit, since_of
from dashboards.turned import Group, group_of
from kpis.engine.terms import RagStatus
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from tests.dashboards.months import queries, report
from tests.dashboards.test_pages import two_months  # noqa: F401  (a fixture)
from tests.dashboards.test_statements import enlarge
from tests.people import World

MOST = 12
LATER = {"known": "2025-12-20"}


def restate(world: World, *, old: int) -> None:
    report(
        sponsor=world.sam,
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=date(2025, 11, 30),
        sites=[queries("S1", old=old, young=36 - old), queries("S2", old=0, young=4)],
        now=datetime(2025, 12, 10, 9, tzinfo=UTC),
    )


def read(client: Client, person: User, name: str = "changes", **query: str) -> str:
    client.force_login(person)
    answer = client.get(reverse(f"dashboards:{name}"), query)
    assert answer.status_code == 200
    return " ".join(answer.getvalue().decode().replace("\u00a0", " ").split())


def lines(client: Client, person: User, **query: str) -> list[tuple[str, ...]]:
    text = read_csv(client, person, **query)
    return [(row["change"], row["CRO"], row["KPI"], row["was"], row["now"]) for row in text]


def read_csv(client: Client, person: User, **query: str) -> list[dict[str, str]]:
    client.force_login(person)
    answer = client.get(reverse("dashboards:changes-csv"), query)
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_what_turned_and_what_did_not_come(client: Client, two_months: World) -> None:  # noqa: F811
    world = two_months
    found = lines(client, world.sam, since="2025-11-20", **LATER)
    assert found == [
        ("newly red", "Alpha", "query-aging", "green at 5.0 % (Oct 2025)", "red at 20.0 %"),
        (
            "newly missing",
            "Beta",
            "file",
            "open, due by 12 Dec 2025",
            "missing, 5 business days late",
        ),
    ]
    html = read(client, world.sam, since="2025-11-20", **LATER)
    assert "2 changes since 20 Nov 2025" in html
    assert "From October 2025 to November 2025" in html
    assert html.count("red at 20.0 %") == 2  # since then, and since the month before
    line = read(client, world.sam, "changes-line", since="2025-11-20", **LATER)
    assert "1 newly red" in line
    assert "since=2025-11-20" in line
    assert "<html" not in line


def test_a_restatement_and_nothing(client: Client, two_months: World) -> None:  # noqa: F811
    world = two_months
    restate(world, old=1)
    found = lines(client, world.sam, since="2025-12-05", cro=str(world.alpha.pk), **LATER)
    assert found == [
        ("newly green", "Alpha", "query-aging", "red at 20.0 %", "green at 2.5 %"),
        ("restated", "Alpha", "query-aging", "red at 20.0 %", "green at 2.5 %"),
    ]
    nothing = read(client, world.sam, since="2025-12-11", cro=str(world.alpha.pk), **LATER)
    assert "Nothing changed since 11 Dec 2025" in nothing
    assert "Nothing that fits this filter changed." in nothing
    line = read(client, world.sam, "changes-line", since="2025-12-19", **LATER)
    assert "Nothing changed since 19 Dec 2025" in line


def test_each_level_and_each_reader(client: Client, two_months: World) -> None:  # noqa: F811
    world = two_months
    ask = {"since": "2025-11-20", **LATER}
    of_study = lines(client, world.sam, study=str(world.other_study.pk), **ask)
    assert {one[1] for one in of_study} == {"Beta"}
    assert lines(client, world.sam, kpi="query-aging", **ask)[0][2] == "query-aging"
    assert len(lines(client, world.sam, function="data-management", **ask)) == 2
    assert lines(client, world.sam, function="biostatistics", **ask) == []
    assert {one[1] for one in lines(client, world.ada, **ask)} == {"Alpha"}
    ben = read(client, world.ben, **ask)
    assert "Alpha" not in ben
    assert "Query aging</a>" not in ben
    assert lines(client, world.ben, cro=str(world.alpha.pk), **ask) == []
    assert "No CRO is engaged yet." in read(client, world.olga)
    client.force_login(world.sam)
    engagement = {"engagement": str(world.alpha_engagement.pk), "study": str(world.study.pk)}
    for page in (
        reverse("dashboards:portfolio"),
        reverse("dashboards:cro", args=[world.alpha.pk]),
        reverse("dashboards:study", args=[world.study.pk]),
        reverse("dashboards:kpi", args=["query-aging"]),
    ):
        html = client.get(page, {"period": "2025-11", **engagement})
        assert f'hx-get="{reverse("dashboards:changes-line")}?' in html.content.decode()
    assert client.get(reverse("dashboards:changes"), {"since": "soon"}).status_code == 404


def test_without_an_earlier_visit_the_close_of_the_month_counts(
    client: Client, world: World
) -> None:
    asked = Asked(None, None, date(2026, 11, 23))
    record(Event.SIGNED_IN, actor=Actor.of_user(world.sam), subject=world.sam)
    assert last_visit(world.sam) is None  # the present one
    since = since_of(world.sam, text="", asked=asked)
    assert (since.day, since.words) == (date(2026, 11, 1), "the close of October 2026")
    assert since.then(asked).known == date(2026, 10, 31)
    assert since_of(world.sam, text="2026-11-02", asked=asked).words == "2 Nov 2026"
    with pytest.raises(ValueError, match="Invalid isoformat"):
        since_of(world.sam, text="yesterday", asked=asked)
    assert "No earlier visit of yours is on record." in read(client, world.sam)


def test_the_last_visit_lies_on_an_earlier_day() -> None:
    first, second, third = date(2026, 10, 1), date(2026, 11, 2), date(2026, 11, 23)
    assert day_before_last([third, third, second, first]) == second
    assert day_before_last([third, third]) is None
    assert day_before_last([]) is None


@given(st.sampled_from([*RagStatus, ""]), st.sampled_from(RagStatus))
def test_a_change_is_told_once_and_only_where_there_is_one(was: str, now: RagStatus) -> None:
    group = group_of(was, now)
    if was == now:
        assert group is None
    elif now is RagStatus.RED:
        assert group is Group.RED
    elif now is RagStatus.MISSING:
        assert (group is Group.MISSING) is (was != "")
    else:
        assert (group is Group.GREEN) is (
            now is RagStatus.GREEN and was in (RagStatus.RED, RagStatus.AMBER)
        )


def test_the_number_of_statements_does_not_grow(client: Client, two_months: World) -> None:  # noqa: F811
    client.force_login(two_months.sam)

    def count() -> list[int]:
        found = []
        for name in ("changes", "changes-line"):
            with CaptureQueriesContext(connection) as statements:
                client.get(reverse(f"dashboards:{name}"), {"since": "2025-11-20", **LATER})
            found.append(len(statements))
        return found

    small = count()
    enlarge(two_months)
    assert count() == small
    assert max(small) <= MOST
