"""What the authority was told: which transfers of obligations an IND submission listed."""

from django.db import models

from studies.models.function import Function
from studies.models.study import Study
from vendors.access import VisibleModel
from vendors.models import Vendor
from vendors.regions import Region


class IndSubmission(VisibleModel):
    """One submission to the IND that lists transferred obligations (21 CFR 312.52(a), 1571).

    It lists everything that was transferred when it was sent: what it does not name, the authority
    takes for not transferred. Only the sponsor's own people see it.
    """

    sponsor_path = "study__sponsor"

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="ind_submissions")
    serial_number = models.CharField(max_length=40, help_text="Such as 0017.")
    submitted_on = models.DateField()
    form_revision = models.CharField(
        "revision of Form FDA 1571", max_length=40, blank=True, help_text="As printed on the form."
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["study", "-submitted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "serial_number"],
                name="ind_submission_once",
                violation_error_message="This serial number is already recorded for this study.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study.protocol_number}, IND submission {self.serial_number}"


class ReportedTransfer(VisibleModel):
    """One line of an IND submission: this obligation is transferred to this provider."""

    sponsor_path = "submission__study__sponsor"

    submission = models.ForeignKey(
        IndSubmission, on_delete=models.PROTECT, related_name="transfers"
    )
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="reported")
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="reported_transfers")
    region = models.CharField(max_length=20, choices=Region.choices, blank=True)

    class Meta:
        ordering = ["submission", "function__obligation__code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "function", "vendor", "region"],
                name="reported_transfer_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function} to {self.vendor}"
