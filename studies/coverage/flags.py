"""The flags, the rule behind each, and a finding: one fault in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    """One kind of fault, the gravest for an inspector first."""

    GAP = "gap"
    OVERLAP = "overlap"
    LATE = "late"
    EXPIRED = "expired"
    UNQUALIFIED = "unqualified"
    UNAPPROVED_SUBCONTRACT = "unapproved-subcontract"
    UNREPORTED = "unreported"
    DECISION_GAP = "decision-gap"
    SINGLE_SOURCE = "single-source"
    KPI_LESS = "kpi-less"

    @property
    def label(self) -> str:
        """The flag in words."""
        return RULES[self].label

    @property
    def rule(self) -> "Rule":
        """What the flag rests on."""
        return RULES[self]


@dataclass(frozen=True)
class Rule:
    """A rule in a sentence; the citation is to be confirmed by regulatory affairs.

    An empty citation: good practice, no rule of an authority.
    """

    label: str
    sentence: str
    citation: str


RULES: Mapping[Flag, Rule] = {
    Flag.GAP: Rule(
        "Gap",
        "What is not described in writing stays with the sponsor; a named person confirms it.",
        "21 CFR 312.52(a); ICH E6(R3) 3.6.4",
    ),
    Flag.OVERLAP: Rule(
        "Overlap",
        "On every day there is one holder, or a split that says who does what.",
        "21 CFR 312.52(a); ICH E6(R3) 3.6.1",
    ),
    Flag.LATE: Rule(
        "Late contract",
        "The agreement is signed by both before the work begins.",
        "ICH E6(R3) 3.6.1",
    ),
    Flag.EXPIRED: Rule(
        "Expired",
        "The version of the agreement that describes the work is in force while it is done.",
        "ICH E6(R3) 3.6.1, 3.6.2",
    ),
    Flag.UNQUALIFIED: Rule(
        "Unqualified",
        "Who holds or performs the work has been assessed as suitable, and the assessment holds.",
        "ICH E6(R3) 3.6.7",
    ),
    Flag.UNAPPROVED_SUBCONTRACT: Rule(
        "Unapproved subcontract",
        "The sponsor has approved each provider to which work is passed on.",
        "ICH E6(R3) 3.6.9",
    ),
    Flag.UNREPORTED: Rule(
        "Unreported",
        "The authority is told which obligations are transferred, and to whom.",
        "21 CFR 312.23(a)(1)(viii), 312.52(a)",
    ),
    Flag.DECISION_GAP: Rule(
        "Decision gap",
        "For each activity of the trial somebody is named who decides in the end.",
        "FDA CP 7348.810, outsourced services",
    ),
    Flag.SINGLE_SOURCE: Rule(
        "Single source",
        "A critical function that one provider alone does stops everywhere when it stops there.",
        "ICH E6(R3) 3.10.1.1",
    ),
    Flag.KPI_LESS: Rule(
        "No KPI",
        "The sponsor oversees what it has delegated; what nobody measures is not overseen.",
        "ICH E6(R3) 3.6.8, 3.6.9",
    ),
}


@dataclass(frozen=True)
class Touch:
    """Where a finding shows: a function on a study, and the delegation where there is one."""

    study: int
    function: int
    delegation: int | None = None


@dataclass(frozen=True)
class Mend:
    """The page on which the fault is mended: its name and what fills in its address."""

    words: str
    page: str
    pk: int | None = None
    query: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Finding:
    """One fault. `subject` tells it from others of its flag, also on another day.

    `providers` are those it is about; `touches` are in the order of studies and functions.
    """

    flag: Flag
    sentence: str
    subject: tuple[int | str | None, ...]
    touches: tuple[Touch, ...]
    providers: tuple[int, ...]
    mend: Mend
