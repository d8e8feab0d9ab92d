"""What the checks are told: tables accepted before, what is due and waived, what is delegated."""

from datetime import date
from pathlib import Path

from kpis.models import Check, Submission, Waiver
from kpis.submissions.checks import CheckContext
from kpis.submissions.known import context_of
from kpis.submissions.reading import ReadResult
from oversight.audit_trail.attribution import Actor, acting
from oversight.storage import address as stored_at
from tests.kpis.makers import CUTOFF, GOOD_ROWS, NOW, accepted, checked, csv_bytes, newest, received
from tests.people import World

NOTHING = ReadResult(tables={}, problems=(), sheets=())
DECEMBER = date(2025, 12, 12)
LATER = tuple(row.rpartition(",")[0] + "," for row in GOOD_ROWS)


def told(submission: Submission) -> CheckContext:
    return context_of(submission, NOTHING, now=NOW)


def rules_of(check: Check) -> dict[str, int]:
    return dict(check.problems.values_list("rule", "count"))


def test_without_an_accepted_month_there_is_nothing_before(world: World) -> None:
    context = told(received(world, cutoff=CUTOFF))
    assert (context.previous, context.previous_cutoff, context.restates) == (None, None, False)
    assert context.known_sites == {"Site 2"}
    assert "data-management" in context.functions
    assert context.vendor_names == {"Alpha"}


def test_rows_of_the_last_accepted_month_that_are_gone_are_asked_about(world: World) -> None:
    accepted(world, csv_bytes(*LATER))
    check = newest(checked(world, csv_bytes(*LATER[:1]), cutoff=DECEMBER))
    assert rules_of(check)["row-disappeared"] == 2
    problem = check.problems.get(rule="row-disappeared")
    assert "Closed, or left out?" in problem.cells[0]["sentence"]
    assert check.tables.get(listing="queries").row_count == 1


def test_a_restatement_is_held_against_the_month_it_restates(world: World) -> None:
    first = accepted(world, csv_bytes(*LATER))
    second = received(world, csv_bytes(*LATER[:2]), cutoff=CUTOFF)
    context = told(second)
    assert context.restates
    assert context.previous_cutoff == first.data_cutoff_date
    later = received(world, csv_bytes(*LATER[:1]), cutoff=DECEMBER)
    assert not told(later).restates


def test_a_table_accepted_before_is_opened_when_it_is_asked_for(
    world: World, own_storage: Path
) -> None:
    first = accepted(world, csv_bytes(*LATER))
    context = told(received(world, csv_bytes(*LATER[:1]), cutoff=DECEMBER))
    sealed = own_storage / stored_at(newest(first).tables.get(listing="queries").sha256)
    content = sealed.read_bytes()
    sealed.unlink()
    assert context.before("visits") is None
    sealed.write_bytes(content)
    before = context.before("queries")
    assert before is not None
    assert len(before) == len(LATER)


def test_what_is_waived_is_not_missed(world: World) -> None:
    submission = received(world, cutoff=CUTOFF)
    due = told(submission).due
    assert "queries" in due
    with acting(Actor.system("tests"), reason="waived"):
        Waiver.objects.create(
            engagement=world.alpha_engagement,
            study=world.study,
            period_start=CUTOFF.replace(day=1),
            listing="queries",
            reason="The system is replaced.",
            waived_at=NOW,
            waived_by=world.sam,
        )
    assert told(submission).due == due - {"queries"}
