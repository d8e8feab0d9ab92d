"""What was found, said and corrected on one sheet of a submitted file, by address."""

from typing import Any

from kpis.models import CellComment, CellCorrection, Check, Submission, SubmittedFile
from kpis.submissions.cells import shown
from kpis.submissions.correcting import NOT_REPEATED
from kpis.submissions.found import Found, all_found


class SheetMarks:
    """What was found, said and corrected on one sheet, by address; four statements."""

    def __init__(
        self, user: Any, submission: Submission, check: Check, file: SubmittedFile, sheet: str
    ) -> None:
        self.found: dict[str, list[Found]] = {}
        for one in all_found(check):
            if one.file == file.name and one.sheet == sheet:
                self.found.setdefault(one.at, []).append(one)
        comments = CellComment.objects.visible_to(user).filter(file=file, sheet=sheet)
        self.comments: dict[str, list[CellComment]] = {}
        for comment in comments.filter(taken_back_at=None).select_related("written_by"):
            at = f"{comment.column}{comment.row or ''}"
            self.comments.setdefault(at, []).append(comment)
        corrections = submission.corrections.filter(file=file, sheet=sheet, taken_back_at=None)
        self.corrections: dict[str, CellCorrection] = {
            f"{one.column}{one.row}": one for one in corrections.select_related("corrected_by")
        }

    def text(self, at: str, cell: object) -> str:
        """Return the text of a cell; personal data are not repeated on a page."""
        private = any(one.private for one in self.found.get(at, ()))
        return NOT_REPEATED if private else shown(cell)

    def of(self, at: str) -> str:
        """Return the mark of an address: what counts most of what is there."""
        severities = {one.severity for one in self.found.get(at, ())}
        for severity in ("error", "warning"):
            if severity in severities:
                return severity
        if at in self.comments:
            return "comment"
        return "corrected" if at in self.corrections else ""

    def rows(self) -> frozenset[int]:
        """Return the numbers of the rows on which there is something."""
        places = (*self.found, *self.comments, *self.corrections)
        digits = ("".join(filter(str.isdigit, at)) for at in places)
        return frozenset(int(number) for number in digits if number)
