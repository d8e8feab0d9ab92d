"""What is asked of one scope on a day, when files for it come in."""

from dataclasses import replace
from datetime import date

from kpis.due.duties import DueSubmission, taken_submissions
from kpis.due.loading import duties
from kpis.models import Waiver
from studies.models import Delegation, Engagement


def asked_of(engagement: Engagement, study_id: int | None, *, on: date) -> DueSubmission | None:
    """Return what may be submitted for that scope on a day, or None when nothing is.

    A listing that the sponsor waived for the month is not asked for. Where all of it is waived,
    what comes all the same is read as ever.
    """
    period = on.replace(day=1)
    rows = Delegation.objects.filter(engagement=engagement)
    taken = taken_submissions(duties(rows), period=period)
    found = next((one for one in taken if one.study_id == study_id), None)
    if found is None:
        return None
    waived = Waiver.objects.filter(
        engagement=engagement, study=study_id, period_start=period, taken_back_at=None
    ).values_list("listing", flat=True)
    return replace(found, listings=found.listings.difference(waived) or found.listings)
