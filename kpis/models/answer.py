"""The way back: the sponsor's comments on cells, corrections in place, and disputes."""

from django.db import models
from django.db.models import Q

from kpis.models.check import Check
from kpis.models.result import KpiResult
from kpis.models.submission import Submission, SubmittedFile
from vendors.access import VisibleModel


class CellComment(VisibleModel):
    """What the sponsor says of one cell; the CRO sees it once the submission was returned.

    Until then `returned_in` is empty, and with it the way to the CRO. `row` counts from 1,
    `column` is the letter of the spreadsheet; both are empty for a comment on a whole sheet.
    """

    sponsor_path = "submission__engagement__sponsor"
    vendor_path = "returned_in__engagement__vendor"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="comments")
    file = models.ForeignKey(SubmittedFile, on_delete=models.PROTECT, related_name="comments")
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=4, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    returned_in = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["file", "sheet", "row", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="cell_comment_says_something"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="cell_comment_taken_back_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.column}{self.row or ''}"


class CellCorrection(VisibleModel):
    """One cell of a submitted file read as another value, with a reason; the file stays as it is.

    The newest that was not taken back counts for its cell.
    """

    sponsor_path = "submission__engagement__sponsor"
    vendor_path = "submission__engagement__vendor"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="corrections")
    file = models.ForeignKey(SubmittedFile, on_delete=models.PROTECT, related_name="corrections")
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField(help_text="Spreadsheet row, from 1.")
    column = models.CharField(max_length=4, help_text="Letter of the spreadsheet column.")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["file", "sheet", "row", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="cell_correction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="cell_correction_taken_back_is_whole",
            ),
            models.UniqueConstraint(
                fields=["file", "sheet", "row", "column"],
                condition=Q(taken_back_at__isnull=True),
                name="cell_correction_one_in_force_per_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.column}{self.row}"


class Dispute(VisibleModel):
    """A CRO says, with a reason, that a returned cell or the reading of a KPI is wrong.

    The sponsor settles it with an answer. It changes no figure by itself.
    """

    sponsor_path = "submission__engagement__sponsor"
    vendor_path = "submission__engagement__vendor"

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "The CRO is right"
        REJECTED = "rejected", "The reading stands"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="disputes")
    comment = models.ForeignKey(
        CellComment, on_delete=models.PROTECT, null=True, blank=True, related_name="disputes"
    )
    result = models.ForeignKey(
        KpiResult, on_delete=models.PROTECT, null=True, blank=True, related_name="disputes"
    )
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=True, result__isnull=False)
                | Q(comment__isnull=False, result__isnull=True),
                name="dispute_is_about_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="dispute_has_a_reason"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, outcome="", answer="")
                | Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~Q(outcome="")
                & ~Q(answer=""),
                name="dispute_is_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Dispute {self.pk} of {self.submission}"


class MarkedFile(VisibleModel):
    """A submitted file with its problem cells marked and noted, made for the CRO to mend."""

    sponsor_path = "file__submission__engagement__sponsor"
    vendor_path = "file__submission__engagement__vendor"
    insert_only = True

    file = models.ForeignKey(SubmittedFile, on_delete=models.PROTECT, related_name="marked")
    check_made = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="marked_files")
    sha256 = models.CharField(max_length=64)
    cells = models.IntegerField(help_text="How many cells are marked.")
    made_at = models.DateTimeField()
    comments_until = models.DateTimeField(
        null=True, help_text="The newest comment that it shows; empty without comments."
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file}, marked"
