"""What a submission is about, as files that say so themselves are held against it."""

from datetime import date

from kpis.due import asked_of
from kpis.engine.tables import LISTINGS
from kpis.models import Submission
from kpis.submissions.template.mark import version_of
from kpis.submissions.template.scope import Expected


def expected_of(submission: Submission, *, on: date) -> Expected:
    """Return what its files must say; the month is left open until the cut-off is confirmed."""
    due = asked_of(submission.engagement, submission.study_id, on=submission.period_start or on)
    types = [LISTINGS[name] for name in due.listings] if due else []
    period = submission.period_start
    month = f", {period:%B %Y}" if period else ""
    return Expected(
        engagement_id=submission.engagement_id,
        study_id=submission.study_id,
        period_start=period,
        about=f"{submission.scope_name} of {submission.engagement}{month}",
        version=version_of(types) if types else "",
    )
