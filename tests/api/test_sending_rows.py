"""Sending rows as JSON: kept as the file they are, read by the same rules, refused by pointer."""

import json
from typing import Any

import pytest
from django.test import Client

from kpis.models import Submission, SubmittedFile
from kpis.submissions.reading import longform_shape
from oversight import storage
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.api.asking import BASE, Caller, caller, issued
from tests.kpis.makers import CUTOFF, check
from tests.people import World
from vendors.models import IdempotencyKey

pytestmark = pytest.mark.django_db
ROW = {
    "study": "NWT-301",
    "country": "FRA",
    "site": "Site 2",
    "participant": "Subject 1",
    "folder": "Visit 1",
    "form": "AE",
    "field": "AETERM",
    "log_line": 1,
    "state": "open",
    "marking_group": "CDM",
    "opened_at": "2025-11-04",
}


def body(world: World, listings: Any = None, **more: Any) -> bytes:
    whole = {
        "engagement": world.alpha_engagement.pk,
        "study": world.study.pk,
        "data_cutoff_date": CUTOFF.isoformat(),
        "listings": {"queries": [ROW]} if listings is None else listings,
        **more,
    }
    return json.dumps({name: value for name, value in whole.items() if value is not None}).encode()


def send(ask: Caller, content: bytes, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return ask.client.post(
        f"{BASE}submissions/", content, content_type="application/json", headers=headers
    )


def test_rows_become_a_submission_that_is_checked_like_any_other(world: World) -> None:
    ask, content = caller(world), body(world)
    response = send(ask, content)
    assert response.status_code == 201, response.content
    answer = response.json()
    assert answer["page"].endswith(f"/submissions/{answer['id']}/")
    file = SubmittedFile.objects.get()
    assert (file.name, file.door, file.size) == ("rows.json", SubmittedFile.Door.API, len(content))
    assert storage.fetch_verified(file.sha256) == content
    assert answer["files"][0]["door"] == "api"
    submission = check(Submission.objects.get())
    assert (submission.data_cutoff_date, submission.study) == (CUTOFF, world.study)
    later = ask.client.get(response.headers["Location"]).json()
    assert later["state"] == "checked"
    assert [(one["listing"], one["row_count"]) for one in later["check"]["tables"]] == [
        ("queries", 1)
    ]
    assert later["check"]["error_count"] == 0


def test_a_problem_names_listing_row_field_and_pointer(world: World) -> None:
    ask = caller(world)
    rows = [ROW, {**ROW, "participant": "Subject 2", "opened_at": "soon"}]
    pk = send(ask, body(world, {"queries": rows})).json()["id"]
    check(Submission.objects.get(pk=pk))
    problems = ask.read(f"submissions/{pk}/")["check"]["problems"]
    (cell,) = next(one for one in problems if one["rule"] == "not-a-date")["cells"]
    assert (cell["sheet"], cell["row"], cell["column"]) == ("queries", 3, "opened_at")
    assert cell["pointer"] == "/listings/queries/1/opened_at"


def test_rows_that_say_another_study_than_where_they_ended_are_refused(world: World) -> None:
    """The bytes are kept, so that they may turn up as a file elsewhere."""
    client = caller(world)
    content = body(world, study=world.study.pk + 100_000)
    response = client.send(world, content, data_cutoff_date=CUTOFF.isoformat())
    check(Submission.objects.get(pk=response.json()["id"]))
    problems = client.read(f"submissions/{response.json()['id']}/")["check"]["problems"]
    assert "other-scope" in {one["rule"] for one in problems if one["severity"] == "error"}


def test_a_key_answers_rows_once_and_knows_other_content(world: World) -> None:
    ask = caller(world)
    first, again = send(ask, body(world), "k"), send(ask, body(world), "k")
    assert (first.status_code, again.json()) == (201, first.json())
    assert Submission.objects.count() == IdempotencyKey.objects.count() == 1
    assert AuditTrailEntry.objects.filter(event=Event.RECEIVED).count() == 1
    other = send(ask, body(world, {"queries": []}), "k")
    assert other.status_code == 409
    assert "named another request before" in other.json()["detail"]


@pytest.mark.parametrize(
    ("listings", "place"),
    [
        ({}, "/listings"),
        ({"query": [ROW]}, "/listings/query"),
        ({"queries": {}}, "/listings/queries"),
        ({"queries": [ROW, 3]}, "/listings/queries/1"),
        ({"queries": [{**ROW, "site": ["x"]}]}, "/listings/queries/0/site"),
        ({"queries": [{"nothing": 1}]}, "/listings/queries"),
    ],
)
def test_another_form_is_refused_by_pointer(world: World, listings: Any, place: str) -> None:
    response = send(caller(world), body(world, listings))
    assert response.status_code == 422
    assert list(response.json()["fields"]) == [place]
    assert response.json()["detail"].startswith(f"{place}: ")
    assert not Submission.objects.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[", b'{"a": NaN}', b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_a_bad_request(world: World, content: bytes) -> None:
    response = send(caller(world), content)
    assert response.status_code == 400
    assert response.json()["detail"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"engagement": "x"}, "engagement"),
        ({"engagement": None}, "engagement"),
        ({"study": 10**30}, "study"),
        ({"data_cutoff_date": "soon"}, "data_cutoff_date"),
        ({"data_cutoff_date": "2999-01-01"}, "data_cutoff_date"),
    ],
)
def test_wrong_fields_are_named(world: World, more: dict[str, Any], field: str) -> None:
    response = send(caller(world), body(world, **more))
    assert (response.status_code, list(response.json()["fields"])) == (400, [field])


def test_too_much_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = caller(world)
    monkeypatch.setattr(longform_shape, "MOST_ROWS", 1)
    rows = {"queries": [ROW, {**ROW, "participant": "Subject 2"}]}
    many = send(ask, body(world, rows))
    assert many.status_code == 413
    assert "2 rows were sent" in many.json()["detail"]
    monkeypatch.setattr(longform_shape, "MOST_BYTES", 10)
    large = send(ask, body(world))
    assert large.status_code == 413
    assert "As JSON up to" in large.json()["detail"]
    assert not Submission.objects.exists()


def test_a_scope_that_is_not_seen_is_not_there(world: World) -> None:
    response = send(caller(world), body(world, engagement=world.beta_engagement.pk))
    assert response.status_code == 404
    assert send(caller(world), body(world, study=world.other_study.pk)).status_code == 404


def test_reading_alone_does_not_send_and_strangers_are_not_read(world: World) -> None:
    assert send(Caller(issued(world, scopes=("read",)).secret), body(world)).status_code == 403
    stranger = Client().post(f"{BASE}submissions/", body(world), content_type="application/json")
    assert stranger.status_code == 401
    assert not Submission.objects.exists()


def test_a_browser_session_needs_the_forgery_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.ada)
    response = client.post(f"{BASE}submissions/", body(world), content_type="application/json")
    assert response.status_code == 403
    assert "CSRF" in response.json()["detail"]
