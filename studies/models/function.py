"""What a sponsor may delegate: the common taxonomy of functions and obligations, and its own."""

from django.db import models
from django.db.models import Q

from vendors.access import VisibleModel
from vendors.models import Sponsor

OWN = "own-"


class Function(VisibleModel):
    """A kind of trial work that can be delegated, such as data management, or an obligation.

    What the rules say of an obligation stands in `Obligation` beside it.

    Without a sponsor it is one of the common taxonomy: everybody sees it, KPIs refer to its slug,
    and it changes with the product alone. A sponsor's own is seen by that sponsor's people and by
    the CROs that do it; its slug begins with "own-", so that no KPI takes it for a common one.
    """

    sponsor_path = "sponsor"
    vendor_path = "delegations__engagement__vendor"
    shared_without_sponsor = True

    class Kind(models.TextChoices):
        FUNCTION = "function", "Function"
        OBLIGATION = "obligation", "Obligation"

    sponsor = models.ForeignKey(
        Sponsor, on_delete=models.PROTECT, null=True, related_name="functions"
    )
    kind = models.CharField(
        max_length=12, choices=Kind.choices, default=Kind.FUNCTION, editable=False
    )
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    description = models.CharField("what it covers", max_length=300, blank=True)
    critical = models.BooleanField(
        default=False,
        help_text="One provider alone for it, across all studies, is a risk worth seeing.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["sponsor", "slug"],
                nulls_distinct=False,
                name="function_slug_once_per_sponsor",
                violation_error_message="Your register already holds a function of this slug.",
            ),
            models.UniqueConstraint(
                fields=["sponsor", "name"],
                nulls_distinct=False,
                name="function_name_once_per_sponsor",
                violation_error_message="Your register already holds a function of this name.",
            ),
            models.CheckConstraint(
                condition=Q(sponsor__isnull=True) & ~Q(slug__startswith=OWN)
                | Q(sponsor__isnull=False, slug__startswith=OWN),
                name="function_slug_says_whose_it_is",
                violation_error_message=f"The slug of a sponsor's own function begins with {OWN}, "
                "and no other does.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def organisations(self) -> tuple[int | None, int | None]:
        """Return the sponsor whose own it is: the CROs that do a function may be many."""
        return self.sponsor_id, None
