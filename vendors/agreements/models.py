"""Agreements, their versions, and what a version says."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from vendors.access import VisibleModel


class Agreement(VisibleModel):
    """What a sponsor and a provider agreed, by name; its versions say what held when."""

    sponsor_path = "vendor__sponsor"
    vendor_path = "vendor"

    class Kind(models.TextChoices):
        CDA = "cda", "Confidentiality agreement (CDA)"
        MSA = "msa", "Master service agreement (MSA)"
        WORK_ORDER = "work-order", "Work order"
        SOW = "sow", "Statement of work (SOW)"
        QUALITY = "quality", "Quality agreement"
        SLA = "sla", "Service level agreement (SLA)"
        DPA = "dpa", "Data processing agreement (DPA)"
        TORO = "toro", "Transfer of regulatory obligations (TORO)"

    vendor = models.ForeignKey(
        "vendors.Vendor",
        on_delete=models.PROTECT,
        related_name="agreements",
        verbose_name="service provider",
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200, help_text="What both sides call it, such as WO-3.")
    under = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
        help_text="The agreement it belongs to, such as the MSA of a work order.",
    )

    class Meta:
        ordering = ["vendor__name", "kind", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "title"],
                name="agreement_title_once_per_vendor",
                violation_error_message="This provider already has an agreement of this title.",
            ),
            models.CheckConstraint(
                condition=~Q(under=F("id")),
                name="agreement_is_not_under_itself",
                violation_error_message="An agreement cannot belong to itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementVersion(VisibleModel):
    """One version of an agreement: what held from a day to a day, once both had signed it."""

    sponsor_path = "agreement__vendor__sponsor"
    vendor_path = "agreement__vendor"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    label = models.CharField("version", max_length=60, help_text="Such as 1.0 or Amendment 2.")
    change_reason = models.CharField(
        "why there is this version", max_length=300, blank=True, help_text="What it changes."
    )
    sponsor_signatory = models.CharField("signs for the sponsor", max_length=200, blank=True)
    sponsor_signed_on = models.DateField("signed by the sponsor on", null=True, blank=True)
    provider_signatory = models.CharField("signs for the provider", max_length=200, blank=True)
    provider_signed_on = models.DateField("signed by the provider on", null=True, blank=True)
    effective_on = models.DateField("effective from")
    expires_on = models.DateField(
        "last day", null=True, blank=True, help_text="Empty where it has no end."
    )
    terminated_on = models.DateField(null=True, blank=True)
    file_name = models.CharField(max_length=255, blank=True, editable=False)
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["agreement", "-effective_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "label"],
                name="agreement_version_once",
                violation_error_message="This agreement already has a version of this name.",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("effective_on")),
                name="agreement_version_ends_after_it_begins",
                violation_error_message="Its last day lies before the day it takes effect.",
            ),
            models.CheckConstraint(
                condition=(Q(sponsor_signed_on__isnull=True) | ~Q(sponsor_signatory=""))
                & (Q(provider_signed_on__isnull=True) | ~Q(provider_signatory="")),
                name="agreement_version_names_who_signed",
                violation_error_message="Name the person who signed.",
            ),
            models.CheckConstraint(
                condition=Q(file_name="", file_sha256="") | ~Q(file_name="") & ~Q(file_sha256=""),
                name="agreement_version_file_is_whole",
            ),
        ]

    def __str__(self) -> str:
        bare = self.label[:1].isdigit()  # "2.0", beside "Amendment 2", which names itself
        return f"{self.agreement}, {'version ' if bare else ''}{self.label}"

    @property
    def signed_on(self) -> date | None:
        """The day on which the second of both signatures was made, or None."""
        if self.sponsor_signed_on is None or self.provider_signed_on is None:
            return None
        return max(self.sponsor_signed_on, self.provider_signed_on)


class Clause(VisibleModel):
    """Whether a version has a clause on a subject that an inspector asks about, and where."""

    sponsor_path = "version__agreement__vendor__sponsor"
    vendor_path = "version__agreement__vendor"

    class Subject(models.TextChoices):
        GCP = "gcp", "Work according to GCP and the protocol"
        AUDIT = "audit", "Audit and inspection, at the provider too"
        SUBCONTRACTING = "subcontracting", "Subcontracting only with approval"
        SERIOUS_BREACH = "serious-breach", "Serious breaches: who reports, how fast"
        RETENTION = "retention", "Retention of essential records"
        DATA_OWNERSHIP = "data-ownership", "Ownership of data and systems"
        INTELLECTUAL_PROPERTY = "intellectual-property", "Intellectual property"
        CONFIDENTIALITY = "confidentiality", "Confidentiality and conflicts of interest"

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="clauses")
    subject = models.CharField(max_length=30, choices=Subject.choices)
    present = models.BooleanField("it has one")
    number = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "subject"], name="clause_subject_once"),
            models.CheckConstraint(
                condition=Q(present=False) | ~Q(number=""),
                name="clause_has_a_number",
                violation_error_message="Give the number of the clause.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_subject_display()


class CommunicationRule(VisibleModel):
    """One line of the communication plan: what is said to whom, how often or how fast."""

    sponsor_path = "version__agreement__vendor__sponsor"
    vendor_path = "version__agreement__vendor"

    class Kind(models.TextChoices):
        REGULAR = "regular", "Regular exchange"
        CONSULT = "consult", "The sponsor must be consulted before"
        INFORM = "inform", "The sponsor must be told"
        PROBLEM = "problem", "Agreed for the case that"

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="rules")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.CharField("about", max_length=200)
    what = models.CharField("what is done", max_length=300)
    cadence = models.CharField(
        "how often or how fast", max_length=120, help_text="Such as weekly, or within 24 hours."
    )
    channel = models.CharField(max_length=120, help_text="Such as team meeting, e-mail, telephone.")
    audience = models.CharField("who takes part", max_length=200)

    class Meta:
        ordering = ["kind", "subject", "pk"]

    def __str__(self) -> str:
        return self.subject


class EscalationStep(VisibleModel):
    """One rung of the escalation ladder: who on either side, and after how long the next."""

    sponsor_path = "version__agreement__vendor__sponsor"
    vendor_path = "version__agreement__vendor"

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="steps")
    level = models.PositiveSmallIntegerField(help_text="1 is where it begins.")
    when = models.CharField("when it is called", max_length=300)
    provider_role = models.CharField("of the provider", max_length=200)
    sponsor_role = models.CharField("of the sponsor", max_length=200)
    hours = models.PositiveIntegerField("hours to answer", help_text="Then the next level.")

    class Meta:
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "level"],
                name="escalation_level_once",
                violation_error_message="This level is already on the ladder.",
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, hours__gte=1),
                name="escalation_counts_from_one",
                violation_error_message="Levels and hours count from 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"Level {self.level}"
