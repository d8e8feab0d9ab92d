"""Obligations: what the rules ask of a sponsor, each with its citations and whether it may move."""

from django.db import models

from studies.models.function import Function
from vendors.access import VisibleModel


class Obligation(VisibleModel):
    """What makes a row of the taxonomy an obligation: where it is written, and if it may move.

    The row itself is a Function of kind obligation, so that one delegation serves both. Citations
    are to be confirmed by regulatory affairs before anybody relies on them; pages say so.
    A catalogue's row is never changed by a release: a later edition adds rows of its own.
    """

    sponsor_path = "function__sponsor"
    vendor_path = "function__delegations__engagement__vendor"
    shared_without_sponsor = True

    class Part312(models.TextChoices):
        YES = "yes", "Part 312 obligation"
        PARTLY = "partly", "Partly a Part 312 obligation"
        NO = "no", "Not a Part 312 obligation"

    function = models.OneToOneField(
        Function, on_delete=models.PROTECT, related_name="obligation", primary_key=True
    )
    code = models.CharField(max_length=12)
    group = models.CharField(max_length=60)
    edition = models.PositiveSmallIntegerField(default=1)
    drug_citation = models.CharField("21 CFR, drugs", max_length=200, blank=True)
    device_citation = models.CharField("21 CFR, devices", max_length=200, blank=True)
    gcp_citation = models.CharField("ICH E6(R3)", max_length=200, blank=True)
    other_citation = models.CharField("EU and others", max_length=200, blank=True)
    part312 = models.CharField(max_length=10, choices=Part312.choices, default=Part312.NO)
    transferable = models.BooleanField(
        default=True, help_text="Some duties can never be transferred by a sponsor."
    )
    practice = models.CharField(max_length=300, blank=True, help_text="What is usual.")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.function.name}"

    @property
    def products(self) -> str:
        """Which products the citations are written for, in words."""
        named = (("drugs", self.drug_citation), ("devices", self.device_citation))
        return " and ".join(words for words, citation in named if citation) or "all products"

    @property
    def regions(self) -> str:
        """Where the citations hold, in words."""
        named = (
            ("United States", self.drug_citation or self.device_citation),
            ("EU and others", self.other_citation),
            ("ICH", self.gcp_citation),
        )
        return ", ".join(words for words, citation in named if citation) or "the sponsor's own rule"

    def organisations(self) -> tuple[int | None, int | None]:
        """Return the sponsor whose own it is: the CROs that do it may be many."""
        return self.function.sponsor_id, None
