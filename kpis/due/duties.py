"""What is due each month follows from the delegations and the catalogue; nobody types it twice.

A KPI told by study (`study` in its grain) is due wherever one of its functions is delegated.
Who reports how depends on the engagement model: a full-service engagement one submission per study,
an FSP engagement one across all its studies, a hybrid one per study and, for what belongs to no
study such as positions, one across.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial

from kpis.definitions import edition, in_force
from kpis.due.days import DueDay, Terms, due_day, last_day
from kpis.engine.choosing import definitions_for, fed_by_cro
from kpis.engine.definition import KpiDefinition
from kpis.engine.tables import LISTINGS
from kpis.engine.terms import Level
from studies.models import Engagement

ANY_TERMS = Terms()
NOTHING_CHOSEN: frozenset[str] = frozenset()
Sent = Callable[[set[str]], list[KpiDefinition]]


@dataclass(frozen=True)
class Choice:
    """A KPI of the library that is asked for from a month to a month (None: open end)."""

    slug: str
    from_month: date
    until_month: date | None

    def holds(self, period: date) -> bool:
        """Say whether it is asked for in the month."""
        return self.from_month <= period and (
            self.until_month is None or self.until_month >= period
        )


@dataclass(frozen=True)
class Duty:
    """A function that a CRO has on a study from a day to a day (None: open end).

    `choices` are the KPIs that the sponsor chose for the engagement besides those always asked.
    """

    engagement_id: int
    engagement_model: str
    study_id: int
    protocol_number: str
    function: str
    from_date: date
    until_date: date | None
    terms: Terms = ANY_TERMS
    choices: tuple[Choice, ...] = ()

    def chosen(self, period: date) -> frozenset[str]:
        """Return the KPIs that the sponsor chose for the engagement in that month."""
        return frozenset(one.slug for one in self.choices if one.holds(period))

    def covers(self, period: date) -> bool:
        """Say whether the duty holds on any day of the month."""
        begins = self.from_date <= last_day(period)
        # An engagement may have ended before a delegation under it begins.
        return begins and (
            self.until_date is None or self.until_date >= max(period, self.from_date)
        )


@dataclass(frozen=True)
class DueSubmission:
    """One submission due for a month: of an engagement, for a study or (None) across its studies.

    `slugs` are the KPIs it must feed, `listings` what they read.
    """

    engagement_id: int
    study_id: int | None
    slugs: frozenset[str]
    listings: frozenset[str]
    study_ids: frozenset[int] = field(default_factory=frozenset)
    terms: Terms = ANY_TERMS

    def due(self, period: date) -> DueDay:
        """Return by which day the month is due, and what moved it."""
        return due_day(period, self.terms)


def due_submissions(held: Iterable[Duty], *, period: date) -> tuple[DueSubmission, ...]:
    """Return what is due for the month, by engagement and study."""
    by_engagement: dict[tuple[int, str, Terms, frozenset[str]], dict[int, set[str]]] = {}
    for duty in held:
        if duty.covers(period):
            whose = (duty.engagement_id, duty.engagement_model, duty.terms, duty.chosen(period))
            studies = by_engagement.setdefault(whose, {})
            studies.setdefault(duty.study_id, set()).add(duty.function)
    found: list[DueSubmission] = []
    for (engagement_id, model, terms, chosen), studies in by_engagement.items():
        sent = partial(_sent, model, chosen, period)
        asked = _of_engagement(engagement_id, model, studies, sent)
        found += (replace(one, terms=terms) for one in asked)
    return tuple(found)


def applicable(
    model: str,
    functions: Iterable[str],
    chosen: Iterable[str] = NOTHING_CHOSEN,
    *,
    period: date,
) -> tuple[KpiDefinition, ...]:
    """Return the month's KPIs of an engagement of that model with those functions delegated."""
    return _applicable(model, frozenset(functions), frozenset(chosen), edition(period))


def chosen_for(held: Iterable[Duty], period: date) -> frozenset[str]:
    """Return the KPIs that the sponsor chose for the engagement of the duties in that month."""
    return frozenset().union(*(duty.chosen(period) for duty in held))


def by_study(definition: KpiDefinition) -> bool:
    """Tell whether the KPI is told by study; otherwise it belongs to the engagement alone."""
    return Level.STUDY in definition.grain


def taken_submissions(held: Iterable[Duty], *, period: date) -> tuple[DueSubmission, ...]:
    """Return what is due, and what is taken besides: of an FSP engagement also a study alone.

    A study's own submission goes before its rows in one that spans studies.
    """
    listed = tuple(held)
    due = due_submissions(listed, period=period)
    alone = due_submissions(
        (
            replace(duty, engagement_model=Engagement.Model.HYBRID)
            for duty in listed
            if duty.engagement_model == Engagement.Model.FSP
        ),
        period=period,
    )
    return (*due, *(one for one in alone if one.study_id is not None))


@cache
def _applicable(
    model: str, functions: frozenset[str], chosen: frozenset[str], day: date
) -> tuple[KpiDefinition, ...]:
    return definitions_for(
        in_force(day).values(), engagement_model=model, functions=functions, chosen=chosen
    )


def _of_engagement(
    engagement_id: int, model: str, studies: dict[int, set[str]], sent: Sent
) -> Sequence[DueSubmission]:
    everything = sent(set().union(*studies.values()))
    across = [one for one in everything if not by_study(one)]
    per_study = {
        study_id: [one for one in sent(functions) if by_study(one)]
        for study_id, functions in studies.items()
    }
    reporting = frozenset(study_id for study_id, found in per_study.items() if found)
    if model == Engagement.Model.FSP:
        joined = {one.slug: one for found in per_study.values() for one in found}
        whole = [*across, *joined.values()]
        return [_due(engagement_id, None, whole, reporting)] if whole else []
    due = [
        _due(engagement_id, study_id, found, frozenset({study_id}))
        for study_id, found in per_study.items()
        if found
    ]
    if across:
        due.append(_due(engagement_id, None, across, frozenset()))
    return due


def _sent(
    model: str, chosen: frozenset[str], period: date, functions: set[str]
) -> list[KpiDefinition]:
    """Return the applicable KPIs for which a CRO has to send something."""
    found = applicable(model, functions, chosen, period=period)
    return [one for one in found if fed_by_cro(one)]


def _due(
    engagement_id: int,
    study_id: int | None,
    definitions: Iterable[KpiDefinition],
    study_ids: frozenset[int],
) -> DueSubmission:
    chosen = tuple(definitions)
    return DueSubmission(
        engagement_id=engagement_id,
        study_id=study_id,
        slugs=frozenset(one.slug for one in chosen),
        listings=frozenset(name for one in chosen for name in one.listings if name in LISTINGS),
        study_ids=study_ids,
    )
