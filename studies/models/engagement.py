"""Engagements: one sponsor, one CRO, one model."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from vendors.access import VisibleModel
from vendors.models import Agreement, Sponsor, Vendor


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
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        help_text="The work order or other agreement that it rests on.",
    )
    start_date = models.DateField()
    end_date = models.DateField("last day", null=True, blank=True)
    due_business_day = models.PositiveSmallIntegerField(
        "due on business day",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="Of the following month, 1 to 20. Public holidays of both parties do not count.",
    )
    reports_from = models.DateField(
        "first month reported here",
        null=True,
        blank=True,
        help_text="Any day of it. Earlier months are not asked for; empty: from the start date.",
    )

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
            models.CheckConstraint(
                condition=Q(due_business_day__gte=1, due_business_day__lte=20),
                name="engagement_due_within_a_month",
                violation_error_message="Choose a business day from 1 to 20.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
