"""The table of transitions: what is not in it is refused with a sentence."""

import itertools
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from kpis.models import Submission
from kpis.submissions.states import TRANSITIONS, State, StepRefused, move

PAIRS = list(itertools.product(State, State))


@pytest.mark.parametrize(("before", "to"), PAIRS, ids=[f"{a}-{b}" for a, b in PAIRS])
def test_only_listed_steps_are_taken(before: State, to: State) -> None:
    submission = Submission(state=before)
    if (before, to) in TRANSITIONS:
        move(submission, to)
        assert submission.state == to
    else:
        with pytest.raises(StepRefused, match="Reload the page"):
            move(submission, to)
        assert submission.state == before


def test_every_state_is_reached_and_only_two_are_final() -> None:
    assert {to for _, to in TRANSITIONS} == set(State)
    final = set(State) - {before for before, _ in TRANSITIONS}
    assert final == {State.SUPERSEDED, State.WITHDRAWN}


def test_open_states_are_those_that_can_still_be_withdrawn() -> None:
    withdrawable = {before for before, to in TRANSITIONS if to == State.WITHDRAWN}
    assert {str(state) for state in withdrawable} == set(Submission.OPEN_STATES)


def test_the_page_of_states_is_in_step_with_the_table() -> None:
    out = StringIO()
    call_command("state_diagram", stdout=out)
    page = (settings.BASE_DIR / "docs" / "submission-states.md").read_text(encoding="utf-8")
    assert out.getvalue() == page
    for state in State:
        assert state.label in page
