"""KPI results: written once and never changed. Which one is current is a pointer beside them."""

from django.db import models

from kpis.models.submission import Submission
from studies.models import Engagement, Study
from vendors.access import VisibleModel


class DefinitionSnapshot(VisibleModel):
    """A KPI definition as it was when first used. One meaning per version, for good."""

    shared_by_members = True
    insert_only = True

    slug = models.SlugField(max_length=80)
    version = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    first_used_at = models.DateTimeField()

    class Meta:
        ordering = ["slug", "version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="definition_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.slug}, version {self.version}"


class SnapshotRun(VisibleModel):
    """One computation for an engagement's study and period, from named inputs.

    `inputs_sha256` covers the tables, cut-off dates and definitions used: the same inputs are
    computed once. `study` is empty for the roll-up over the engagement's studies.
    """

    sponsor_path = "engagement__sponsor"
    vendor_path = "engagement__vendor"
    insert_only = True

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="runs")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, related_name="runs")
    period_start = models.DateField()
    data_cutoff_date = models.DateField()
    inputs_sha256 = models.CharField(max_length=64, unique=True)
    computed_at = models.DateTimeField()
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, null=True, related_name="runs"
    )
    site_results_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Sealed Parquet table of results by site."
    )
    own_tables = models.JSONField(
        default=dict,
        db_default={},
        help_text="Tables that this application keeps itself, as read: name to both hashes.",
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Run {self.pk}"


class KpiResult(VisibleModel):
    """One KPI for one scope and period, with what it was computed from."""

    sponsor_path = "engagement__sponsor"
    vendor_path = "engagement__vendor"
    insert_only = True

    run = models.ForeignKey(SnapshotRun, on_delete=models.PROTECT, related_name="results")
    definition = models.ForeignKey(
        DefinitionSnapshot, on_delete=models.PROTECT, related_name="results"
    )
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="results")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, related_name="results")
    country = models.CharField(max_length=60, blank=True)
    period_start = models.DateField()
    data_cutoff_date = models.DateField()
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    value = models.FloatField(null=True)
    rag = models.CharField(max_length=20)
    limits = models.JSONField(
        null=True, help_text="The agreed limits that judged it; null: the definition's own."
    )
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "definition", "study", "country"],
                nulls_distinct=False,
                name="result_once_per_run_and_scope",
            )
        ]

    def __str__(self) -> str:
        return f"{self.definition}: {self.rag}"


class CurrentRun(VisibleModel):
    """Which run is current for an engagement's study and period: the one row that moves."""

    sponsor_path = "engagement__sponsor"
    vendor_path = "engagement__vendor"

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="current_runs"
    )
    study = models.ForeignKey(
        Study, on_delete=models.PROTECT, null=True, related_name="current_runs"
    )
    period_start = models.DateField()
    run = models.OneToOneField(SnapshotRun, on_delete=models.PROTECT, related_name="current")

    class Meta:
        indexes = [
            models.Index(
                fields=["period_start", "engagement", "study"], name="current_run_by_month"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "study", "period_start"],
                nulls_distinct=False,
                name="one_current_run_per_scope",
            )
        ]

    def __str__(self) -> str:
        return f"{self.run}, {self.period_start:%b %Y}"
