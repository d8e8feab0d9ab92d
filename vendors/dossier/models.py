"""The kinds of record about a service provider. Each holds from a day to a day; none is deleted."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from vendors.access import VisibleModel
from vendors.periods import overlapping, same
from vendors.regions import Region, region_label


class Tier(VisibleModel):
    """A step of the ladder from vendor to strategic partner, and when it held."""

    sponsor_path = "vendor__sponsor"

    class Step(models.TextChoices):
        VENDOR = "vendor", "Vendor"
        PREFERRED = "preferred", "Preferred provider"
        STRATEGIC = "strategic", "Strategic partner"

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, related_name="tiers")
    step = models.CharField(max_length=20, choices=Step.choices)
    from_date = models.DateField("from")
    until_date = models.DateField("last day", null=True, blank=True)

    class Meta:
        ordering = ["-from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="tier_ends_after_it_begins",
                violation_error_message="The last day lies before the first day.",
            ),
            ExclusionConstraint(
                name="tier_one_at_a_time",
                violation_error_message="Another step of the ladder holds in this period. End that "
                "one first.",
                expressions=[*same("vendor"), overlapping("from_date", "until_date")],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor}: {self.get_step_display()}"


class Qualification(VisibleModel):
    """One assessment of whether a provider can do what it is to do (E6(R3) 3.6.7).

    It qualifies from `assessed_on` to `valid_until`, both included, unless the outcome says no or
    a condition stands open.
    """

    sponsor_path = "vendor__sponsor"

    class Method(models.TextChoices):
        QUESTIONNAIRE = "questionnaire", "Questionnaire"
        REMOTE = "remote", "Remote assessment"
        ON_SITE = "on-site", "On-site assessment"

    class Outcome(models.TextChoices):
        QUALIFIED = "qualified", "Qualified"
        CONDITIONAL = "conditional", "Qualified with conditions"
        NOT_QUALIFIED = "not-qualified", "Not qualified"

    vendor = models.ForeignKey(
        "vendors.Vendor", on_delete=models.PROTECT, related_name="qualifications"
    )
    scope = models.CharField(max_length=300, help_text="Which services and places were assessed.")
    method = models.CharField(max_length=20, choices=Method.choices)
    assessed_on = models.DateField()
    assessor = models.CharField(max_length=200, help_text="Who assessed, by name.")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    conditions = models.TextField(blank=True, help_text="What must be met, and by when.")
    conditions_closed_on = models.DateField("conditions met on", null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    requalification_due = models.DateField("re-qualification due", null=True, blank=True)

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("assessed_on")),
                name="qualification_ends_after_assessment",
                violation_error_message="It would end before it was assessed.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="not-qualified") | Q(valid_until__isnull=False),
                name="qualification_has_an_end",
                violation_error_message="Say until when the provider is qualified.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="conditional") | ~Q(conditions=""),
                name="qualification_names_its_conditions",
                violation_error_message="Say which conditions must be met.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor}: {self.get_outcome_display().lower()}, {self.assessed_on}"


class Certificate(VisibleModel):
    """A certificate that the provider holds, such as ISO 9001:2015, with its expiry."""

    sponsor_path = "vendor__sponsor"
    vendor_path = "vendor"

    vendor = models.ForeignKey(
        "vendors.Vendor", on_delete=models.PROTECT, related_name="certificates"
    )
    standard = models.CharField(max_length=120, help_text="Such as ISO 9001:2015.")
    number = models.CharField(max_length=120, blank=True)
    issuer = models.CharField("issued by", max_length=200, blank=True)
    scope = models.CharField(max_length=300, blank=True, help_text="Places and services covered.")
    valid_from = models.DateField()
    valid_until = models.DateField()

    class Meta:
        ordering = ["standard", "-valid_until"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="certificate_ends_after_it_begins",
                violation_error_message="It would expire before it is valid.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.standard} of {self.vendor}"


class Contact(VisibleModel):
    """Whom to ask about a subject, on either side, and how they like to be asked."""

    sponsor_path = "vendor__sponsor"
    vendor_path = "vendor"

    class Side(models.TextChoices):
        PROVIDER = "provider", "Of the provider"
        SPONSOR = "sponsor", "Of the sponsor"

    class Channel(models.TextChoices):
        EMAIL = "e-mail", "E-mail"
        TELEPHONE = "telephone", "Telephone"
        VIDEO = "video", "Video call"
        CHAT = "chat", "Chat"
        MEETING = "meeting", "In the regular meeting"

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, related_name="contacts")
    subject = models.CharField(max_length=120, help_text="What they are asked about.")
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.PROVIDER)
    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail address", blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    channel = models.CharField("preferred channel", max_length=20, choices=Channel.choices)
    note = models.CharField(
        max_length=300, blank=True, help_text="Such as hours, or who stands in for them."
    )
    from_date = models.DateField("from")
    until_date = models.DateField("last day", null=True, blank=True)

    class Meta:
        ordering = ["subject", "side", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="contact_ends_after_it_begins",
                violation_error_message="The last day lies before the first day.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.subject}"


class SubcontractDecision(VisibleModel):
    """The sponsor's word on a sub-provider: approved for a service, or not (E6(R3) 3.6.9)."""

    sponsor_path = "vendor__sponsor"

    vendor = models.ForeignKey(
        "vendors.Vendor", on_delete=models.PROTECT, related_name="subcontract_decisions"
    )
    service = models.CharField(max_length=200, help_text="What it does for the provider above it.")
    approved = models.BooleanField("the sponsor approves")
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200, help_text="Who decided for the sponsor, by name.")
    conditions = models.TextField(blank=True)
    until_date = models.DateField(
        "approved until", null=True, blank=True, help_text="Empty while it lasts."
    )

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("decided_on")),
                name="subcontract_decision_ends_after_it_begins",
                violation_error_message="The approval would end before it was given.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.vendor}: {self.service}"


class ServiceOffered(VisibleModel):
    """A service that the provider offers, and where."""

    sponsor_path = "vendor__sponsor"
    vendor_path = "vendor"

    vendor = models.ForeignKey("vendors.Vendor", on_delete=models.PROTECT, related_name="services")
    service = models.CharField(max_length=200, help_text="Such as clinical monitoring.")
    region = models.CharField(
        max_length=20, choices=Region.choices, blank=True, help_text="Empty: everywhere."
    )
    note = models.CharField(max_length=300, blank=True)
    from_date = models.DateField("from")
    until_date = models.DateField("last day", null=True, blank=True)

    class Meta:
        ordering = ["service", "region", "-from_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="service_offered_ends_after_it_begins",
                violation_error_message="The last day lies before the first day.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service}, {region_label(self.region)}"
