"""How a result was computed, step by step, and computing it again on the spot."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.models import KpiResult, SnapshotRun, SubmittedTable
from kpis.tasks import prove
from oversight import progress
from oversight.audit_trail.models import AuditTrailEntry
from oversight.storage import address
from tests.dashboards.models import Models, make_models, send_month
from tests.dashboards.months import Queries, queries, report, scope
from tests.people import World, make_world

SLUG = "query-aging"
CUTOFF = date(2025, 11, 30)
SITES = (
    queries("S1", old=11, young=30),
    Queries("S2", "DEU", (94,)),
)


def november(world: World, **more: Any) -> World:
    """Alpha's NWT-301: 12 of 42 queries are old, in two sites of two countries."""
    fixed: dict[str, Any] = {"sponsor": world.sam, "by": world.ada, "cutoff": CUTOFF}
    where = {"engagement": world.alpha_engagement, "study": world.study, "sites": SITES}
    report(**{**fixed, **where, **more})
    return world


def text_of(html: str) -> str:
    """Return the words of a page, one space between them."""
    bare = re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", bare)


def page(client: Client, world: World, slug: str = SLUG, **query: Any) -> str:
    client.force_login(world.sam)
    where = {**scope(world.alpha_engagement, world.study), **query}
    answer = client.get(reverse("dashboards:computed", args=[slug]), where)
    assert answer.status_code == 200
    return answer.content.decode()


def links(html: str, words: str) -> list[str]:
    """Return the addresses of the links with these words."""
    found = re.findall(rf'<a href="([^"]+)">{words}</a>', html)
    return [one.replace("&amp;", "&") for one in found]


def test_a_stock_is_told_from_its_rows_to_its_colour(client: Client, world: World) -> None:
    html = page(client, november(world))
    told = text_of(html)
    assert "queries-2025-11-30.csv , uploaded by Ada" in told
    assert "Rows of “Data queries” 42" in told
    assert "Left out: 14 days old or younger −30" in told
    assert "100 × 12 / 42" in told
    assert "Value ≈ 28.571429, shown as 28.6 %" in told
    assert "28.571429 % is over 10 %, the red limit." in told
    assert "no row was left out for it: “Query Open Date” has no day" in told
    assert "not what is stored" not in told
    (rows_of,) = links(html, "14 days old or younger")
    behind = client.get(rows_of).content.decode()
    assert "30 rows left out: 14 days old or younger" in behind
    assert behind.split("<tbody>")[1].count("<tr>") == 30
    table = client.get(rows_of.replace("/rows/", "/rows.csv"))
    assert len(b"".join(table).decode().splitlines()) == 31
    assert client.get(f"{rows_of}9").status_code == 404


def test_a_country_and_a_site_begin_with_what_lies_elsewhere(client: Client, world: World) -> None:
    november(world)
    told = text_of(page(client, world, country="DEU"))
    assert "Left out: “Country” is not DEU −41" in told
    assert "The denominator of 1 is under" in told
    html = page(client, world, site="S1")
    assert "Left out: “Site Number” is not S1 −1" in text_of(html)
    assert "100 × 11 / 41" in text_of(html)
    (young,) = links(html, "14 days old or younger")
    assert "30 rows left out: 14 days old or younger, site S1" in client.get(young).content.decode()
    where = {**scope(world.alpha_engagement, world.study), "site": "S1"}
    rows = client.get(reverse("dashboards:rows", args=[SLUG]), where).content.decode()
    (how,) = links(rows, "How this was computed")
    assert "site=S1" in how
    where["site"] = "S9"
    assert client.get(reverse("dashboards:computed", args=[SLUG]), where).status_code == 404


@pytest.fixture
def models(world: World) -> Models:
    found = make_models(world)
    send_month(found, CUTOFF)
    return found


def test_every_result_of_three_engagements_is_explained_and_agrees(
    client: Client, models: Models
) -> None:
    client.force_login(models.world.sam)
    told: dict[str, str] = {}
    results = KpiResult.objects.filter(run__current__isnull=False).select_related("definition")
    for one in results.exclude(country__gt=""):
        where: dict[str, Any] = {"engagement": one.engagement_id, "period": "2025-11"}
        where |= {"study": one.study_id} if one.study_id else {}
        answer = client.get(reverse("dashboards:computed", args=[one.definition.slug]), where)
        assert answer.status_code == 200
        words = text_of(answer.content.decode())
        assert "not what is stored" not in words
        assert ("There is nothing to compute." in words) == (one.rag in ("missing", "unavailable"))
        told[one.definition.slug] = told.get(one.definition.slug, "") + words
    assert "is not in “Participants" in told["deviation-rate"]
    assert "by the Kaplan-Meier method" in told["time-to-fill"]
    assert "How the share of cases not yet ended falls" in told["time-to-fill"]
    assert "Each adds its months from" in told["enrolment-rate"]


