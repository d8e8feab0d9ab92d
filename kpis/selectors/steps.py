"""Which steps somebody may take on a submission as it stands now.

Role and state together: a page offers only what would be accepted. Views and services check again.
"""

from dataclasses import dataclass
from typing import Any

from kpis.models import Submission
from kpis.submissions.states import TRANSITIONS, State
from vendors.access import Permission, memberships_of, permissions_of


@dataclass(frozen=True)
class Steps:
    """What the reader may do now; `sponsor_side` tells which side of the table they sit on."""

    mend: bool
    explain: bool
    submit: bool
    withdraw: bool
    decide: bool
    settle: bool
    dispute: bool
    sponsor_side: bool


def steps_for(user: Any, submission: Submission) -> Steps:
    """Return the steps that `user` may take on `submission` in its state."""
    allowed = permissions_of(user, submission)
    state = State(submission.state)
    uploads = Permission.UPLOAD in allowed
    return Steps(
        mend=uploads and state in (State.RECEIVED, State.CHECKED, State.RETURNED),
        explain=uploads and state == State.CHECKED,
        submit=_may(allowed, state, State.SUBMITTED),
        withdraw=_may(allowed, state, State.WITHDRAWN),
        decide=_may(allowed, state, State.ACCEPTED),
        settle=Permission.DECIDE in allowed,
        dispute=Permission.SUBMIT in allowed,
        sponsor_side=is_sponsor_side(user),
    )


def is_sponsor_side(user: Any) -> bool:
    """Tell whether `user` is a sponsor's person."""
    return any(membership.sponsor_id is not None for membership in memberships_of(user))


def _may(allowed: frozenset[Permission], state: State, to: State) -> bool:
    return TRANSITIONS.get((state, to)) in allowed
