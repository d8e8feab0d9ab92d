"""One delegation for its page, with what the rules say of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from oversight.audit_trail.history import last_change_id
from studies.answers import Holding
from studies.fda import NO_DEVICE_RULE, fda_holder, how_words, is_device
from studies.models import Delegation
from studies.selectors.parties import RELATED, Party, party_of
from studies.selectors.taxonomy import rule_of, title_of
from vendors.register.pages import acts_for_sponsor

RELATED_OF_PAGE = ("study__sponsor", "function__obligation", *RELATED)


@dataclass(frozen=True)
class DelegationPage:
    """A delegation and what hangs on it; `fda` is empty where Part 312 does not ask.

    `own`: the reader is of the sponsor. `seen` is the fingerprint of the record as shown.
    """

    party: Party
    study: str
    function: str
    sponsor: str
    how: str
    fda: str
    device_note: str
    own: bool
    seen: int


def delegation_page(*, user: Any, delegation: Delegation, today: date) -> DelegationPage:
    """Gather the page of one delegation; expects what `RELATED_OF_PAGE` names at hand."""
    study, function = delegation.study, delegation.function
    party = party_of(delegation, today=today)
    rule = rule_of(function)
    return DelegationPage(
        party=party,
        study=str(study),
        function=title_of(function),
        sponsor=str(study.sponsor),
        how=how_words(party.kind_label, study.product_type),
        fda=fda_holder(
            product_type=study.product_type,
            part312=rule.part312 if rule else "",
            holding=Holding(party.kind),
            vendors=(party.vendor,),
            sponsor=str(study.sponsor),
        ),
        device_note=NO_DEVICE_RULE if rule and is_device(study.product_type) else "",
        own=acts_for_sponsor(user, study.sponsor_id),
        seen=last_change_id(delegation),
    )
