"""Computing a portfolio again: what was asked for, its parts, and what came out differently."""

from django.db import models
from django.db.models import F, Q

from studies.models import Engagement, Study
from vendors.access import VisibleModel
from vendors.models import Sponsor, Vendor


class Recomputation(VisibleModel):
    """Somebody of a sponsor has the stored months of a scope computed again, with a reason.

    Without CRO and study it is about all of the sponsor's. One at a time is open: neither finished
    nor cancelled.
    """

    sponsor_path = "sponsor"

    class Kind(models.TextChoices):
        PROOF = "proof", "Prove that the stored results come out again"
        UPDATE = "update", "Compute what is new or changed"

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="recomputations")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, null=True, related_name="+")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, related_name="+")
    first_month = models.DateField()
    last_month = models.DateField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sponsor"],
                condition=Q(finished_at__isnull=True, cancelled_at__isnull=True),
                name="recomputation_one_open_per_sponsor",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recomputation_has_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    first_month__day=1, last_month__day=1, last_month__gte=F("first_month")
                ),
                name="recomputation_is_of_months",
            ),
            models.CheckConstraint(
                condition=Q(vendor__isnull=True) | Q(study__isnull=True),
                name="recomputation_of_a_cro_or_of_a_study",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(
                    cancelled_at__isnull=False, cancelled_by__isnull=False, finished_at__isnull=True
                ),
                name="recomputation_is_cancelled_wholly_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"Recomputation {self.pk}"


class RecomputedPart(VisibleModel):
    """The share of a recomputation that one worker does at once: a study, or what spans studies.

    `months` are the stored runs (of an update: the accepted submissions) in it, `again` those that
    came out as stored (of an update: with nothing new), `differing` the others (of an update: those
    newly computed), `not_possible` those that could not be computed. `results` counts the results
    that were computed. A part that was begun and not finished is done anew by another worker.
    """

    sponsor_path = "recomputation__sponsor"

    recomputation = models.ForeignKey(Recomputation, on_delete=models.PROTECT, related_name="parts")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, related_name="+")
    engagement = models.ForeignKey(
        Engagement,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Of what belongs to no one study.",
    )
    months = models.IntegerField()
    begun_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True)
    again = models.IntegerField(default=0)
    differing = models.IntegerField(default=0)
    not_possible = models.IntegerField(default=0)
    results = models.IntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recomputation", "study", "engagement"],
                nulls_distinct=False,
                name="recomputed_part_once",
            ),
            models.CheckConstraint(
                condition=Q(study__isnull=True, engagement__isnull=False)
                | Q(study__isnull=False, engagement__isnull=True),
                name="recomputed_part_of_a_study_or_an_engagement",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(
                    begun_at__isnull=False,
                    months=F("again") + F("differing") + F("not_possible"),
                ),
                name="recomputed_part_finished_accounts_for_its_months",
            ),
        ]

    def __str__(self) -> str:
        return str(self.study or self.engagement)


class RecomputedDifference(VisibleModel):
    """One figure that came out otherwise than it is stored, or a month that could not be computed.

    `what` names the figure; `country` and `site` are empty for the scope as a whole. `sentence`
    stands alone where nothing could be computed, and says why. Of an update, `stored` is what the
    results said that were current before.
    """

    sponsor_path = "part__recomputation__sponsor"
    insert_only = True

    part = models.ForeignKey(RecomputedPart, on_delete=models.PROTECT, related_name="differences")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="+")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, null=True, related_name="+")
    period_start = models.DateField()
    slug = models.SlugField(max_length=80, blank=True)
    country = models.CharField(max_length=60, blank=True)
    site = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=120, blank=True)
    stored = models.JSONField(null=True)
    computed = models.JSONField(null=True)
    sentence = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.slug or self.engagement}, {self.period_start:%b %Y}"
