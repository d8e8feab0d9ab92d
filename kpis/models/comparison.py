"""What differs between a submission and what was accepted before it."""

from django.db import models

from kpis.models.check import Check
from kpis.models.submission import Submission
from vendors.access import VisibleModel


class Comparison(VisibleModel):
    """One check set beside the last accepted submission of its scope; made by the worker.

    `against` is empty where nothing was accepted before. `colours` lists all KPIs that acceptance
    would compute: {slug, version, study, scope, before, after}, each side with value, rag and what
    stands behind it; `before` is null where there was no result.
    """

    sponsor_path = "check_made__submission__engagement__sponsor"
    vendor_path = "check_made__submission__engagement__vendor"
    insert_only = True

    check_made = models.OneToOneField(Check, on_delete=models.PROTECT, related_name="comparison")
    against = models.ForeignKey(Submission, on_delete=models.PROTECT, null=True, related_name="+")
    compared_at = models.DateTimeField()
    colours = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"Comparison of {self.check_made.submission}"


class TableComparison(VisibleModel):
    """One listing of a comparison, rows counted as multisets; differences are a sealed table."""

    sponsor_path = "comparison__check_made__submission__engagement__sponsor"
    vendor_path = "comparison__check_made__submission__engagement__vendor"
    insert_only = True

    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="tables")
    listing = models.CharField(max_length=60)
    new = models.IntegerField()
    changed = models.IntegerField()
    gone = models.IntegerField()
    unchanged = models.IntegerField()
    differences_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Sealed Parquet: new, changed (old → new), gone rows."
    )

    class Meta:
        ordering = ["listing"]
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "listing"], name="table_comparison_once_per_listing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {self.new} new, {self.changed} changed, {self.gone} gone"
