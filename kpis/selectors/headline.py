"""A submission's first sentence, the line under it, and its stages. Pure: facts in, words out."""

from dataclasses import dataclass
from datetime import date

from kpis.models import Check, Submission
from kpis.selectors.problem_groups import ProblemGroups, counted
from kpis.submissions.states import State
from oversight.look.times import day_text, utc_text


@dataclass(frozen=True)
class Stage:
    """One stage of the way in; `state` is "done", "now", "stop" or "next"."""

    state: str
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What the words are made of."""

    submission: Submission
    check: Check | None
    groups: ProblemGroups
    files: int
    sponsor: str

    @property
    def period(self) -> str:
        """Return the month reported, or "it" while the cut-off is not confirmed."""
        start: date | None = self.submission.period_start
        return f"{start:%B %Y}" if start else "it"


def title(facts: Facts) -> str:
    """Return what happened, or what stands in the way, as one sentence."""
    submission = facts.submission
    match State(submission.state):
        case State.RECEIVED:
            return f"Checking {counted(facts.files, 'file')} for {submission.scope_name}"
        case State.CHECKED:
            return _checked(facts)
        case State.SUBMITTED:
            return f"{facts.period} waits for the decision of {facts.sponsor}"
        case State.RETURNED:
            return f"Returned by {facts.sponsor}: {_short(submission.decision_comment)}"
        case State.ACCEPTED:
            return f"{facts.period} was accepted on {day_text(submission.decided_at)}"
        case State.SUPERSEDED:
            return f"{facts.period} was accepted, and superseded by a later submission"
        case State.WITHDRAWN:
            return "Withdrawn; its files and history stay"


def _checked(facts: Facts) -> str:
    groups = facts.groups
    if groups.errors:
        cells = all(cell.address for group in groups.errors for cell in group.cells)
        noun = "cell" if cells else "problem"
        count = counted(groups.error_cells, noun)
        return f"{count} must be corrected before {facts.period} can be submitted"
    if facts.submission.data_cutoff_date is None:
        proposed = facts.check.proposed_cutoff_date if facts.check else None
        if proposed is None:
            return "Say up to which day the data count"
        return f"Confirm the data cut-off: {day_text(proposed)} is proposed"
    if groups.unexplained:
        return (
            f"{counted(groups.unexplained, 'warning')} {_want(groups.unexplained)} a sentence"
            f" before {facts.period} can be submitted"
        )
    return f"{facts.period} is ready to submit to {facts.sponsor}"


def _want(count: int) -> str:
    return "wants" if count == 1 else "want"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:89]}…"


def stages(facts: Facts) -> tuple[Stage, ...]:
    """Return the four stages with time or condition under each."""
    return (_received(facts), _check_stage(facts), _handed_over(facts), _decided(facts))


def _received(facts: Facts) -> Stage:
    submission = facts.submission
    lines = (
        utc_text(submission.received_at),
        f"{counted(facts.files, 'file')} from {submission.created_by}",
    )
    return Stage("done", "Received", lines)


def _check_stage(facts: Facts) -> Stage:
    state, groups = State(facts.submission.state), facts.groups
    if state == State.RECEIVED or facts.check is None:
        return Stage("now", "Checked", ("the files are being read",))
    warnings = counted(len(groups.warnings), "warning")
    open_ones = f", {groups.unexplained} without a sentence" if groups.unexplained else ""
    lines = (counted(len(groups.errors), "error"), warnings + open_ones)
    if state != State.CHECKED:
        return Stage("done", "Checked", lines)
    if groups.errors:
        return Stage("stop", "Checked", lines)
    unconfirmed = facts.submission.data_cutoff_date is None
    return Stage("now" if groups.unexplained or unconfirmed else "done", "Checked", lines)


def _handed_over(facts: Facts) -> Stage:
    submission = facts.submission
    name = f"Submitted to {facts.sponsor}"
    if submission.submitted_at and submission.state in (
        State.SUBMITTED,
        State.RETURNED,
        State.ACCEPTED,
        State.SUPERSEDED,
    ):
        lines = (utc_text(submission.submitted_at), f"by {submission.submitted_by}")
        return Stage("done", name, lines)
    if submission.state == State.WITHDRAWN:
        return Stage("stop", "Withdrawn", ("nothing of it counts",))
    ready = submission.state == State.CHECKED and not _open_points(facts)
    line = "open now" if ready else "opens when nothing stands in the way"
    return Stage("now" if ready else "next", f"Submit to {facts.sponsor}", (line,))


def _decided(facts: Facts) -> Stage:
    submission = facts.submission
    lines = (utc_text(submission.decided_at), f"by {submission.decided_by}")
    match State(submission.state):
        case State.ACCEPTED | State.SUPERSEDED:
            return Stage("done", f"Accepted by {facts.sponsor}", lines)
        case State.RETURNED:
            return Stage("stop", f"Returned by {facts.sponsor}", lines)
        case State.SUBMITTED:
            return Stage("now", f"Decision of {facts.sponsor}", ("accepted, or returned",))
        case _:
            return Stage("next", f"Decision of {facts.sponsor}", ("accepted, or returned",))


def _open_points(facts: Facts) -> bool:
    unconfirmed = facts.submission.data_cutoff_date is None
    return bool(facts.groups.errors or facts.groups.unexplained or unconfirmed)
