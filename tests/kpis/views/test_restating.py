"""A month that was accepted is locked: what comes after it is a restatement and says so."""

from datetime import UTC, datetime, timedelta

from django.urls import reverse

from kpis.models import KpiResult, Submission
from kpis.selectors.restated import results_restated
from kpis.snapshots.compute import compute_for
from kpis.submissions.decide import accept
from kpis.submissions.submit import explain, submit
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import (
    CUTOFF,
    NOW,
    RESTATED,
    accepted,
    checked,
    csv_bytes,
    fresh,
    newest,
    received,
)
from tests.kpis.submissions.comparing.test_keep import OCTOBER, rows
from tests.people import World
from vendors.access import actor_of

LATER = datetime(2025, 12, 3, 9, tzinfo=UTC)
DETAIL = "kpis:submission-detail"


def settled(world: World, submission: Submission) -> Submission:
    """Explain the warnings: what was accepted before speaks against some of its rows."""
    for problem in newest(submission).problems.filter(severity="warning"):
        explain(actor=actor_of(world.ada), problem=problem, explanation="So it is.", now=NOW)
    return fresh(submission)


def page_of(world: World, pk: int, person: str = "ada") -> str:
    return words_of(browser(getattr(world, person)).get(reverse(DETAIL, args=[pk])))


def test_the_upload_page_names_the_locked_months(world: World) -> None:
    assert "Accepted and locked" not in words_of(
        browser(world.ada).get(reverse("kpis:submission-create"))
    )
    first = accepted(world)
    text = words_of(browser(world.ada).get(reverse("kpis:submission-create")))
    assert f"NWT-301 — Alpha for NWT-301 Nov 2025 ({first})" in text
    assert "A further file for one of these months restates it." in text
    assert "Accepted and locked" not in words_of(
        browser(world.ben).get(reverse("kpis:submission-create"))
    )


def test_a_restatement_says_so_before_its_check_has_ended(world: World) -> None:
    first = accepted(world)
    second = received(world, csv_bytes(*rows(30)), cutoff=CUTOFF)
    text = page_of(world, second.pk)
    assert f"November 2025 was accepted and is locked: this restates {first}" in text
    assert "Which results move is shown when the check has ended." in text


def test_a_proposed_month_is_enough_to_say_so(world: World) -> None:
    first = accepted(world)
    second = checked(
        world,
        csv_bytes("Study 1,FRA,Site 2,S 1,V,AE,AETERM,1,Open,CDM,2025-11-04,,10"),
        cutoff=None,
    )
    assert f"is locked: this restates {first}" in page_of(world, second.pk)


def test_cause_finder_and_reason_are_asked_and_shown(world: World) -> None:
    first = accepted(world, csv_bytes(*rows(40)))
    compute_for(submission=first, now=NOW)
    second = settled(world, checked(world, csv_bytes(*rows(40, old=30))))
    assert "Query aging of NWT-301, 0.0 % → 75.0 %" in page_of(world, second.pk).replace(
        "\xa0", " "
    )
    address = reverse("kpis:submission-submit", args=[second.pk])
    ada = browser(world.ada)
    refused = words_of(ada.post(address, {"reason": "Wrong export."}, follow=True))
    assert "Say what caused it, who found it: it stays with both." in refused
    ada.post(address, {"reason": "Wrong export.", "cause": "report-error", "found_by": "sponsor"})
    assert fresh(second).state == "submitted"
    theirs = page_of(world, second.pk, "sam")
    assert (
        "Cause A report or export that was wrong Found by The sponsor Why “Wrong export.”" in theirs
    )
    accept(actor=actor_of(world.sam), submission=fresh(second), comment="", now=LATER)
    done = page_of(world, second.pk, "sam")
    assert f"This restated {first}" in done
    assert "results move:" in done or "result moves:" in done


def test_a_first_submission_asks_for_nothing(world: World) -> None:
    accepted(world, csv_bytes(*rows(3, cutoff=OCTOBER)), cutoff=OCTOBER)
    second = settled(world, checked(world))
    assert "is locked" not in page_of(world, second.pk)
    browser(world.ada).post(reverse("kpis:submission-submit", args=[second.pk]))
    assert (fresh(second).state, fresh(second).restatement_cause) == ("submitted", "")


def test_whoever_rested_on_a_result_learns_that_it_was_restated(world: World) -> None:
    other = accepted(world, csv_bytes(*rows(30, cutoff=OCTOBER)), cutoff=OCTOBER)
    first = accepted(world, csv_bytes(*rows(40)))
    for one in (other, first):
        compute_for(submission=one, now=NOW)
    rested_on = list(KpiResult.objects.values_list("pk", flat=True))
    assert results_restated(world.sam, results=rested_on) == ()
    second = settled(world, checked(world, csv_bytes(*rows(40, old=30))))
    submit(actor=actor_of(world.ada), submission=second, now=NOW, **RESTATED)
    accept(actor=actor_of(world.sam), submission=fresh(second), comment="", now=LATER)
    compute_for(submission=fresh(second), now=LATER + timedelta(minutes=1))
    found = results_restated(world.sam, results=rested_on)
    assert {one.period for one in found} == {CUTOFF.replace(day=1)}
    assert {one.study_id for one in found} == {world.study.pk, None}  # the roll-up too
    aging = [one for one in found if one.slug == "query-aging" and not one.country]
    assert [(one.first_rag, one.rag, one.moved) for one in aging] == [("green", "red", True)] * 2
    assert results_restated(world.sam, results=rested_on[:1], period=OCTOBER.replace(day=1)) == ()
    mine = results_restated(world.ada, engagement_id=world.alpha_engagement.pk)
    assert [one.result_id for one in mine] == [one.result_id for one in found]
    assert results_restated(world.ben, results=rested_on) == ()
