"""Inspection packs that were asked for, and what became of them.

The packs themselves lie in the storage under their SHA-256; what is in one is said in its manifest.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from oversight.look.times import month_text
from studies.models import Study
from vendors.access import VisibleModel
from vendors.models import Sponsor, Vendor


class InspectionExport(VisibleModel):
    """A sealed file to take away: one study or one CRO, some months, as known on a date.

    Seen by the sponsor's people only: no CRO learns that an inspection is being prepared.
    """

    sponsor_path = "sponsor"

    class State(models.TextChoices):
        REQUESTED = "requested", "Requested"
        BUILDING = "building", "Building"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="exports")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, related_name="exports")
    vendor = models.ForeignKey(
        Vendor, on_delete=models.PROTECT, null=True, related_name="exports", verbose_name="CRO"
    )
    period_from = models.DateField("first month", help_text="First day of the first month.")
    period_until = models.DateField("last month", help_text="First day of the last month.")
    as_of_date = models.DateField(help_text="Content as known at the end of this day, UTC.")
    reason = models.TextField()
    requester = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="inspection_exports"
    )
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.REQUESTED)
    ready_at = models.DateTimeField(null=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.BigIntegerField(null=True, help_text="Bytes.")
    members = models.JSONField(
        default=list, help_text="The manifest's members: path, sha256, size, rows."
    )
    error = models.TextField(blank=True, help_text="Why it failed, as a sentence.")

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(study__isnull=True, vendor__isnull=False)
                | Q(study__isnull=False, vendor__isnull=True),
                name="export_is_of_a_study_or_a_cro",
            ),
            models.CheckConstraint(
                condition=Q(
                    period_until__gte=F("period_from"), period_from__day=1, period_until__day=1
                ),
                name="export_period_is_whole_months",
            ),
            models.CheckConstraint(
                condition=Q(state="ready", ready_at__isnull=False, size__isnull=False)
                & ~Q(sha256="")
                | ~Q(state="ready") & Q(ready_at__isnull=True, size__isnull=True, sha256=""),
                name="export_is_sealed_when_ready",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(error="") | ~Q(state="failed") & Q(error=""),
                name="export_says_why_it_failed",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="export_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Inspection pack {self.pk}"

    @property
    def scope(self) -> Any:
        """Return the study or the CRO."""
        return self.study or self.vendor

    @property
    def months(self) -> str:
        """Say the months: "Jan 2026 to Oct 2026"."""
        first, last = month_text(self.period_from), month_text(self.period_until)
        return first if first == last else f"{first} to {last}"

    @property
    def file_name(self) -> str:
        """Name the download after scope, months and as-of date."""
        scope = "".join(c if c.isalnum() or c in "-." else "-" for c in str(self.scope))
        return (
            f"inspection-pack_{scope}_{self.period_from:%Y-%m}_to_{self.period_until:%Y-%m}"
            f"_as-of_{self.as_of_date}.zip"
        )
