"""What sponsor and CRO agreed about a KPI beside the catalogue: its limits, and that it is asked.

Both hold by month. None begins before the month in which somebody approved it, so that no past
month is judged by a limit that nobody knew at the time.
"""

from django.db import models
from django.db.models import F, Q

from studies.models import Engagement
from vendors.access import VisibleModel
from vendors.models import Sponsor

OVERLAP = "Other limits hold in this period for this KPI. End those first, or choose another month."


class AgreedLimits(VisibleModel):
    """Limits of one KPI in place of the catalogue's: of a sponsor, or of one engagement.

    An engagement's go before the sponsor's. Of a band, `amber` and `red` are the lower edges and
    `amber_to` and `red_to` the upper ones.
    """

    sponsor_path = "sponsor"
    vendor_path = "engagement__vendor"

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="agreed_limits")
    engagement = models.ForeignKey(
        Engagement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreed_limits",
        help_text="Empty: for all engagements of the sponsor.",
    )
    slug = models.SlugField("KPI", max_length=80, editable=False)
    amber = models.FloatField("amber beyond")
    amber_to = models.FloatField("amber above", null=True, blank=True)
    red = models.FloatField("red beyond")
    red_to = models.FloatField("red above", null=True, blank=True)
    from_month = models.DateField("from the month of")
    until_month = models.DateField("last month", null=True, blank=True)
    source = models.CharField(
        "where they come from",
        max_length=200,
        help_text="Such as quality agreement 2.0, §7, or standard procedure 12.",
    )
    approved_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["slug", "-from_month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sponsor", "engagement", "slug"],
                condition=Q(until_month__isnull=True),
                nulls_distinct=False,
                name="agreed_limits_one_open",
                violation_error_message=OVERLAP,
            ),
            models.CheckConstraint(
                condition=Q(from_month__day=1)
                & (Q(until_month__isnull=True) | Q(until_month__day=1)),
                name="agreed_limits_hold_by_month",
            ),
            models.CheckConstraint(
                condition=Q(amber_to__isnull=True, red_to__isnull=True)
                | Q(amber_to__isnull=False, red_to__isnull=False),
                name="agreed_limits_of_a_band_are_pairs",
            ),
            models.CheckConstraint(
                condition=Q(until_month__isnull=True) | Q(until_month__gte=F("from_month")),
                name="agreed_limits_end_after_they_begin",
                violation_error_message="The last month lies before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"Limits of {self.slug}"


class ChosenKpi(VisibleModel):
    """One KPI of the library that a sponsor asks for in an engagement, by month."""

    sponsor_path = "engagement__sponsor"
    vendor_path = "engagement__vendor"

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="chosen_kpis")
    slug = models.SlugField("KPI", max_length=80, editable=False)
    from_month = models.DateField("from the month of")
    until_month = models.DateField("last month", null=True, blank=True)
    chosen_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", editable=False
    )
    chosen_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["slug", "-from_month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "slug"],
                condition=Q(until_month__isnull=True),
                name="chosen_kpi_one_open",
                violation_error_message="This KPI is asked for already.",
            ),
            models.CheckConstraint(
                condition=Q(from_month__day=1)
                & (Q(until_month__isnull=True) | Q(until_month__day=1)),
                name="chosen_kpi_holds_by_month",
            ),
            models.CheckConstraint(
                condition=Q(until_month__isnull=True) | Q(until_month__gte=F("from_month")),
                name="chosen_kpi_ends_after_it_begins",
                violation_error_message="The last month lies before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} in {self.engagement}"
