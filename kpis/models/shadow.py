"""Shadow runs: what a coming version would have said of past months. Nothing current is touched."""

from django.db import models
from django.db.models import F, Q

from kpis.models.result import KpiResult
from studies.models import Engagement, Study
from vendors.access import VisibleModel
from vendors.models import Sponsor


class ShadowRun(VisibleModel):
    """A coming version beside the results on record, from one month to another, asked for once.

    `content` is the definition as it was when asked, `sha256` its digest. `inputs_sha256` names
    what was compared; with `computed_at` it stands from the moment the results below do.
    """

    sponsor_path = "sponsor"
    vendor_path = "results__engagement__vendor"  # a CRO sees runs over its own months

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="shadow_runs")
    slug = models.SlugField("KPI", max_length=80)
    version = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    first_month = models.DateField()
    last_month = models.DateField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(computed_at=None, inputs_sha256="")
                | Q(computed_at__isnull=False) & ~Q(inputs_sha256=""),
                name="shadow_run_is_named_once_computed",
            ),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")),
                name="shadow_run_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"Shadow run of {self.slug}, version {self.version}"


class ShadowResult(VisibleModel):
    """What the coming version says of one result on record.

    `rag` is empty, and `detail` says why, where the inputs of the stored run could not be had.
    """

    sponsor_path = "engagement__sponsor"
    vendor_path = "engagement__vendor"
    insert_only = True

    run = models.ForeignKey(ShadowRun, on_delete=models.PROTECT, related_name="results")
    result = models.ForeignKey(KpiResult, on_delete=models.PROTECT, related_name="shadows")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, related_name="+")
    period_start = models.DateField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    value = models.FloatField(null=True)
    rag = models.CharField(max_length=20, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "result"], name="shadow_result_once_per_run")
        ]

    def __str__(self) -> str:
        return f"{self.result} beside {self.rag or 'nothing'}"
