"""Engagements: one sponsor, one CRO, one model."""

from django.db import models
from django.db.models import F, Q

from vendors.access import VisibleModel
from vendors.models import Sponsor, Vendor


class Engagement(VisibleModel):
    """The relationship under which a CRO does delegated work for a sponsor."""

    sponsor_path = "sponsor"
    vendor_path = "vendor"

    class Model(models.TextChoices):
        FULL_SERVICE = "full-service", "Full service"
        FSP = "fsp", "Functional service provision (FSP)"
        HYBRID = "hybrid", "Hybrid"

    class PricingBasis(models.TextChoices):
        FTE = "fte", "Full-time equivalents"
        UNIT = "unit", "Units"
        FIXED = "fixed", "Fixed price"
        MILESTONE = "milestone", "Milestones"

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="engagements")
    vendor = models.ForeignKey(
        Vendor, on_delete=models.PROTECT, related_name="engagements", verbose_name="CRO"
    )
    name = models.CharField(max_length=120, help_text="What both sides call it.")
    model = models.CharField("engagement model", max_length=20, choices=Model.choices)
    pricing_basis = models.CharField(max_length=20, choices=PricingBasis.choices, blank=True)
    agreement = models.CharField(
        max_length=200, blank=True, help_text="Work order or agreement it rests on, with version."
    )
    start_date = models.DateField()
    end_date = models.DateField("last day", null=True, blank=True)

    class Meta:
        ordering = ["vendor__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["sponsor", "name"],
                name="engagement_name_once",
                violation_error_message="Your register already holds an engagement of this name.",
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="engagement_ends_after_it_begins",
                violation_error_message="The last day lies before the start date.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
