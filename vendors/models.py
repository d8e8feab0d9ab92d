"""Sponsors, CROs and other service providers, and people's memberships in them."""

from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate

from vendors.access import CRO_ROLES, Role, VisibleModel, VisibleQuerySet
from vendors.agreements.models import Agreement as Agreement
from vendors.agreements.models import AgreementVersion as AgreementVersion
from vendors.agreements.models import Clause as Clause
from vendors.agreements.models import CommunicationRule as CommunicationRule
from vendors.agreements.models import EscalationStep as EscalationStep
from vendors.dossier.models import Certificate as Certificate
from vendors.dossier.models import Contact as Contact
from vendors.dossier.models import Qualification as Qualification
from vendors.dossier.models import ServiceOffered as ServiceOffered
from vendors.dossier.models import SubcontractDecision as SubcontractDecision
from vendors.dossier.models import Tier as Tier
from vendors.periods import check_period, overlapping, same
from vendors.tokens.models import IdempotencyKey as IdempotencyKey
from vendors.tokens.models import ServiceToken as ServiceToken


class Sponsor(VisibleModel):
    """The organisation that stays answerable for its trials (E6(R3) 3.6, 21 CFR 312.50).

    Two may bear one name: a refusal would tell a stranger that the other is here.
    """

    sponsor_path = "pk"
    # A CRO sees the name of the sponsor it works for.
    vendor_path = "vendors"

    class Size(models.TextChoices):
        LARGE = "large", "Large pharmaceutical company"
        MID_SIZE = "mid-size", "Mid-size company"
        EMERGING = "emerging", "Emerging or virtual company"
        MEDTECH = "medtech", "Medical devices and diagnostics"

    name = models.CharField(max_length=200)
    country = models.CharField(
        "country of its seat",
        max_length=80,
        blank=True,
        help_text="Its public holidays count when due days are counted.",
    )
    size = models.CharField(
        "kind of organisation",
        max_length=20,
        choices=Size.choices,
        blank=True,
        help_text="What a new engagement proposes to delegate depends on it.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def organisations(self) -> tuple[int | None, int | None]:
        """Return itself: the CROs of a sponsor are many."""
        return self.pk, None


class Vendor(VisibleModel):
    """A CRO or another service provider, as it stands in one sponsor's register.

    A CRO that works for two sponsors stands in two registers: neither learns of the other.
    """

    sponsor_path = "sponsor"
    vendor_path = "pk"

    class Kind(models.TextChoices):
        CRO = "cro", "CRO"
        CENTRAL_LAB = "central-lab", "Central laboratory"
        IMAGING = "imaging", "Imaging core laboratory"
        IRT = "irt", "Randomisation and supply (IRT)"
        ECOA = "ecoa", "Electronic outcome assessment (eCOA)"
        SITE_NETWORK = "site-network", "Site network"
        OTHER = "other", "Other service provider"

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="vendors")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CRO)
    country = models.CharField(
        "country of its seat",
        max_length=80,
        blank=True,
        help_text="Its public holidays count when due days are counted.",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_providers",
        verbose_name="works under",
        help_text="The service provider that brought this one in, if it is a sub-provider.",
    )
    ended_on = models.DateField(
        "relationship ended on", null=True, blank=True, help_text="Empty while it lasts."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["sponsor", "name"],
                name="vendor_name_once_per_sponsor",
                violation_error_message="Your register already holds a service provider of this "
                "name.",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="vendor_is_not_its_own_sub_provider",
                violation_error_message="A service provider cannot work under itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(VisibleQuerySet):
    """Memberships by time."""

    def visible_to(self, user: Any) -> Self:
        """Keep those of the user's organisations; a sponsor also sees those of its CROs' people."""
        own = super().visible_to(user)
        if not getattr(user, "is_active", False):
            return own
        sponsors = user.memberships.current().filter(sponsor__isnull=False).values("sponsor")
        of_vendors = self.model._base_manager.filter(vendor__sponsor__in=sponsors)
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=of_vendors.values("pk")))

    def current(self) -> Self:
        """Keep those that hold today, by the database's clock: access is decided now."""
        today = TruncDate(Now())
        return self.filter(
            Q(until_date__isnull=True) | Q(until_date__gte=today), from_date__lte=today
        )


class Membership(VisibleModel):
    """A person's role in one sponsor or one vendor, from a day to a day.

    An inspector's account is a membership with a last day.
    """

    sponsor_path = "sponsor"
    vendor_path = "vendor"

    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="memberships", verbose_name="person"
    )
    sponsor = models.ForeignKey(
        Sponsor, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    vendor = models.ForeignKey(
        Vendor, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=30, choices=Role.choices)
    from_date = models.DateField("from")
    until_date = models.DateField("last day", null=True, blank=True)

    objects: ClassVar[Any] = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sponsor__isnull=False, vendor__isnull=True)
                & ~Q(role__in=sorted(CRO_ROLES))
                | Q(sponsor__isnull=True, vendor__isnull=False, role__in=sorted(CRO_ROLES)),
                name="membership_role_fits_one_organisation",
                violation_error_message="A CRO's people hold CRO roles; a sponsor's people hold "
                "the other roles.",
            ),
            models.CheckConstraint(
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                name="membership_ends_after_it_begins",
                violation_error_message="The last day lies before the first day.",
            ),
            ExclusionConstraint(
                name="membership_one_at_a_time",
                violation_error_message="This person already has a role there in this period. End "
                "that one first, or choose another period.",
                expressions=[
                    *same("user", "sponsor", "vendor"),
                    overlapping("from_date", "until_date"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    def clean(self) -> None:
        """Refuse a period that ends before it begins."""
        check_period(self, "from_date", "until_date")

    def organisations(self) -> tuple[int | None, int | None]:
        """Return the sponsor, for a CRO's person that of the CRO, and the CRO."""
        sponsor_id = self.vendor.sponsor_id if self.vendor is not None else self.sponsor_id
        return sponsor_id, self.vendor_id
