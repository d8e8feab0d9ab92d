"""The weights of the ranking: the one table, which the page shows as it stands here.

Defaults from experience, no industry standard. Each factor is at least the smallest weight of its
table, so that nothing is multiplied away.
"""

from collections.abc import Mapping
from enum import StrEnum


class Severity(StrEnum):
    """How grave a matter is by itself; the value names it."""

    RED = "KPI past its red limit"
    AMBER = "KPI past its amber limit"
    HARD_TO_BELIEVE = "green that is hard to believe"
    WORTH_A_QUESTION = "green that is worth a question"
    MISSING = "file that did not come"
    LATE = "file that lies unfinished past its day"
    DECISION = "submission that waits for a decision"
    REPAIR = "submission to be mended in time"
    DISPUTE = "dispute without an answer"
    RESTATEMENT = "restatement without a reason"
    GAP = "held by nobody, or confirmed by nobody"
    OVERLAP = "held by two without a split"
    LATE_CONTRACT = "work before its agreement"
    UNAPPROVED = "subcontract without approval"
    UNREPORTED = "transfer the authority was not told"
    UNDECIDED = "nobody named who decides"
    SINGLE_SOURCE = "one provider alone for a critical function"
    UNMEASURED = "delegated work that nothing measures"
    LAPSED = "agreement that is over while work goes on"
    ENDING = "agreement or qualification that ends soon"
    UNQUALIFIED = "provider without a qualification that holds"
    CONDITIONS = "qualification with open conditions"

    @property
    def sentence(self) -> str:
        """The severity as a line of a table begins."""
        return self.value[:1].upper() + self.value[1:]


SEVERITIES: Mapping[Severity, float] = {
    Severity.RED: 6.0,
    Severity.UNQUALIFIED: 5.0,
    Severity.LAPSED: 5.0,
    Severity.MISSING: 4.0,
    Severity.HARD_TO_BELIEVE: 4.0,
    Severity.OVERLAP: 4.0,
    Severity.UNAPPROVED: 4.0,
    Severity.UNREPORTED: 4.0,
    Severity.DECISION: 4.0,
    Severity.DISPUTE: 4.0,
    Severity.LATE: 3.0,
    Severity.RESTATEMENT: 3.0,
    Severity.LATE_CONTRACT: 3.0,
    Severity.AMBER: 2.0,
    Severity.REPAIR: 2.0,
    Severity.GAP: 2.0,
    Severity.ENDING: 2.0,
    Severity.CONDITIONS: 2.0,
    Severity.WORTH_A_QUESTION: 2.0,
    Severity.UNDECIDED: 1.5,
    Severity.SINGLE_SOURCE: 1.5,
    Severity.UNMEASURED: 1.5,
}

# What participants' safety rests on, and what the register marks as critical.
SAFETY = frozenset({"pharmacovigilance", "medical-monitoring", "post-market-surveillance"})
SAFETY_WEIGHT, CRITICAL_WEIGHT, OTHER_WEIGHT = 2.0, 1.5, 1.0

# Cases, KPIs or functions concerned: one counts 1, ten thousand and more count double.
LARGEST, LARGEST_WEIGHT = 10_000, 2.0

# Days since it began, or since its day passed: none counts 1, half a year and more count 3.
LONGEST_DAYS, LONGEST_WEIGHT = 180, 3.0
# Days until its day: today counts 1, three months and more count a half.
FURTHEST_DAYS, FURTHEST_WEIGHT = 90, 0.5

# Days since anybody said or did something about it: none counts 1, three months and more double.
SILENT_DAYS, SILENT_WEIGHT = 90, 2.0
