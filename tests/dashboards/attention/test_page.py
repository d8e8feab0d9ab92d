"""The attention list through the client: the page, its first lines, the file, its statements."""

import csv
import io

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from oversight.accounts.models import User
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.dashboards.months import queries, send
from tests.dashboards.test_pages import NOVEMBER, two_months  # noqa: F401  (a fixture)
from tests.dashboards.test_statements import enlarge
from tests.people import World

MOST = 12


def read(client: Client, person: User, name: str = "attention", **query: str) -> str:
    client.force_login(person)
    answer = client.get(reverse(f"dashboards:{name}"), query)
    assert answer.status_code == 200
    return " ".join(answer.getvalue().decode().replace("\u00a0", " ").split())


def test_the_page_explains_itself(client: Client, two_months: World) -> None:  # noqa: F811
    html = read(client, two_months.sam, known="2025-12-20")
    assert "Query aging is red at 20.0 %: Alpha, NWT-301" in html
    assert "Critical function, 40 counted; red for 1 month" in html
    assert "As known on 20 Dec 2025" in html
    assert 'KPI past its red limit</th><td class="num">6.0' in html
    assert "× 2.0 for a safety function" in html
    assert "Nothing fits this filter." in read(
        client, two_months.sam, kind="missing", study=str(two_months.other_study.pk), turn="mine"
    )


def test_the_portfolio_asks_for_the_first_lines(client: Client, two_months: World) -> None:  # noqa: F811
    whole = read(client, two_months.sam, "portfolio")
    assert f'hx-get="{reverse("dashboards:attention-first")}?period=2025-11"' in whole
    part = read(client, two_months.sam, "attention-first", period="2025-11")
    assert part.count("<li>") == 5
    assert "Query aging is red at 20.0 %: Alpha, NWT-301" in part
    assert "<html" not in part
    early = {"known": "2023-06-30"}  # before the first delegation
    nothing = read(client, two_months.sam, "attention-first", **early)
    assert "No decision is needed from you" in nothing
    assert "Nothing wants attention." in read(client, two_months.sam, **early)


def test_the_file_is_recorded(client: Client, two_months: World) -> None:  # noqa: F811
    client.force_login(two_months.sam)
    answer = client.get(reverse("dashboards:attention-csv"), {"kind": "kpi", "period": "2025-11"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row["kind"] for row in rows] == ["KPI past a limit"]
    assert rows[0]["CRO"] == "Alpha"
    assert float(rows[0]["score"]) > 0
    assert rows[0]["address"].startswith("http://testserver/kpis/query-aging/")
    entries = AuditTrailEntry.objects.filter(event=Event.EXPORTED, detail__what="attention")
    assert entries.count() == 1


def test_the_number_of_statements_does_not_grow(client: Client, two_months: World) -> None:  # noqa: F811
    world = two_months
    client.force_login(world.sam)

    def count() -> list[int]:
        found = []
        for name, query in (
            ("attention", {}),
            ("attention-first", {"period": "2025-11"}),
            ("attention", {"known": "2025-12-20"}),
        ):
            with CaptureQueriesContext(connection) as statements:
                assert client.get(reverse(f"dashboards:{name}"), query).status_code == 200
            found.append(len(statements))
        return found

    send(
        by=world.ada,
        engagement=world.alpha_engagement,
        study=world.study,
        cutoff=NOVEMBER,
        sites=[queries("S1", old=1, young=29)],
    )
    small = count()
    enlarge(world)
    assert count() == small
    assert max(small) <= MOST
