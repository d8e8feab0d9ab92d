"""What portfolio, CRO and study page are drawn from, in a fixed number of statements."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from dashboards.periods import Asked, months_back
from dashboards.selectors.due import due_of, holdings_of, known, month_of
from dashboards.selectors.engagement_facts import EngagementFact as EngagementFact
from dashboards.selectors.engagement_facts import engagement_facts as engagement_facts
from dashboards.selectors.periods_there import periods_with_results
from dashboards.selectors.replaced import first_runs
from dashboards.selectors.results import Results, results_of
from dashboards.selectors.runs import RunFact, runs_shown
from dashboards.selectors.shown import Picture as Picture
from kpis.definitions import in_force
from kpis.due import Held
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Asked as AskedOf
from kpis.standing import Standings

MONTHS_SHOWN = 12


def picture(
    user: Any,
    *,
    asked: Asked,
    study_id: int | None = None,
    wide: bool = False,
    **engagements: Any,
) -> Picture | None:
    """Load the picture; `engagements` are conditions on Engagement. None: no engagement at all.

    With `study_id` only what belongs to that study, and without what was restated. A `wide`
    picture is for many studies at once: of them only the period and the month before it, and of
    files only the period. Nine statements at most. Without a period asked for, it is the latest
    with a result.
    """
    facts = engagement_facts(user, on=asked.day, **engagements)
    if not facts:
        return None
    ids = {fact.id for fact in facts}
    # Of everything that the reader sees there is no need to name it.
    some = bool(engagements)
    periods = periods_with_results(user, asked=asked)
    period = asked.period or (periods[0] if periods else last_month(asked.day))
    months = months_back(period, MONTHS_SHOWN)
    scope: dict[str, Any] = {"engagement_id__in": ids} if some else {}
    span: dict[str, Any] = {"asked": asked, "first": months[0], "last": period}
    held = holdings_of(user, ids if some else None)
    came = known(user, asked=asked, first=period if wide else months[0], last=period, **scope)
    due = due_of(held, asked=asked, period=period, came=came)
    if study_id is not None:
        scope["study_id"] = study_id
    narrow = [Q(study=None) | Q(period_start__gte=months[-2])] if wide else []
    runs = runs_shown(user, *narrow, **span, **scope)
    first = _replaced(user, asked, period, came) if study_id is None else ()
    counted = {run.id for run in runs}
    results, replaced = results_of(runs, [run for run in first if run.id not in counted])
    return Picture(
        asked=asked,
        period=period,
        months=months,
        periods=periods,
        definitions=_shown(held, results, period),
        engagements=facts,
        holdings=held,
        due=tuple(one for one in due if study_id in (None, one.study_id, *one.entry.due.study_ids)),
        standings=came,
        results=results,
        replaced=replaced,
        of_study=study_id,
    )


def _replaced(user: Any, asked: Asked, period: date, came: Standings) -> tuple[RunFact, ...]:
    """Return the first runs of what was restated in the period; no statement for nothing."""
    restated = {key[0] for key, one in came.came.items() if one.restated and key[2] == period}
    if not restated:
        return ()
    return first_runs(user, asked=asked, period=period, engagements=restated)


def _shown(held: Iterable[Held], results: Results, period: date) -> tuple[KpiDefinition, ...]:
    """Return what is asked of everybody, what was chosen and what has results: not the library."""
    slugs = set().union(
        *(month_of(one, period).chosen for one in held),
        *(run.rows.keys() for run in results.of_run.values()),
    )
    return tuple(
        one for one in in_force(period).values() if one.asked is AskedOf.ALWAYS or one.slug in slugs
    )


def last_month(day: date) -> date:
    """Return the last month that is over on that day."""
    return months_back(day.replace(day=1), 2)[0]
