"""Writing through the API: the register's forms and services, its permissions, its stale check."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Site, Study
from tests.api.asking import BASE, caller
from tests.people import World
from tests.vendors.browsing import last_change, signed_in

pytestmark = pytest.mark.django_db


def ask(client: Client, method: str, path: str, body: dict[str, Any]) -> Any:
    return getattr(client, method)(f"{BASE}{path}", body, content_type="application/json")


def test_a_study_a_site_an_engagement_and_a_delegation_are_added(world: World) -> None:
    sam = signed_in(world.sam)
    study = ask(
        sam, "post", "studies/", {"protocol_number": "NWT-900", "names_in_files": ["A", "B"]}
    )
    assert study.status_code == 201, study.content
    made = Study.objects.get(protocol_number="NWT-900")
    assert (made.sponsor, made.names_in_files, made.product_type) == (
        world.northwind,
        ["A", "B"],
        "drug",
    )
    site = ask(sam, "post", "sites/", {"study": made.pk, "number": "007", "country": "FRA"})
    assert (site.status_code, site.json()["number"]) == (201, "007")
    engagement = ask(
        sam,
        "post",
        "engagements/",
        {"vendor": world.beta.pk, "name": "New", "model": "fsp", "start_date": "2026-01-01"},
    )
    assert (engagement.status_code, engagement.json()["due_business_day"]) == (201, 10)
    function = Function.objects.get(slug="data-management")
    delegation = ask(
        sam,
        "post",
        "delegations/",
        {
            "study": made.pk,
            "function": function.pk,
            "kind": "transferred",
            "engagement": engagement.json()["id"],
            "region": "europe",
            "from_date": "2026-01-01",
            "reason": "Work order 7",
        },
    )
    assert delegation.status_code == 201, delegation.content
    assert (delegation.json()["region"], delegation.json()["confirmed_by"]) == ("europe", "Sam")
    assert last_change("studies_delegation").reason == "Work order 7"


def test_a_change_names_what_it_saw_and_why_and_leaves_the_rest(world: World) -> None:
    sam, path = signed_in(world.sam), f"engagements/{world.alpha_engagement.pk}/"
    seen = sam.get(f"{BASE}{path}").json()["last_change"]
    answer = ask(sam, "patch", path, {"seen": seen, "reason": "Ends", "end_date": "2026-12-31"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["last_change"] > seen
    row = Engagement.objects.get(pk=world.alpha_engagement.pk)
    assert (str(row.end_date), row.name, row.model) == (
        "2026-12-31",
        "Alpha for NWT-301",
        "full-service",
    )
    assert last_change("studies_engagement").reason == "Ends"
    late = ask(sam, "patch", path, {"seen": seen, "reason": "Again", "name": "Other"})
    assert (late.status_code, "Nothing of yours was saved" in late.json()["detail"]) == (409, True)
    assert ask(sam, "patch", path, {"seen": seen, "name": "x"}).json()["fields"]["reason"]
    moved = {"seen": seen, "reason": "Moved", "vendor": world.beta.pk}
    assert ask(sam, "patch", path, moved).json()["fields"]["vendor"] == [
        "This does not change on a record."
    ]


def test_what_form_and_service_refuse_is_said_by_field(world: World) -> None:
    sam = signed_in(world.sam)
    twice = ask(sam, "post", "studies/", {"protocol_number": "NWT-301"})
    assert twice.status_code == 400
    assert "already holds a study" in twice.json()["detail"]
    foreign = Study.objects.get(protocol_number="SWP-001")
    assert ask(sam, "post", "sites/", {"study": foreign.pk, "number": "1"}).status_code == 400
    never = Function.objects.filter(obligation__transferable=False).first()
    assert never is not None
    body = {"study": world.study.pk, "function": never.pk, "kind": "retained"}
    refused = ask(sam, "post", "delegations/", {**body, "from_date": "2026-01-01"})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["function"])
    assert ask(sam, "post", "sites/", {"number": "1", "activated_on": "soon"}).status_code == 400
    form = sam.post(f"{BASE}sites/", {"number": "1"})
    assert form.status_code == 415


@pytest.mark.parametrize("person", ["quinn", "ines", "ada", "nora"])
def test_only_who_edits_the_register_writes(world: World, person: str) -> None:
    site = Site.objects.get(study=world.study)
    client = signed_in(getattr(world, person))
    assert ask(client, "post", "studies/", {"protocol_number": "X"}).status_code == 403
    body = {"seen": 0, "reason": "x", "name": "x"}
    assert ask(client, "patch", f"sites/{site.pk}/", body).status_code == 403
    assert not Study.objects.filter(protocol_number="X").exists()


def test_what_is_invisible_cannot_be_changed(world: World) -> None:
    body = {"seen": 0, "reason": "x", "clause": "x"}
    row = Delegation.objects.get(engagement=world.alpha_engagement)
    assert ask(signed_in(world.olga), "patch", f"delegations/{row.pk}/", body).status_code == 404
    system = caller(world)
    answer = ask(system.client, "patch", f"delegations/{row.pk}/", body)
    assert answer.status_code == 403  # a CRO's token reads its own and writes nothing
    assert ask(signed_in(world.sam), "patch", "cros/1/", body).status_code in (404, 405)


def test_a_browsers_session_needs_its_token_against_forgery(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.sam)
    assert ask(client, "post", "studies/", {"protocol_number": "X"}).status_code == 403
    client.get(reverse("studies:study-create"))
    token = client.cookies["csrftoken"].value
    body = {"protocol_number": "X"}
    sent = client.post(
        f"{BASE}studies/", body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert sent.status_code == 201


def test_the_sponsors_own_and_the_agreements_are_read(world: World) -> None:
    sam = signed_in(world.sam)
    with acting(Actor.system("tests")):
        agreement = world.alpha.agreements.create(kind="msa", title="MSA")
        version = agreement.versions.create(label="1.0", effective_on="2024-01-01")
        version.clauses.create(subject="gcp", present=True, number="4")
        world.alpha.qualifications.create(
            scope="Monitoring",
            method="remote",
            assessed_on="2024-01-01",
            assessor="Quinn",
            outcome="qualified",
            valid_until="2027-01-01",
        )
    (read,) = sam.get(f"{BASE}agreements/", {"cro": world.alpha.pk}).json()["results"]
    assert read["versions"][0]["clauses"] == [
        {"subject": "gcp", "present": True, "number": "4", "note": ""}
    ]
    assert sam.get(f"{BASE}qualifications/").json()["count"] == 1
    assert caller(world).read("qualifications/")["count"] == 0
    assert caller(world).read("agreements/")["count"] == 1
    never = sam.get(f"{BASE}obligations/", {"transferable": "false"}).json()["results"]
    assert never
    assert not any(one["transferable"] for one in never)
