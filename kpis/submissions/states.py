"""Which state may follow which, and who may take the step. The only such list."""

from kpis.models import Submission
from vendors.access import Permission

State = Submission.State

# (from, to): who may do it; None is the system's own step.
TRANSITIONS: dict[tuple[State, State], Permission | None] = {
    (State.RECEIVED, State.CHECKED): None,
    (State.CHECKED, State.RECEIVED): Permission.UPLOAD,
    (State.RETURNED, State.RECEIVED): Permission.UPLOAD,
    (State.CHECKED, State.SUBMITTED): Permission.SUBMIT,
    (State.SUBMITTED, State.ACCEPTED): Permission.DECIDE,
    (State.SUBMITTED, State.RETURNED): Permission.DECIDE,
    (State.ACCEPTED, State.SUPERSEDED): None,
    (State.RECEIVED, State.WITHDRAWN): Permission.SUBMIT,
    (State.CHECKED, State.WITHDRAWN): Permission.SUBMIT,
    (State.SUBMITTED, State.WITHDRAWN): Permission.SUBMIT,
    (State.RETURNED, State.WITHDRAWN): Permission.SUBMIT,
}


class StepRefused(Exception):
    """The step does not fit the submission as it stands; the text says why and what to do."""


def move(submission: Submission, to: State) -> None:
    """Set the state, or raise StepRefused. The caller holds the row's lock and saves."""
    before = State(submission.state)
    if (before, to) not in TRANSITIONS:
        raise StepRefused(
            f"The submission is {before.label.lower()} and cannot become {to.label.lower()}. "
            "Reload the page to see where it stands."
        )
    submission.state = to


def locked(submission: Submission) -> Submission:
    """Return the submission as it is now, locked until the transaction ends."""
    return Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
