"""Studies and their sites."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from vendors.access import VisibleModel
from vendors.models import Sponsor


class Study(VisibleModel):
    """A clinical trial of one sponsor, known by its protocol number."""

    sponsor_path = "sponsor"
    vendor_path = "delegations__engagement__vendor"

    class Phase(models.TextChoices):
        I = "1", "Phase I"  # noqa: E741  (the field writes phases in Roman numerals)
        II = "2", "Phase II"
        III = "3", "Phase III"
        IV = "4", "Phase IV"

    class ProductType(models.TextChoices):
        DRUG = "drug", "Drug or biologic"
        DEVICE = "device", "Device"

    class Status(models.TextChoices):
        START_UP = "start-up", "In start-up"
        ENROLLING = "enrolling", "Enrolling"
        TREATMENT = "treatment", "Enrolment closed, participants in the study"
        CLOSE_OUT = "close-out", "In close-out"
        COMPLETED = "completed", "Completed"

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="studies")
    protocol_number = models.CharField(max_length=60)
    title = models.CharField(max_length=300, blank=True)
    product_type = models.CharField(
        max_length=10,
        choices=ProductType.choices,
        default=ProductType.DRUG,
        help_text="21 CFR 312.52 transfers obligations for drugs; 21 CFR 812 has no such rule.",
    )
    phase = models.CharField(max_length=2, choices=Phase.choices, blank=True)
    therapeutic_area = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.START_UP)
    names_in_files = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        help_text="Other spellings by which CROs' exports call this study, separated by commas.",
    )

    class Meta:
        ordering = ["protocol_number"]
        verbose_name_plural = "studies"
        constraints = [
            models.UniqueConstraint(
                fields=["sponsor", "protocol_number"],
                name="study_protocol_number_once",
                violation_error_message="Your register already holds a study with this protocol "
                "number.",
            )
        ]

    def __str__(self) -> str:
        return self.protocol_number

    def organisations(self) -> tuple[int | None, int | None]:
        """Return the sponsor: the CROs of a study may be many."""
        return self.sponsor_id, None


class Site(VisibleModel):
    """An investigator site of one study. The number is text: 007 stays 007."""

    sponsor_path = "study__sponsor"
    vendor_path = "study__delegations__engagement__vendor"

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="sites")
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=60, blank=True)
    principal_investigator = models.CharField(max_length=200, blank=True)
    activated_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["study", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "number"],
                name="site_number_once_per_study",
                violation_error_message="This study already has a site with this number.",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True)
                | models.Q(activated_on__isnull=True)
                | models.Q(closed_on__gte=models.F("activated_on")),
                name="site_closes_after_it_opens",
                violation_error_message="The site closes before it was activated.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study.protocol_number}, site {self.number}"

    def organisations(self) -> tuple[int | None, int | None]:
        """Return the sponsor of the study."""
        return self.study.sponsor_id, None
