"""Disputes as both sides read them: about what, why, and what the sponsor answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpis.definitions import catalogue
from kpis.engine.rag import RagStatus
from kpis.engine.wording import value_words
from kpis.models import CellComment, Dispute, KpiResult, Submission
from kpis.submissions.places import Place


@dataclass(frozen=True)
class DisputeRow:
    """One dispute with its thread; `outcome` is empty while it is open."""

    pk: int
    about: str
    reason: str
    raised_by: str
    raised_at: datetime
    outcome: str
    answer: str
    settled_by: str
    settled_at: datetime | None


def dispute_rows(user: Any, submission: Submission) -> tuple[DisputeRow, ...]:
    """Return the disputes about the submission, open ones first; one statement."""
    found = Dispute.objects.visible_to(user).filter(submission=submission)
    rows = found.select_related(
        "comment", "result__definition", "result__study", "raised_by", "settled_by"
    )
    return tuple(sorted(map(_row, rows), key=lambda row: bool(row.outcome)))


def result_words(result: KpiResult) -> str:
    """Return a result in one line: which KPI, of what, when, and how it reads."""
    definition = catalogue().get(result.definition.slug)
    name = definition.name if definition else result.definition.slug
    value = value_words(result.value, definition.unit) if definition else str(result.value)
    where = ", ".join(str(part) for part in (result.study, result.country) if part)
    colour = RagStatus(result.rag).value.replace("-", " ")
    return f"{name}{', ' if where else ''}{where}, {result.period_start:%B %Y}: {value}, {colour}"


def comment_words(comment: CellComment) -> str:
    """Return a comment in one line: where it stands, and what it says."""
    place = Place(comment.sheet, comment.row, comment.column)
    return f"{place.words.capitalize()}, {comment.sheet}: “{comment.text}”"


def _row(one: Dispute) -> DisputeRow:
    return DisputeRow(
        pk=one.pk,
        about=comment_words(one.comment) if one.comment else result_words(one.result),  # type: ignore[arg-type]  # it is about one of the two
        reason=one.reason,
        raised_by=str(one.raised_by),
        raised_at=one.raised_at,
        outcome=Dispute.Outcome(one.outcome).label if one.outcome else "",
        answer=one.answer,
        settled_by=str(one.settled_by) if one.settled_by else "",
        settled_at=one.settled_at,
    )
