"""How far a study is: the listings its progress is drawn from, as accepted for a month."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.periods import Asked
from dashboards.selectors.periods_there import periods_with_results
from dashboards.selectors.picture import last_month
from dashboards.selectors.sources import parts_of_runs, study_runs
from dashboards.selectors.tables import Tables, tables_of
from kpis.submissions.reach import spellings
from studies.models import Study

LISTINGS = (
    "enrolment",
    "participants",
    "sites",
    "site-start-up",
    "enrolment-plan",
    "study-milestones",
    "study-key-dates",
    "deviations",
)
STILL_ENROLLING = (Study.Status.START_UP, Study.Status.ENROLLING)


@dataclass(frozen=True)
class Progress:
    """What came for the month; `tables` None where nothing did.

    `enrolling` is what the register says today; it is asked where no listing tells the end.
    """

    study_id: int
    protocol_number: str
    period: date
    periods: tuple[date, ...]
    enrolling: bool
    tables: Tables | None


def study_progress(user: Any, *, asked: Asked, study_id: int) -> Progress | None:
    """Return a study's progress, None where the user does not see it. Six statements at most.

    Only of the user's own engagements. Raises storage.SealBroken for a table that was altered.
    """
    study: Any = Study.objects.visible_to(user).filter(pk=study_id).first()
    if study is None:
        return None
    periods = periods_with_results(user, asked=asked)
    period = asked.period or (periods[0] if periods else last_month(asked.day))
    runs = study_runs(user, asked=asked, first=period, last=period, study_id=study_id)
    parts = parts_of_runs(
        user,
        period=period,
        computed_at=max((run.computed_at for run in runs), default=None),
        engagement_ids=[run.engagement_id for run in runs],
        study=(study_id, spellings(study)),
    )
    return Progress(
        study_id=study.pk,
        protocol_number=study.protocol_number,
        period=period,
        periods=periods,
        enrolling=study.status in STILL_ENROLLING,
        tables=tables_of(parts, LISTINGS, of_study=True) if parts else None,
    )
