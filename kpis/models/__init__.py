"""What is kept of submissions and results: one file per subject."""

from kpis.models.agreed import AgreedLimits, ChosenKpi
from kpis.models.answer import CellComment, CellCorrection, Dispute, MarkedFile
from kpis.models.calendar import Reminder, TemplateIssue, Waiver
from kpis.models.check import Check, Problem, SubmittedTable
from kpis.models.comparison import Comparison, TableComparison
from kpis.models.limits import IntakeLimit
from kpis.models.profile import SourceProfile
from kpis.models.recomputation import (
    Recomputation,
    RecomputedDifference,
    RecomputedPart,
)
from kpis.models.result import CurrentRun, DefinitionSnapshot, KpiResult, SnapshotRun
from kpis.models.shadow import ShadowResult, ShadowRun
from kpis.models.submission import Submission, SubmittedFile

__all__ = [
    "AgreedLimits",
    "CellComment",
    "CellCorrection",
    "Check",
    "ChosenKpi",
    "Comparison",
    "CurrentRun",
    "DefinitionSnapshot",
    "Dispute",
    "IntakeLimit",
    "KpiResult",
    "MarkedFile",
    "Problem",
    "Recomputation",
    "RecomputedDifference",
    "RecomputedPart",
    "Reminder",
    "ShadowResult",
    "ShadowRun",
    "SnapshotRun",
    "SourceProfile",
    "Submission",
    "SubmittedFile",
    "SubmittedTable",
    "TableComparison",
    "TemplateIssue",
    "Waiver",
]
