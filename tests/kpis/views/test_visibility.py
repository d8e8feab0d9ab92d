"""Who sees and may do what on these pages: another CRO's are 404, a missing right is 403."""

import pytest
from django.urls import reverse

from kpis.submissions.states import State
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.browsing import browser, bytes_of, words_of
from tests.kpis.makers import (
    GOOD_ROWS,
    STRANGE_SITE,
    checked,
    csv_bytes,
    fresh,
    newest,
    received,
    submitted,
)
from tests.people import World

WARNED = csv_bytes(*GOOD_ROWS, STRANGE_SITE)
READ = ("submission-detail", "submission-progress")
CRO_WRITES = (
    "submission-add-file",
    "submission-confirm-cutoff",
    "submission-add-sites",
    "submission-submit",
    "submission-withdraw",
)
SPONSOR_WRITES = ("submission-accept", "submission-return")


@pytest.mark.parametrize("person", ["ben", "olga", "nora"])
def test_a_stranger_finds_nothing(world: World, person: str) -> None:
    submission = checked(world, WARNED)
    client = browser(getattr(world, person))
    for name in READ:
        assert client.get(reverse(f"kpis:{name}", args=[submission.pk])).status_code == 404
    for name in CRO_WRITES + SPONSOR_WRITES:
        assert client.post(reverse(f"kpis:{name}", args=[submission.pk])).status_code == 404
    file, problem = submission.files.get(), newest(submission).problems.first()
    assert client.get(reverse("kpis:file-download", args=[file.pk])).status_code == 404
    assert client.post(reverse("kpis:submission-set-aside", args=[file.pk])).status_code == 404
    assert client.get(reverse("kpis:problem-csv", args=[problem.pk])).status_code == 404
    assert client.post(reverse("kpis:problem-explain", args=[problem.pk])).status_code == 404
    assert fresh(submission).state == State.CHECKED


@pytest.mark.parametrize("person", ["sam", "quinn"])
def test_the_sponsor_sees_but_does_not_mend(world: World, person: str) -> None:
    submission = checked(world, WARNED)
    client = browser(getattr(world, person))
    page = client.get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert page.status_code == 200
    assert "Keep" not in words_of(page)
    assert "Withdraw" not in words_of(page)
    for name in CRO_WRITES:
        assert client.post(reverse(f"kpis:{name}", args=[submission.pk])).status_code == 403
    assert client.get(reverse("kpis:submission-create")).status_code == 403


@pytest.mark.parametrize("person", ["ada", "quinn"])
def test_only_the_oversight_manager_decides(world: World, person: str) -> None:
    submission = submitted(world)
    client = browser(getattr(world, person))
    page = client.get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert "What the CRO should correct" not in words_of(page)
    for name in SPONSOR_WRITES:
        assert client.post(reverse(f"kpis:{name}", args=[submission.pk])).status_code == 403
    assert fresh(submission).state == State.SUBMITTED


def test_an_administrator_sees_no_submissions(world: World) -> None:
    submission = checked(world)
    client = browser(world.ines)
    assert client.get(reverse("kpis:submission-list")).status_code == 403
    address = reverse("kpis:submission-detail", args=[submission.pk])
    assert client.get(address).status_code == 403


def test_the_list_holds_ones_own(world: World) -> None:
    received(world)
    received(world, by=world.ben)
    seen = {
        person: words_of(browser(getattr(world, person)).get(reverse("kpis:submission-list")))
        for person in ("ada", "ben", "sam")
    }
    assert "NWT-301" in seen["ada"]
    assert "NWT-204" not in seen["ada"]
    assert "Beta" not in seen["ada"]
    assert "NWT-204" in seen["ben"]
    assert "Alpha" not in seen["ben"]
    assert "NWT-301" in seen["sam"]
    assert "NWT-204" in seen["sam"]


def test_the_form_offers_ones_own_scopes_only(world: World) -> None:
    text = words_of(browser(world.ada).get(reverse("kpis:submission-create")))
    assert "NWT-301 — Alpha for NWT-301" in text
    assert "NWT-204" not in text
    answer = browser(world.ada).post(
        reverse("kpis:submission-create"),
        {"scope": f"{world.other_study.pk}-{world.beta_engagement.pk}"},
    )
    assert "Choose a study and engagement from the list." in words_of(answer)


def test_the_cro_does_not_read_who_at_the_sponsor_looked_or_was_refused(world: World) -> None:
    submission = submitted(world)
    quinn = browser(world.quinn)
    original = quinn.get(reverse("kpis:file-download", args=[submission.files.get().pk]))
    assert bytes_of(original)
    quinn.post(reverse("kpis:submission-accept", args=[submission.pk]))
    assert AuditTrailEntry.objects.filter(event="refused").count() == 1
    address = reverse("kpis:submission-detail", args=[submission.pk])
    assert "Quinn" not in words_of(browser(world.ada).get(address))
    theirs = words_of(browser(world.sam).get(address))
    assert "Downloaded Quinn, Northwind Therapeutics" in theirs
    assert "Was refused" in theirs


def test_steps_are_taken_by_post_alone(world: World) -> None:
    submission = checked(world)
    for name in CRO_WRITES:
        address = reverse(f"kpis:{name}", args=[submission.pk])
        assert browser(world.ada).get(address).status_code == 405


def test_somebody_not_signed_in_is_sent_to_sign_in(world: World) -> None:
    submission = checked(world)
    client = browser(world.ada)
    client.logout()
    answer = client.get(reverse("kpis:submission-detail", args=[submission.pk]))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
