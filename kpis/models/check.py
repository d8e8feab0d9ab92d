"""What checking a submission's files brought to light: problems, and sealed tables."""

from django.db import models
from django.db.models import Q

from kpis.models.submission import Submission
from vendors.access import VisibleModel


class Check(VisibleModel):
    """One reading of all of a submission's files; the newest is the one that counts."""

    sponsor_path = "submission__engagement__sponsor"
    vendor_path = "submission__engagement__vendor"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="checks")
    checked_at = models.DateTimeField()
    data_cutoff_date = models.DateField(null=True, help_text="The cut-off it was checked against.")
    file_ids = models.JSONField(help_text="The files read, in the order of the tables' `file`.")
    proposed_cutoff_date = models.DateField(null=True)
    rows_agreeing = models.IntegerField(default=0)
    rows_dated = models.IntegerField(default=0)
    sheets = models.JSONField(default=list, help_text="Each sheet: what it was taken for, and why.")
    error_count = models.IntegerField(default=0)
    warning_count = models.IntegerField(default=0)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Check of {self.submission}"


class SubmittedTable(VisibleModel):
    """A listing as typed rows, sealed: a Parquet file named by its SHA-256, in engine order."""

    sponsor_path = "check_made__submission__engagement__sponsor"
    vendor_path = "check_made__submission__engagement__vendor"
    insert_only = True

    check_made = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="tables")
    listing = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, help_text="Of the Parquet file.")
    rows_sha256 = models.CharField(
        max_length=64, help_text="Of the rows in canonical order; outlives a change of the writer."
    )
    row_count = models.IntegerField()

    class Meta:
        ordering = ["listing"]
        constraints = [
            models.UniqueConstraint(fields=["check_made", "listing"], name="table_once_per_check")
        ]

    def __str__(self) -> str:
        return f"{self.listing}, {self.row_count} rows"


class Problem(VisibleModel):
    """All cells that broke one rule in one check; a warning carries the CRO's explanation.

    `cells` holds the first hundred as {file, sheet, row, column, cell, value, sentence}; the whole
    list is a sealed CSV.
    """

    sponsor_path = "check_made__submission__engagement__sponsor"
    vendor_path = "check_made__submission__engagement__vendor"

    class Severity(models.TextChoices):
        ERROR = "error", "Error"
        WARNING = "warning", "Warning"
        INFO = "info", "Information"

    CELLS_SHOWN = 100

    check_made = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="problems")
    rule = models.SlugField(max_length=60)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    count = models.IntegerField()
    cells = models.JSONField(default=list)
    cells_sha256 = models.CharField(max_length=64, help_text="Of the sealed list of all cells.")
    explanation = models.TextField(blank=True)
    explained_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_made", "rule"], name="problem_once_per_rule"),
            models.CheckConstraint(
                condition=Q(explanation="", explained_at__isnull=True, explained_by__isnull=True)
                | ~Q(explanation="") & Q(explained_at__isnull=False, explained_by__isnull=False),
                name="problem_explanation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.count} cells"
