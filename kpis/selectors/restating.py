"""What is locked because it was accepted, and what a submission would restate or did restate."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.models import Submission
from kpis.selectors.colours import ColourChange
from kpis.selectors.comparison import ComparisonPanel, restated_by
from kpis.selectors.scopes import Scope
from kpis.submissions.states import State
from kpis.submissions.submit import accepted_before

MONTHS_NAMED, MOVES_NAMED = 3, 6


@dataclass(frozen=True)
class Restating:
    """The accepted submission that is restated, and which results move by it.

    `open` while it can still be handed over or decided; `cause`, `found_by` and `reason` are empty
    until it was handed over.
    """

    earlier: Submission
    period: date
    open: bool
    cause: str
    found_by: str
    reason: str
    moves: tuple[ColourChange, ...]
    causes = Submission.RestatementCause.choices
    finders = Submission.FoundBy.choices

    @property
    def more(self) -> int:
        """Return how many results move beside those that are named."""
        return max(0, len(self.moves) - MOVES_NAMED)

    @property
    def named(self) -> tuple[ColourChange, ...]:
        """Return the first of the results that move."""
        return self.moves[:MOVES_NAMED]


def restating_of(submission: Submission, panel: ComparisonPanel | None) -> Restating | None:
    """Return what `submission` restates, from the moment its month is known; one statement."""
    still_open = submission.state in Submission.OPEN_STATES
    earlier = _would_restate(submission, panel) if still_open else submission.supersedes
    if earlier is None or earlier.period_start is None:
        return None
    return Restating(
        earlier=earlier,
        period=earlier.period_start,
        open=still_open,
        cause=submission.get_restatement_cause_display(),
        found_by=submission.get_restatement_found_by_display(),
        reason=submission.restatement_reason,
        moves=restated_by(panel) if panel else (),
    )


def _would_restate(submission: Submission, panel: ComparisonPanel | None) -> Submission | None:
    """Go by the confirmed month, and until then by the one that is proposed."""
    if submission.period_start is not None:
        return accepted_before(submission)
    return panel.against if panel is not None and panel.restates else None


@dataclass(frozen=True)
class LockedMonths:
    """The newest accepted months of a scope; `more` were accepted before them."""

    scope: Scope
    months: tuple[tuple[int, str, date], ...]
    more: int


def locked_months(user: Any, scopes: tuple[Scope, ...]) -> tuple[LockedMonths, ...]:
    """Return which months of the scopes were accepted, so that more restates; one statement."""
    accepted = (
        Submission.objects.visible_to(user)
        .filter(state=State.ACCEPTED, engagement__in=[one.engagement.pk for one in scopes])
        .order_by("-period_start")
    )
    months: dict[tuple[int, int | None], list[tuple[int, str, date]]] = {}
    for one in accepted:
        if one.period_start is not None:
            row = (one.pk, str(one), one.period_start)
            months.setdefault((one.engagement_id, one.study_id), []).append(row)
    return tuple(
        LockedMonths(scope, tuple(found[:MONTHS_NAMED]), max(0, len(found) - MONTHS_NAMED))
        for scope in scopes
        if (found := months.get((scope.engagement.pk, scope.study.pk if scope.study else None), []))
    )
