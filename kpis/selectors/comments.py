"""The sponsor's comments on cells, as the reader may see them, and what they are about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpis.models import CellComment, Submission
from kpis.submissions.places import Place


@dataclass(frozen=True)
class CommentRow:
    """One comment; `draft` ones stay with the sponsor until the return."""

    pk: int
    file_pk: int
    file: str
    replaced: bool
    sheet: str
    at: str
    where: str
    text: str
    written_by: str
    written_at: datetime
    draft: bool


def comment_rows(user: Any, submission: Submission) -> tuple[CommentRow, ...]:
    """Return the comments on the submission's cells that `user` may see; one statement.

    The way of a draft to the CRO is empty, so that `visible_to` leaves it out for them.
    """
    comments = (
        CellComment.objects.visible_to(user)
        .filter(submission=submission, taken_back_at=None)
        .select_related("file", "written_by")
    )
    return tuple(_row(comment) for comment in comments)


def _row(comment: CellComment) -> CommentRow:
    place = Place(comment.sheet, comment.row, comment.column)
    return CommentRow(
        pk=comment.pk,
        file_pk=comment.file_id,
        file=comment.file.name,
        replaced=comment.file.set_aside_at is not None,
        sheet=comment.sheet,
        at=place.at,
        where=place.words,
        text=comment.text,
        written_by=str(comment.written_by),
        written_at=comment.written_at,
        draft=comment.returned_in_id is None,
    )
