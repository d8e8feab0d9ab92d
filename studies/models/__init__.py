"""What is kept about the work: one file per subject."""

from studies.models.delegation import Delegation
from studies.models.engagement import Engagement
from studies.models.function import Function
from studies.models.ind_submission import IndSubmission, ReportedTransfer
from studies.models.obligation import Obligation
from studies.models.study import Site, Study

__all__ = [
    "Delegation",
    "Engagement",
    "Function",
    "IndSubmission",
    "Obligation",
    "ReportedTransfer",
    "Site",
    "Study",
]