def test_a_superseded_result_is_told_from_its_own_file(client: Client, world: World) -> None:
    november(world)
    november(world, sites=SITES[:1], now=datetime(2025, 12, 9, tzinfo=UTC))
    now = text_of(page(client, world))
    then = text_of(page(client, world, known="2025-12-05"))
    assert "100 × 11 / 41" in now
    assert "100 × 12 / 42" in then


def test_recompute_proves_the_stored_value_in_place(client: Client, world: World) -> None:
    november(world)
    client.force_login(world.ada)  # a CRO's own result
    run = SnapshotRun.objects.get(study=world.study)
    form = {**scope(world.alpha_engagement, world.study), "period": "2025-11", "known": ""}
    again = reverse("dashboards:recompute", args=[SLUG])
    answer = client.post(again, form)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("dashboards:computed", args=[SLUG]))
    waiting = client.post(again, form, headers={"HX-Request": "true"}).content.decode()
    assert "Waiting for its turn" in waiting
    assert "every 1s" in waiting
    prove(run_id=run.pk, slug=SLUG, user_id=world.ada.pk)
    fragment = client.get(reverse("dashboards:recomputing", args=[SLUG]), form).content.decode()
    assert "every 1s" not in fragment
    told = text_of(fragment)
    assert "come out again , each to the last bit: 5 results from the same 42 rows" in told
    (entry,) = AuditTrailEntry.objects.filter(event="proved")
    assert (entry.actor_name, entry.subject_id) == ("Ada", str(run.pk))
    assert entry.vendor_id == world.alpha.pk
    prove(run_id=run.pk, slug=SLUG, user_id=world.ben.pk)  # never his to see
    assert AuditTrailEntry.objects.filter(event="proved").count() == 1
    assert progress.of(f"prove-{run.pk}-{SLUG}") is None


def test_what_was_tampered_with_is_told(client: Client, committed_db: None) -> None:
    world = november(make_world())
    run = SnapshotRun.objects.get(study=world.study)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE kpis_kpiresult DISABLE TRIGGER USER")
        cursor.execute("UPDATE kpis_kpiresult SET value = 3.5, rag = 'green' WHERE country = ''")
    assert "is not what is stored" in text_of(page(client, world))
    prove(run_id=run.pk, slug=SLUG, user_id=world.sam.pk)
    told = text_of(page(client, world))
    assert "2 figures differ from what is stored, of 5 results from 42 rows." in told
    assert "the scope as a whole value 3.5 28.571428571428573" in told
    assert "the scope as a whole colour Green Red" in told
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE kpis_submittedtable DISABLE TRIGGER USER")
        cursor.execute("UPDATE kpis_submittedtable SET rows_sha256 = repeat('0', 64)")
    prove(run_id=run.pk, slug=SLUG, user_id=world.sam.pk)
    assert "It could not be computed again." in text_of(page(client, world))


def test_a_sealed_table_that_was_altered_is_told(client: Client, world: World) -> None:
    november(world)
    run = SnapshotRun.objects.get(study=world.study)
    table = SubmittedTable.objects.filter(listing="queries").latest("pk")
    Path(default_storage.path(address(table.sha256))).write_bytes(b"altered")
    prove(run_id=run.pk, slug=SLUG, user_id=world.sam.pk)
    told = text_of(page(client, world))
    assert "is not what was sealed; restore it." in told
    assert "It could not be computed again. A listing that this was computed from" in told


def test_the_page_costs_a_fixed_number_of_statements(client: Client, world: World) -> None:
    november(world)
    client.force_login(world.sam)
    where = {**scope(world.alpha_engagement, world.study), "period": "2025-10"}
    counts: list[int] = []
    for rows in (SITES, [queries(f"S{n}", old=2, young=9) for n in range(9)]):
        november(world, sites=rows, cutoff=date(2025, 10, len(counts) + 20))
        with CaptureQueriesContext(connection) as statements:
            client.get(reverse("dashboards:computed", args=[SLUG]), where)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 17
