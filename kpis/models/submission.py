"""Submissions: what a CRO hands over for one engagement, study and period, and its files."""

from django.db import models
from django.db.models import F, Q

from studies.models import Engagement, Study
from vendors.access import VisibleModel


class Submission(VisibleModel):
    """One engagement's metrics for one period, of one study or across its studies.

    The period is the month of the data cut-off, and both are unknown until the uploader has
    confirmed the cut-off date. A later accepted submission of the same scope supersedes this one;
    neither is changed by that except for its state.
    """

    sponsor_path = "engagement__sponsor"
    vendor_path = "engagement__vendor"

    class State(models.TextChoices):
        RECEIVED = "received", "Received"
        CHECKED = "checked", "Checked"
        SUBMITTED = "submitted", "Submitted"
        RETURNED = "returned", "Returned"
        ACCEPTED = "accepted", "Accepted"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class RestatementCause(models.TextChoices):
        LATE_DATA = "late-data", "Data that came in later"
        CORRECTED_DATA = "corrected-data", "Data that were wrong"
        REPORT_ERROR = "report-error", "A report or export that was wrong"
        DEFINITION = "definition", "A definition read differently"
        OTHER = "other", "Something else"

    class FoundBy(models.TextChoices):
        CRO = "cro", "The CRO"
        SPONSOR = "sponsor", "The sponsor"
        AUDIT = "audit", "An audit or inspection"
        SYSTEM = "system", "A check of this application"

    OPEN_STATES = ("received", "checked", "submitted", "returned")

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="submissions")
    study = models.ForeignKey(
        Study,
        on_delete=models.PROTECT,
        null=True,
        related_name="submissions",
        help_text="Empty where one submission spans the engagement's studies.",
    )
    period_start = models.DateField(null=True, help_text="First day of the month reported.")
    data_cutoff_date = models.DateField(null=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.RECEIVED)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="submissions"
    )
    received_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision_comment = models.TextField(blank=True)
    restatement_reason = models.TextField(
        blank=True, help_text="Why it replaces one that was accepted before; said on handing over."
    )
    restatement_cause = models.CharField(
        max_length=20, choices=RestatementCause.choices, blank=True
    )
    restatement_found_by = models.CharField(
        max_length=20, choices=FoundBy.choices, blank=True, help_text="Who found what was wrong."
    )
    worked_on_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who at the CRO has it in hand; a deputy can take over.",
    )
    worked_on_since = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(
        default=0, help_text="Counts changes; a form that saw an older one is told."
    )
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "study", "period_start"],
                condition=Q(state__in=["received", "checked", "submitted", "returned"]),
                nulls_distinct=False,
                name="submission_one_open_per_scope",
            ),
            models.UniqueConstraint(
                fields=["engagement", "study", "period_start"],
                condition=Q(state="accepted"),
                nulls_distinct=False,
                name="submission_one_accepted_per_scope",
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True, data_cutoff_date__isnull=True)
                | Q(
                    period_start__isnull=False,
                    data_cutoff_date__gte=F("period_start"),
                    period_start__day=1,
                ),
                name="submission_period_is_the_month_of_its_cutoff",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="submission_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submission_hand_over_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(worked_on_by__isnull=True, worked_on_since__isnull=True)
                | Q(worked_on_by__isnull=False, worked_on_since__isnull=False),
                name="submission_worked_on_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"S-{self.pk}"

    @property
    def scope_name(self) -> str:
        """Return what it is about in words."""
        return str(self.study) if self.study else "all studies"


class SubmittedFile(VisibleModel):
    """A file as it arrived: its bytes are kept unchanged under their SHA-256."""

    sponsor_path = "submission__engagement__sponsor"
    vendor_path = "submission__engagement__vendor"

    class Door(models.TextChoices):
        PAGE = "page", "Uploaded on a page"
        API = "api", "Sent by a system"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    door = models.CharField(max_length=10, choices=Door.choices, default=Door.PAGE)
    received_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField(
        null=True, help_text="When it was replaced or taken out; its bytes stay."
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["sha256"], name="submitted_file_sha256")]

    def __str__(self) -> str:
        return self.name
