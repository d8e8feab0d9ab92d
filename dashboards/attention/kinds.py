"""The kinds of thing that want attention: what each is called, and what the one click does."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vendors.access import Permission


class Turn(StrEnum):
    """Whose turn it is."""

    SPONSOR = "sponsor"
    CRO = "cro"
    BOTH = "both"


class Kind(StrEnum):
    """A kind of thing that wants attention, as filters list them."""

    KPI = "kpi"
    MISSING = "missing"
    LATE = "late"
    DECISION = "decision"
    REPAIR = "repair"
    DISPUTE = "dispute"
    RESTATEMENT = "restatement"
    BELIEF = "belief"
    CONFIRMATION = "confirmation"
    COVERAGE = "coverage"
    AGREEMENT = "agreement"
    QUALIFICATION = "qualification"


@dataclass(frozen=True)
class KindFacts:
    """The kind in words; whose turn; the verb of its button; the permission that its step needs."""

    label: str
    turn: Turn
    verb: str
    permission: Permission


P = Permission
KINDS: Mapping[Kind, KindFacts] = {
    Kind.KPI: KindFacts("KPI past a limit", Turn.BOTH, "Look", P.VIEW_DASHBOARDS),
    Kind.MISSING: KindFacts("Missing file", Turn.CRO, "Send", P.UPLOAD),
    Kind.LATE: KindFacts("Late file", Turn.CRO, "Finish", P.UPLOAD),
    Kind.DECISION: KindFacts("Waits for a decision", Turn.SPONSOR, "Decide", P.DECIDE),
    Kind.REPAIR: KindFacts("Waits for repair", Turn.CRO, "Mend", P.UPLOAD),
    Kind.DISPUTE: KindFacts("Unanswered dispute", Turn.SPONSOR, "Answer", P.DECIDE),
    Kind.RESTATEMENT: KindFacts("Unexplained restatement", Turn.SPONSOR, "Look", P.DECIDE),
    Kind.BELIEF: KindFacts("Green that is hard to believe", Turn.SPONSOR, "Ask", P.VIEW_DASHBOARDS),
    Kind.CONFIRMATION: KindFacts("Unconfirmed", Turn.SPONSOR, "Confirm", P.EDIT_REGISTER),
    Kind.COVERAGE: KindFacts("Flag of coverage", Turn.SPONSOR, "Mend", P.EDIT_REGISTER),
    Kind.AGREEMENT: KindFacts("Agreement", Turn.SPONSOR, "Renew", P.EDIT_REGISTER),
    Kind.QUALIFICATION: KindFacts("Qualification", Turn.SPONSOR, "Assess", P.EDIT_REGISTER),
}
