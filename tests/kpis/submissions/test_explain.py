"""Explaining warnings, adding sites: until hand-over, and on what is shown now."""

import pytest

from kpis.models import Problem, Submission
from kpis.submissions.states import State, StepRefused
from kpis.submissions.submit import add_sites, explain, unknown_sites
from studies.models import Site
from tests.kpis.makers import (
    BAD_ROW,
    GOOD_ROWS,
    NOW,
    STRANGE_SITE,
    check,
    checked,
    confirm,
    csv_bytes,
    fresh,
    newest,
    submitted,
)
from tests.people import World
from vendors.access import actor_of

WARNED = csv_bytes(*GOOD_ROWS, STRANGE_SITE)


def warning_of(submission: Submission) -> Problem:
    found: Problem = newest(submission).problems.get(rule="unknown-site")
    return found


def test_an_explanation_needs_words(world: World) -> None:
    problem = warning_of(checked(world, WARNED))
    with pytest.raises(StepRefused, match="Write a sentence"):
        explain(actor=actor_of(world.ada), problem=problem, explanation="  ", now=NOW)


def test_an_error_cannot_be_explained(world: World) -> None:
    error = newest(checked(world, csv_bytes(BAD_ROW))).problems.filter(severity="error")[0]
    with pytest.raises(StepRefused, match="an error must be corrected"):
        explain(actor=actor_of(world.ada), problem=error, explanation="It is so.", now=NOW)


def test_after_hand_over_it_is_too_late(world: World) -> None:
    problem = warning_of(submitted(world, WARNED))
    with pytest.raises(StepRefused, match="until the submission is handed over"):
        explain(actor=actor_of(world.ada), problem=problem, explanation="Later.", now=NOW)


def test_a_warning_of_an_older_check_is_refused(world: World) -> None:
    submission = checked(world, WARNED)
    old = warning_of(submission)
    confirm(world, submission)
    with pytest.raises(StepRefused, match="checked anew meanwhile"):
        explain(actor=actor_of(world.ada), problem=old, explanation="As it is.", now=NOW)


def test_the_second_to_explain_is_told_what_the_first_wrote(world: World) -> None:
    submission = checked(world, WARNED)
    mine, theirs = warning_of(submission), warning_of(submission)
    explain(actor=actor_of(world.ada), problem=mine, explanation="First.", now=NOW, seen="")
    with pytest.raises(StepRefused, match=r"Ada explained this meanwhile: “First\.”"):
        explain(actor=actor_of(world.ada), problem=theirs, explanation="Second.", now=NOW, seen="")
    explain(
        actor=actor_of(world.ada), problem=theirs, explanation="Better.", now=NOW, seen="First."
    )
    assert warning_of(submission).explanation == "Better."


def test_unknown_sites_are_listed_and_added_once(world: World) -> None:
    submission = checked(world, WARNED)
    (site,) = unknown_sites(submission)
    assert (site.number, site.country, site.rows) == ("Site 7", "ESP", 1)
    actor = actor_of(world.ada)
    keys = [site.key, f"{world.study.pk}:Site 99"]
    assert add_sites(actor=actor, submission=submission, keys=keys, now=NOW) == 1
    with pytest.raises(StepRefused, match="once the check has ended"):
        add_sites(actor=actor, submission=submission, keys=keys, now=NOW)
    assert Site.objects.get(study=world.study, number="Site 7").country == "ESP"
    submission = check(submission)
    assert not newest(submission).problems.filter(rule="unknown-site").exists()


def test_choosing_no_site_changes_nothing(world: World) -> None:
    submission = checked(world, WARNED)
    with pytest.raises(StepRefused, match="No site was chosen"):
        add_sites(actor=actor_of(world.ada), submission=submission, keys=["Site 99"], now=NOW)
    assert fresh(submission).state == State.CHECKED
