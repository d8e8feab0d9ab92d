"""Delegation: who does a function on a study, since when, under which clause."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from studies.models.engagement import Engagement
from studies.models.function import Function
from studies.models.study import Study
from vendors.access import VisibleModel
from vendors.periods import check_period, overlapping, same


class Delegation(VisibleModel):
    """One function on one study in one period: transferred, retained, shared or not applicable.

    Silence means that the sponsor keeps it (21 CFR 312.52: what is not described in writing is
    deemed not transferred). Two CROs may both hold a function: that overlap is recorded, not
    refused; one party twice on one day is refused.
    """

    sponsor_path = "study__sponsor"
    vendor_path = "engagement__vendor"

    class Kind(models.TextChoices):
        TRANSFERRED = "transferred", "Transferred to the CRO"
        SHARED = "shared", "Shared"
        RETAINED = "retained", "Retained by the sponsor"
        NOT_APPLICABLE = "not-applicable", "Not applicable"

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
    clause = models.CharField(
        max_length=120, blank=True, help_text="Agreement version and clause, such as WO-3 §4.2."
    )
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
