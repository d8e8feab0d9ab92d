"""Beside what is due: waivers, the reminders that were sent, the templates that were handed out."""

from django.db import models
from django.db.models import Q

from studies.models import Engagement, Study
from vendors.access import VisibleModel


class Waiver(VisibleModel):
    """The sponsor does without a listing, or a whole submission, for one period, with a reason."""

    sponsor_path = "engagement__sponsor"
    vendor_path = "engagement__vendor"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="waivers")
    study = models.ForeignKey(
        Study,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="waivers",
        help_text="Empty for what spans the engagement's studies.",
    )
    period_start = models.DateField(help_text="First day of the month.")
    listing = models.CharField(max_length=60, blank=True, help_text="Empty: all that is due.")
    reason = models.TextField()
    waived_at = models.DateTimeField()
    waived_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-period_start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "study", "period_start", "listing"],
                condition=Q(taken_back_at__isnull=True),
                nulls_distinct=False,
                name="waiver_once_per_listing_and_period",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
            models.CheckConstraint(
                condition=Q(period_start__day=1), name="waiver_period_is_a_month"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="waiver_taken_back_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Waiver {self.pk}"


class Reminder(VisibleModel):
    """A reminder that went out about one due submission; once per occasion."""

    sponsor_path = "engagement__sponsor"
    vendor_path = "engagement__vendor"
    insert_only = True

    class Occasion(models.TextChoices):
        SOON = "soon", "Before the due day"
        TODAY = "today", "On the due day"
        LATE = "late", "After the due day"
        VERY_LATE = "very-late", "Long after the due day"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="reminders")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, related_name="reminders")
    period_start = models.DateField()
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    sent_at = models.DateTimeField()
    sent_to = models.JSONField(help_text="Keys of the people it went to.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "study", "period_start", "occasion"],
                nulls_distinct=False,
                name="reminder_once_per_occasion",
            )
        ]

    def __str__(self) -> str:
        return f"Reminder {self.pk}"


class TemplateIssue(VisibleModel):
    """A workbook of ours as it was handed out for one due submission."""

    sponsor_path = "engagement__sponsor"
    vendor_path = "engagement__vendor"
    insert_only = True

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="templates")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, related_name="templates")
    period_start = models.DateField()
    version = models.CharField(max_length=40, help_text="The version shown in the workbook.")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Template {self.version}"
