"""The closed lists a KPI definition chooses from, and the statuses a result can have.

Only names live here. What a status means for a value is decided in `rag.py`, what a time
semantics means for rows in the formulas.
"""

from enum import StrEnum


class RagStatus(StrEnum):
    """The state of one KPI result. Missing, zero, not applicable and not delegated all differ."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    INSUFFICIENT = "insufficient"  # the denominator is too small to judge
    MISSING = "missing"  # due and not there: a finding
    UNAVAILABLE = "unavailable"  # no source for the data exists yet
    NOT_APPLICABLE = "not-applicable"
    NOT_DELEGATED = "not-delegated"


class Kind(StrEnum):
    """What sort of indicator a definition describes."""

    KPI = "kpi"  # how well a process runs
    KRI = "kri"  # an early sign of risk, usually by site
    ACCEPTABLE_RANGE = "acceptable-range"  # declared per study; a breach needs a documented action


class Dimension(StrEnum):
    """The seven dimensions of oversight, in the order in which pages list them."""

    INTEGRATION = "integration"
    SCALABILITY = "scalability"
    TRANSPARENCY = "transparency"
    QUALITY_COMPLIANCE = "quality-compliance"
    TECHNOLOGY = "technology"
    GOVERNANCE = "governance"
    KNOWLEDGE_RETENTION = "knowledge-retention"


class Direction(StrEnum):
    """Which values are better."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"  # best between two limits, worse on either side


class Sides(StrEnum):
    """Where a unit may stand out when units are compared."""

    BOTH = "both"  # also far better than the others is a question
    WORSE = "worse"


class TimeSemantics(StrEnum):
    """Which cases belong to a period; the three must not be mixed."""

    FLOW = "flow"  # events within the period
    STOCK = "stock"  # what stands at the data cut-off
    COHORT = "cohort"  # cases that started or ended within the period


class ProvenanceKind(StrEnum):
    """Where a limit comes from."""

    CONTRACT = "contract"
    SPONSOR_STANDARD = "sponsor-standard"
    INDUSTRY = "industry"
    OWN_HISTORY = "own-history"
    DEFAULT = "default"  # from experience; nobody published it


class Unit(StrEnum):
    """The unit of a KPI's value; `wording.py` writes them."""

    PERCENT = "%"
    DAYS = "d"
    HOURS = "h"
    PER_100 = "per 100"
    PER_SITE_MONTH = "per site and month"
    COUNT = "n"
    RATIO = "ratio"
    SCORE = "score"
    CURRENCY = "currency"
    KILOGRAMS = "kg"


class Cadence(StrEnum):
    """How often a KPI is due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Asked(StrEnum):
    """When a KPI is part of an engagement."""

    ALWAYS = "always"  # wherever one of its functions is delegated
    WHEN_CHOSEN = "when-chosen"  # where the sponsor has chosen it besides


class EngagementModel(StrEnum):
    """How the sponsor buys the work; the words of `studies.Engagement.Model`."""

    FULL_SERVICE = "full-service"
    FSP = "fsp"
    HYBRID = "hybrid"


class Level(StrEnum):
    """The levels for which a KPI may be computed, finest first."""

    SITE = "site"
    COUNTRY = "country"
    STUDY = "study"
    ENGAGEMENT = "engagement"
    PORTFOLIO = "portfolio"  # all CROs of a sponsor together
