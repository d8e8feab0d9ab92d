"""Sending a submission: what is kept, who did it, once only, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kpis.models import Submission, SubmittedFile
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry, Change
from tests.api.asking import BASE, Caller, caller, issued
from tests.kpis.makers import CUTOFF, GOOD, GOOD_ROWS, STRANGE_SITE, check, csv_bytes
from tests.people import START, World
from vendors.access import Role
from vendors.models import IdempotencyKey, Membership

pytestmark = pytest.mark.django_db
OTHER = csv_bytes(*GOOD_ROWS[:2])


def test_a_file_becomes_a_submission_that_the_worker_checks(world: World) -> None:
    ask = caller(world)
    response = ask.send(world, data_cutoff_date=CUTOFF.isoformat())
    assert response.status_code == 201, response.content
    answer = response.json()
    assert (answer["state"], answer["check"]) == ("received", None)
    assert response.headers["Location"] == f"http://testserver{BASE}submissions/{answer['id']}/"
    submission = Submission.objects.get()
    assert (submission.engagement, submission.study) == (world.alpha_engagement, world.study)
    assert (submission.data_cutoff_date, submission.created_by) == (CUTOFF, world.ada)
    file = SubmittedFile.objects.get()
    assert (file.name, file.door) == ("queries_0.csv", SubmittedFile.Door.API)
    check(submission)
    later = ask.client.get(response.headers["Location"]).json()
    assert later["state"] == "checked"
    assert later["check"]["tables"][0]["row_count"] == 3


def test_the_audit_trail_names_the_token_and_its_person(world: World) -> None:
    new = issued(world)
    Caller(new.secret).send(world)
    name = f"service token {new.token} for Ada"
    entry = AuditTrailEntry.objects.get(event=Event.RECEIVED)
    assert (entry.actor_name, entry.role) == (name, "Service token")
    assert (entry.actor_id, entry.organisation) == (world.ada.pk, "Alpha")
    change = Change.objects.filter(table_name="kpis_submission").latest("id")
    assert change.actor_name == name


def test_without_a_cutoff_one_is_proposed(world: World) -> None:
    ask = caller(world)
    pk = ask.send(world).json()["id"]
    check(Submission.objects.get(pk=pk))
    answer = ask.read(f"submissions/{pk}/")
    assert answer["data_cutoff_date"] is None
    assert answer["check"]["proposed_cutoff_date"] == CUTOFF.isoformat()
    assert "Confirm the data cut-off date." in answer["blockers"]


def test_several_files_at_once(world: World) -> None:
    answer = caller(world).send(world, GOOD, csv_bytes(STRANGE_SITE)).json()
    assert [file["name"] for file in answer["files"]] == ["queries_0.csv", "queries_1.csv"]


def test_the_same_key_and_content_is_answered_the_same_and_done_once(world: World) -> None:
    ask = caller(world)
    first = ask.send(world, key="2025-11")
    again = ask.send(world, key="2025-11")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert Submission.objects.count() == IdempotencyKey.objects.count() == 1
    assert AuditTrailEntry.objects.filter(event=Event.RECEIVED).count() == 1


@pytest.mark.parametrize("change", ["content", "cutoff", "name"])
def test_the_same_key_with_other_content_is_refused(world: World, change: str) -> None:
    ask = caller(world)
    assert ask.send(world, key="k").status_code == 201
    if change == "content":
        again = ask.send(world, OTHER, key="k")
    elif change == "cutoff":
        again = ask.send(world, key="k", data_cutoff_date="2025-11-14")
    else:
        again = ask.send(world, key="k", files=[SimpleUploadedFile("renamed.csv", GOOD)])
    assert again.status_code == 409
    assert "named another request before" in again.json()["detail"]
    assert Submission.objects.count() == 1


def test_a_refused_request_does_not_use_its_key_up(world: World) -> None:
    ask = caller(world)
    first = ask.send(world).json()["id"]
    assert ask.send(world, key="k").status_code == 409
    Submission.objects.filter(pk=first).update(state=Submission.State.WITHDRAWN)
    assert ask.send(world, key="k").status_code == 201


def test_another_cros_keys_are_its_own(world: World) -> None:
    assert caller(world).send(world, key="k").status_code == 201
    ben = caller(world, person=world.ben, vendor=world.beta)
    response = ben.send(world, OTHER, key="k", engagement=world.beta_engagement.pk, study=None)
    assert response.status_code == 201, response.content


def test_what_a_step_refuses_is_a_conflict_in_a_sentence(world: World) -> None:
    ask = caller(world)
    assert ask.send(world).status_code == 201
    again = ask.send(world)
    assert again.status_code == 409
    assert "has the same content as" in again.json()["detail"] or "open" in again.json()["detail"]
    open_already = ask.send(world, OTHER)
    assert open_already.status_code == 409
    assert "is open already" in open_already.json()["detail"]


def test_a_study_on_which_nothing_is_delegated_is_a_conflict(world: World) -> None:
    Membership.objects.create(
        user=world.ada, vendor=world.beta, role=Role.CRO_CONTRIBUTOR, from_date=START
    )
    client = Client()
    client.force_login(world.ada)
    data = {
        "engagement": world.alpha_engagement.pk,
        "study": world.other_study.pk,
        "files": [SimpleUploadedFile("q.csv", GOOD)],
    }
    response = client.post(f"{BASE}submissions/", data)
    assert response.status_code == 409
    assert "delegated to" in response.json()["detail"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"files": []}, "files"),
        ({"files": [SimpleUploadedFile("empty.csv", b"")]}, "files"),
        ({"files": "no file"}, "files"),
        ({"engagement": "x"}, "engagement"),
        ({"engagement": str(10**30)}, "engagement"),
        ({"study": "x"}, "study"),
        ({"data_cutoff_date": "14 Nov"}, "data_cutoff_date"),
        ({"data_cutoff_date": "1850-01-01"}, "data_cutoff_date"),
        ({"data_cutoff_date": str(timezone.now().date() + timedelta(days=2))}, "data_cutoff_date"),
    ],
)
def test_wrong_input_is_named_by_field(world: World, more: dict[str, Any], field: str) -> None:
    response = caller(world).send(world, **more)
    assert response.status_code == 400
    assert list(response.json()["fields"]) == [field]
    assert response.json()["detail"].startswith(f"{field}: ")
    assert not Submission.objects.exists()


def test_too_many_files_are_refused(world: World) -> None:
    contents = [csv_bytes(*GOOD_ROWS, f"Study 1,FRA,Site 2,S,V,F,{n}") for n in range(21)]
    response = caller(world).send(world, *contents)
    assert (response.status_code, list(response.json()["fields"])) == (400, ["files"])


@pytest.mark.parametrize("key", ["two words", "x" * 201, "naïve"])
def test_a_key_is_one_plain_word(world: World, key: str) -> None:
    response = caller(world).send(world, key=key)
    assert (response.status_code, list(response.json()["fields"])) == (400, ["Idempotency-Key"])


def test_too_large_a_file_is_refused_and_not_kept(world: World, settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 100  # type: ignore[attr-defined]  # pytest-django's settings
    response = caller(world).send(world)
    assert response.status_code == 413
    assert "larger than" in response.json()["detail"]
    assert not Submission.objects.exists()


def test_too_large_a_form_field_is_refused(world: World) -> None:
    response = caller(world).send(world, study="1" * (3 * 1024 * 1024))
    assert response.status_code == 413


def test_other_content_than_files_and_json_is_refused(world: World) -> None:
    response = caller(world).client.post(
        f"{BASE}submissions/", b"{}", content_type="application/xml"
    )
    assert response.status_code == 415


def test_a_browser_session_needs_the_forgery_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.ada)
    data = {
        "engagement": world.alpha_engagement.pk,
        "study": world.study.pk,
        "files": [SimpleUploadedFile("q.csv", GOOD)],
    }
    response = client.post(f"{BASE}submissions/", data)
    assert response.status_code == 403
    assert "CSRF" in response.json()["detail"]
    assert not Submission.objects.exists()


def test_a_file_without_any_sign_in_is_refused_unread(world: World) -> None:
    response = Client().post(f"{BASE}submissions/", {"files": [SimpleUploadedFile("q.csv", GOOD)]})
    assert response.status_code == 401


def test_the_day_of_today_is_a_possible_cutoff(world: World) -> None:
    today: date = timezone.now().date()
    assert caller(world).send(world, data_cutoff_date=today.isoformat()).status_code == 201
