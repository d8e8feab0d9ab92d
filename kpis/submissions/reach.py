"""Which studies a submission is about, and how files may name them."""

from kpis.models import Submission
from studies.models import Delegation, Study


def studies_of(submission: Submission) -> list[Study]:
    """Return the submission's study, or all that were ever delegated to its engagement."""
    if submission.study is not None:
        return [submission.study]
    delegated = Delegation.objects.filter(engagement=submission.engagement)
    return list(Study.objects.filter(pk__in=delegated.values("study")))


def spellings(study: Study) -> frozenset[str]:
    """Return how files may name the study, in lower case."""
    return frozenset(
        name.strip().casefold() for name in (study.protocol_number, *study.names_in_files)
    )
