"""Source profiles: how a CRO's own export is read, confirmed once by a person and remembered."""

from django.db import models
from django.db.models import F, Q

from vendors.access import VisibleModel
from vendors.models import Vendor


class SourceProfile(VisibleModel):
    """One version of how one layout of a CRO's exports is read as one listing.

    A layout is known by `header_sha256`, the hash of its normalised header words. A version is
    never changed: another mapping is the next version, and the earlier one gets `ended_at`.
    """

    sponsor_path = "vendor__sponsor"
    vendor_path = "vendor"

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="source_profiles")
    name = models.CharField(max_length=120, help_text="What the CRO calls the report.")
    listing = models.CharField(max_length=60)
    header_sha256 = models.CharField(max_length=64)
    headers = models.JSONField(help_text="The header words in the order of the file.")
    version = models.PositiveIntegerField()
    mapping = models.JSONField(
        help_text="Column of ours → {header, unit, factor, date order, decimal sign, spellings}."
    )
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["vendor", "listing", "name", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "listing", "header_sha256", "version"],
                name="profile_version_once",
            ),
            models.UniqueConstraint(
                fields=["vendor", "listing", "header_sha256"],
                condition=Q(ended_at__isnull=True),
                name="profile_one_in_force_per_layout",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(
                    ended_at__isnull=False, ended_by__isnull=False, ended_at__gte=F("confirmed_at")
                ),
                name="profile_end_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"
