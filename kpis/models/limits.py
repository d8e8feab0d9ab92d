"""How large a file a sponsor takes; the installation's own ceilings are in the settings."""

from django.db import models
from django.db.models import Q

from vendors.access import VisibleModel
from vendors.models import Sponsor


class IntakeLimit(VisibleModel):
    """What one sponsor's administrator set; a sponsor without a row has the installation's."""

    sponsor_path = "sponsor"
    vendor_path = "sponsor__vendors"

    sponsor = models.OneToOneField(Sponsor, on_delete=models.PROTECT, related_name="intake_limit")
    max_megabytes = models.PositiveIntegerField()
    max_rows = models.PositiveIntegerField()
    max_sheets = models.PositiveIntegerField()
    max_compressed_ratio = models.PositiveIntegerField()
    max_seconds = models.PositiveIntegerField(help_text="Time to read one file.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    max_megabytes__gte=1,
                    max_rows__gte=1,
                    max_sheets__gte=1,
                    max_compressed_ratio__gte=10,
                    max_seconds__gte=5,
                ),
                name="intake_limits_leave_room",
            )
        ]

    def __str__(self) -> str:
        return f"Limits of {self.sponsor}"

    def organisations(self) -> tuple[int | None, int | None]:
        """Return the sponsor: the limits hold for all its CROs."""
        return self.sponsor_id, None
