"""A changed list comes back: previewed, refused by cell, written all or nothing, with a reason."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry, Change
from studies.models import Delegation, Engagement, Site, Study
from tests.people import START, World
from tests.vendors.browsing import last_change, page, signed_in
from tests.vendors.register.files import Row, csv_rows, downloaded
from vendors.models import Agreement, AgreementVersion, Vendor

pytestmark = pytest.mark.django_db
LISTS = ["vendors:vendor", "studies:study", "studies:site", "studies:engagement"]
LISTS += ["studies:delegation"]


def as_csv(rows: list[Row]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()


def sent(user: User, name: str, content: bytes, suffix: str = "csv") -> tuple[Client, Any]:
    """Send a file and return the page to which that leads."""
    client = signed_in(user)
    file = SimpleUploadedFile(f"list.{suffix}", content)
    return client, client.post(reverse(f"{name}-import"), {"file": file}, follow=True)


def confirmed(client: Client, preview: Any, reason: str = "Yearly tidying") -> Any:
    return client.post(preview.redirect_chain[0][0], {"reason": reason}, follow=True)


def plan_of(response: Any) -> Any:
    return response.context["plan"]


@pytest.fixture
def rich(world: World) -> World:
    """Records that refer to each other, hold days and text that spreadsheets would run."""
    with acting(Actor.system("tests")):
        for vendor in (world.alpha, world.beta):
            agreement = Agreement.objects.create(vendor=vendor, kind="msa", title="MSA")
            version = AgreementVersion.objects.create(
                agreement=agreement, label="1.0", effective_on=START
            )
            Engagement.objects.filter(vendor=vendor).update(agreement=agreement)
            delegations = Delegation.objects.filter(engagement__vendor=vendor)
            delegations.update(agreement_version=version, clause="=4.2", region="europe")
        sub = Vendor.objects.create(sponsor=world.northwind, name="Sub", parent=world.alpha)
        Delegation.objects.filter(engagement__vendor=world.alpha).update(performer=sub)
        Site.objects.filter(study=world.study).update(activated_on=START, name="'+1")
    return world


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_comes_back_as_it_was_changes_nothing(
    rich: World, name: str, kind: str
) -> None:
    written = Change.objects.exclude(table_name__startswith="accounts")
    changes = written.count()
    content = downloaded(rich.sam, f"{name}-export", format=kind)
    _, preview = sent(rich.sam, name, content, kind)
    plan = plan_of(preview)
    assert (plan.new, plan.changed, plan.refused, plan.absent) == (0, 0, 0, 0)
    assert plan.unchanged == len(plan.rows) > 0
    assert "Nothing changes" in preview.content.decode()
    assert written.count() == changes


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


@given(texts=st.lists(WORDS, min_size=1, max_size=4), kind=st.sampled_from(["csv", "xlsx"]))
@example(texts=["007", "=1+1", "''=", "a\r\nb", "\tx", " ", "NA", "1e5"], kind="csv")
@example(texts=["007", "=1+1", "''=", "a\r\nb", "_x000D_", " ", "\x0b", "1e5"], kind="xlsx")
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_words_records_hold(world: World, texts: list[str], kind: str) -> None:
    with transaction.atomic():
        with acting(Actor.system("tests")):
            for number, text in enumerate(texts):
                Site.objects.create(study=world.study, number=f"{number}", name=text, country=text)
        content = downloaded(world.sam, "studies:site-export", format=kind)
        plan = plan_of(sent(world.sam, "studies:site", content, kind)[1])
        assert (plan.new, plan.changed, plan.refused) == (0, 0, 0)
        assert plan.unchanged == len(texts) + 1
        transaction.set_rollback(True)


def test_new_and_changed_rows_are_shown_then_written_with_the_reason(rich: World) -> None:
    alpha, _ = csv_rows(downloaded(rich.sam, "studies:engagement-export"))
    alpha["Engagement model"] = "hybrid"
    alpha["Last day"] = "2026-12-31"
    new = {**dict.fromkeys(alpha, ""), "CRO": "beta", "Name": "Beta again"}
    new |= {"Engagement model": "Hybrid", "Start date": "2026-01-01", "Agreement": "Beta: MSA"}
    client, preview = sent(rich.sam, "studies:engagement", as_csv([alpha, new]))
    shown = preview.content.decode()
    plan = plan_of(preview)
    assert (plan.new, plan.changed, plan.unchanged, plan.absent) == (1, 1, 0, 1)
    (changed,) = [row for row in plan.rows if row.state == "changed"]
    assert [(one.heading, one.old, one.new) for one in changed.changes] == [
        ("Engagement model", "Full service", "Hybrid"),
        ("Last day", "", "2026-12-31"),
    ]
    assert "left alone" in shown
    assert Engagement.objects.count() == 2  # nothing is written by looking
    assert client.get(preview.redirect_chain[0][0]).status_code == 200  # and it can be opened again

    assert "Say why you change this" in confirmed(client, preview, " ").content.decode()
    done = confirmed(client, preview)
    assert "Done: 1 added, 1 changed." in done.content.decode()
    made = Engagement.objects.get(name="Beta again")
    assert made.agreement is not None
    assert (made.agreement.vendor, made.due_business_day) == (rich.beta, 10)
    first = Engagement.objects.get(pk=rich.alpha_engagement.pk)
    assert (first.model, str(first.end_date)) == ("hybrid", "2026-12-31")
    assert last_change("studies_engagement").reason == "Yearly tidying"
    assert last_change("studies_engagement").actor_name == "Sam"
    entry = AuditTrailEntry.objects.get(event=Event.IMPORTED)
    assert (entry.detail["new"], entry.detail["changed"], entry.reason) == (1, 1, "Yearly tidying")
    assert "no longer kept" in confirmed(client, preview).content.decode()  # once is enough


def test_one_refused_row_keeps_all_others_out_and_is_named_by_its_cell(rich: World) -> None:
    rows = csv_rows(downloaded(rich.sam, "studies:delegation-export"))
    rows[0]["Split"] = ""
    titles = list(rows[0])
    first, second = rows
    first["Clause"] = "new clause"
    second["Engagement"] = "no such engagement"
    wrong = {**dict.fromkeys(titles, ""), "Kind": "given away", "From": "1.2.2026"}
    stranger = {**dict.fromkeys(titles, ""), "Record": "999999"}
    again = dict(first)
    client, preview = sent(rich.sam, "studies:delegation", as_csv([*rows, wrong, stranger, again]))
    plan = plan_of(preview)
    assert (plan.changed, plan.refused) == (1, 4)
    found = {(cell, one.heading): one.sentence for row in plan.rows for cell, one in row.problems}
    engagement = f"{chr(ord('A') + titles.index('Engagement'))}3"
    assert "Nothing of this name" in found[engagement, "Engagement"]
    kind = f"{chr(ord('A') + titles.index('Kind'))}4"
    assert found[kind, "Kind"].startswith("Write one of: Transferred")
    assert "no record of this number" in found["A5", "Record"]
    assert "earlier row" in found["A6", "Record"]
    assert "4 of 5 rows cannot be taken" in preview.content.decode()
    confirmed(client, preview)
    assert Delegation.objects.get(pk=int(first["Record"])).clause == "=4.2"


def test_what_the_form_and_the_service_refuse_is_said_at_the_cell(rich: World) -> None:
    rows = csv_rows(downloaded(rich.sam, "studies:site-export"))
    (site,) = [row for row in rows if row["Number"] == "Site 2"]
    site["Closed on"] = "2020-01-01"  # before it was activated
    moved = {**site, "Record": "", "Last change": "", "Closed on": "", "Number": "Site 2"}
    elsewhere = {**moved, "Study": "SWP-001"}
    plan = plan_of(sent(rich.sam, "studies:site", as_csv([site, moved, elsewhere]))[1])
    sentences = [[one.sentence for _, one in row.problems] for row in plan.rows]
    assert sentences[0] == ["The site closes before it was activated."]
    assert sentences[1] == ["This study already has a site with this number."]
    assert sentences[2] == ["Name the study that this belongs to, as the register does."]
    renamed = {**site, "Closed on": "", "Study": "NWT-204"}
    (row,) = plan_of(sent(rich.sam, "studies:site", as_csv([renamed]))[1]).rows
    assert [one.sentence for _, one in row.problems] == ["The study of a record does not change."]


def test_a_row_that_somebody_changed_meanwhile_is_told(rich: World) -> None:
    rows = csv_rows(downloaded(rich.sam, "vendors:vendor-export"))
    for row in rows:
        row["Country of its seat"] = "FRA"
    with acting(Actor.system("nightly")):
        Vendor.objects.filter(name="Alpha").update(country="DEU")
    del rows[1]["Last change"]
    client, preview = sent(rich.sam, "vendors:vendor", as_csv([rows[0]]))
    (row,) = plan_of(preview).rows
    ((cell, problem),) = row.problems
    assert cell == "B2"
    assert problem.sentence.startswith("system: nightly changed this on ")
    confirmed(client, preview)
    assert Vendor.objects.get(name="Alpha").country == "DEU"
    (row,) = plan_of(sent(rich.sam, "vendors:vendor", as_csv([rows[1]]))[1]).rows
    assert "Download the list again" in row.problems[0][1].sentence


def test_somebody_changes_a_record_between_preview_and_confirmation(rich: World) -> None:
    rows = csv_rows(downloaded(rich.sam, "vendors:vendor-export"))
    rows[0]["Country of its seat"] = "FRA"
    client, preview = sent(rich.sam, "vendors:vendor", as_csv(rows))
    assert plan_of(preview).changed == 1
    with acting(Actor.system("nightly")):
        Vendor.objects.filter(name="Alpha").update(country="DEU")
    assert plan_of(confirmed(client, preview)).refused == 1
    assert Vendor.objects.get(name="Alpha").country == "DEU"


def test_another_sponsors_records_are_out_of_reach(rich: World) -> None:
    rows = csv_rows(downloaded(rich.sam, "studies:study-export"))
    for row in rows:
        row["Title"] = "taken over"
    plan = plan_of(sent(rich.olga, "studies:study", as_csv(rows))[1])
    assert plan.refused == len(rows)
    other = {**dict.fromkeys(rows[0], ""), "Sponsor": "Northwind Therapeutics"}
    other["Protocol number"] = "NWT-999"
    assert plan_of(sent(rich.olga, "studies:study", as_csv([other]))[1]).refused == 1
    assert not Study.objects.filter(title="taken over").exists()


def test_a_file_of_something_else_is_refused_where_it_is_sent(rich: World) -> None:
    _, answer = sent(rich.sam, "studies:study", b"Colour,Taste\r\nred,sweet\r\n")
    assert "This is not a file of this list" in answer.content.decode()
    assert not answer.redirect_chain


def test_another_person_cannot_open_the_preview(rich: World) -> None:
    content = downloaded(rich.sam, "studies:study-export")
    _, preview = sent(rich.sam, "studies:study", content)
    address = preview.redirect_chain[0][0]
    assert signed_in(rich.olga).get(address).status_code == 302
    assert signed_in(rich.quinn).get(address).status_code == 403
    assert "Import" not in page(rich.quinn, "studies:study-list")
    assert reverse("studies:study-import") in page(rich.sam, "studies:study-list")
