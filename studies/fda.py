"""Who holds an obligation in the eyes of FDA, which is not who is accountable in the end. Pure.

For drugs, a CRO that assumed an obligation in writing answers to FDA for it (21 CFR 312.52(b));
what is not described in writing is deemed not transferred. 21 CFR 812 has no such rule: for a
device study tasks are delegated, and the sponsor holds every obligation. To be confirmed by
regulatory affairs, as every citation is.
"""

from collections.abc import Iterable

from studies.answers import Holding
from studies.models import Obligation, Study

NO_DEVICE_RULE = (
    "21 CFR 812 has no rule by which obligations are transferred: on a device study tasks are "
    "delegated, and the sponsor holds every obligation."
)


def is_device(product_type: str) -> bool:
    """Say whether a study is of a device, where nothing is transferred."""
    return product_type == Study.ProductType.DEVICE


def heading_for(product_type: str) -> str:
    """Name what a study's delegations are."""
    return "Delegation of tasks" if is_device(product_type) else "Transfer of obligations"


def how_words(label: str, product_type: str) -> str:
    """Say how a function is held: on a device study nothing is called transferred."""
    if is_device(product_type):
        return label.replace("Transferred to", "Delegated to")
    return label


def fda_holder(
    *,
    product_type: str,
    part312: str,
    holding: Holding,
    vendors: Iterable[str],
    sponsor: str,
) -> str:
    """Return who holds it in FDA's eyes; empty where Part 312 does not ask.

    A shared obligation is named with both: FDA may take the CRO to have assumed all of it.
    """
    if is_device(product_type) or part312 in ("", Obligation.Part312.NO):
        return ""
    if holding == Holding.NOT_APPLICABLE:
        return ""
    named = tuple(dict.fromkeys(vendor for vendor in vendors if vendor))
    if holding == Holding.TRANSFERRED:
        return " and ".join(named)
    if holding == Holding.SHARED:
        return " and ".join((*named, sponsor))
    if holding == Holding.OVERLAP:
        return "not clear: " + ", ".join(named or (sponsor,))
    return sponsor
