"""What is kept of submissions and results: one file per subject."""

from kpis.models.check import Check, Problem, SubmittedTable
from kpis.models.result import CurrentRun, DefinitionSnapshot, KpiResult, SnapshotRun
from kpis.models.submission import Submission, SubmittedFile

__all__ = [
    "Check",
    "CurrentRun",
    "DefinitionSnapshot",
    "KpiResult",
    "Problem",
    "SnapshotRun",
    "Submission",
    "SubmittedFile",
    "SubmittedTable",
]
