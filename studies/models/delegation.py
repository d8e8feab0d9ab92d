"""Delegation: who does a function on a study, since when, under which clause."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from studies.models.engagement import Engagement
from studies.models.function import Function
from studies.models.study import Study
from vendors.access import VisibleModel
from vendors.models import AgreementVersion, Vendor
from vendors.periods import check_period, overlapping, same, same_text
from vendors.regions import Region


class Delegation(VisibleModel):
    """One function on one study in one period: transferred, retained, shared or not applicable.

    Where a region is named it holds there and goes before what is recorded for everywhere.
    Silence means that the sponsor keeps it (21 CFR 312.52: what is not described in writing is
    deemed not transferred). Two CROs may both hold a function: that overlap is recorded, not
    refused; one party twice on one day is refused. Accountable in the end is always the sponsor
    (E6(R3) 3.6.6), so that no column says so.
    """

    sponsor_path = "study__sponsor"
    vendor_path = "engagement__vendor"

    class Kind(models.TextChoices):
        TRANSFERRED = "transferred", "Transferred to the CRO"
        SHARED = "shared", "Shared"
        RETAINED = "retained", "Retained by the sponsor"
        NOT_APPLICABLE = "not-applicable", "Not applicable"

    class Side(models.TextChoices):
        SPONSOR = "sponsor", "The sponsor's"
        PROVIDER = "provider", "The CRO's"

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="delegations")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="delegations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    split = models.TextField(
        "who does what",
        blank=True,
        help_text="For a shared function: which part is the sponsor's, which the CRO's.",
    )
    region = models.CharField(
        max_length=20, choices=Region.choices, blank=True, help_text="Empty: everywhere."
    )
    performer = models.ForeignKey(
        Vendor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="performed_delegations",
        verbose_name="performed by",
        help_text="The sub-provider that does the work, if it is not the CRO itself.",
    )
    decision_maker = models.CharField(
        "final decision by",
        max_length=200,
        blank=True,
        help_text="Who decides in the end, by name or role.",
    )
    agreement_version = models.ForeignKey(
        AgreementVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name="agreed in",
        help_text="The version of the agreement that describes it.",
    )
    clause = models.CharField(
        max_length=120, blank=True, help_text="Number of the clause, such as §4.2."
    )
    work_began_on = models.DateField(
        null=True, blank=True, help_text="The first day of work, where it has begun."
    )
    systems = models.CharField("whose systems", max_length=10, choices=Side.choices, blank=True)
    procedures = models.CharField(
        "whose procedures (SOPs)", max_length=10, choices=Side.choices, blank=True
    )
    responsible = models.CharField(
        max_length=200, blank=True, help_text="Who does it: role or name. R of RACI."
    )
    consulted = models.CharField(
        max_length=200, blank=True, help_text="Who is asked before. C of RACI."
    )
    informed = models.CharField(
        max_length=200, blank=True, help_text="Who is told after. I of RACI."
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    confirmed_on = models.DateField(null=True, blank=True, editable=False)
    from_date = models.DateField("from")
    until_date = models.DateField("last day", null=True, blank=True)

    class Meta:
        ordering = ["study", "function", "from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["transferred", "shared"], engagement__isnull=False)
                | Q(kind__in=["retained", "not-applicable"], engagement__isnull=True),
                name="delegation_names_engagement_when_cro_acts",
                violation_error_message="Name the engagement for a transferred or shared function, "
                "and none otherwise.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="shared") | ~Q(split=""),
                name="delegation_shared_says_who_does_what",
                violation_error_message="Say which part is the sponsor's and which the CRO's.",
            ),
            models.CheckConstraint(
                condition=Q(performer__isnull=True) | Q(engagement__isnull=False),
                name="delegation_performer_works_under_a_cro",
                violation_error_message="Name a sub-provider only where a CRO acts.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_on__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
                name="delegation_confirmed_by_somebody_on_a_day",
                violation_error_message="Who confirmed it and when belong together.",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="delegation_ends_after_it_begins",
                violation_error_message="The last day lies before the first day.",
            ),
            ExclusionConstraint(
                name="delegation_one_at_a_time_per_party",
                violation_error_message="This function is already recorded for this party on this "
                "study in this period. End that record first, or choose another period.",
                expressions=[
                    *same("study", "function", "engagement"),
                    same_text("region"),
                    overlapping("from_date", "until_date"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study.protocol_number}, {self.function.name}"

    def clean(self) -> None:
        """Say beside the field what the constraints say of the whole record."""
        check_period(self, "from_date", "until_date")
        acts = self.kind in (self.Kind.TRANSFERRED, self.Kind.SHARED)
        if acts and self.engagement is None:
            raise ValidationError({"engagement": "Name the engagement under which the CRO acts."})
        if not acts and self.engagement is not None:
            raise ValidationError({"engagement": "Leave this empty: no CRO acts in this case."})
        if self.kind == self.Kind.SHARED and not self.split.strip():
            raise ValidationError({"split": "Say which part is the sponsor's, which the CRO's."})
