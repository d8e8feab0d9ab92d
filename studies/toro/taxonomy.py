"""What a document lists: the functions and obligations of a study, with their citations."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from studies.models import Function, Obligation, Study

FUNCTIONS = "Functions"
OWN = "Obligations of the sponsor's own"


@dataclass(frozen=True)
class Item:
    """One function or obligation; `code` and `citation` are empty where there is none.

    `listable`: wholly or partly an obligation of 21 CFR Part 312 that may be transferred.
    """

    pk: int
    code: str
    name: str
    group: str
    citation: str
    part312: bool
    transferable: bool

    @property
    def title(self) -> str:
        """Its name, after its code."""
        return f"{self.code} {self.name}".strip()

    @property
    def listable(self) -> bool:
        """Whether an IND submission has to list its transfer."""
        return self.part312 and self.transferable


def items_of(*, user: Any, study: Study) -> tuple[Item, ...]:
    """Return functions by name, then obligations by code; one statement.

    Also what can never be transferred: a document names it in a sentence.
    """
    usable = Q(sponsor__isnull=True) | Q(sponsor=study.sponsor_id)
    found = Function.objects.visible_to(user).filter(usable).select_related("obligation")
    device = study.product_type == Study.ProductType.DEVICE
    items = [_item(function, device) for function in found.order_by("name", "pk")]
    return tuple(sorted(items, key=lambda one: (one.group != FUNCTIONS, one.code)))


def _item(function: Function, device: bool) -> Item:
    obligation: Obligation | None = getattr(function, "obligation", None)
    if obligation is None:
        group = FUNCTIONS if function.kind == Function.Kind.FUNCTION else OWN
        return Item(function.pk, "", function.name, group, "", False, True)
    return Item(
        pk=function.pk,
        code=obligation.code,
        name=function.name,
        group=obligation.group,
        citation=_citation(obligation, device),
        part312=not device and obligation.part312 != Obligation.Part312.NO,
        transferable=obligation.transferable,
    )


def _citation(obligation: Obligation, device: bool) -> str:
    rule = obligation.device_citation if device else obligation.drug_citation
    if rule[:1].isdigit() or rule.startswith("Part"):
        rule = f"21 CFR {rule}"
    gcp = obligation.gcp_citation and f"ICH E6(R3) {obligation.gcp_citation}"
    return "; ".join(part for part in (rule, gcp, obligation.other_citation) if part)
