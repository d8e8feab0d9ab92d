"""Greens of whole engagements that are hard to believe: signs of the engine, months in a row. Pure.

Asked of what an engagement reports over its studies: a portfolio of hundreds of studies would ask
too much of one page. The KPI page asks of every scope.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dashboards.attention.kinds import Kind
from dashboards.attention.matter import Matter
from dashboards.attention.places import Places
from dashboards.attention.weights import Severity
from dashboards.findings import plural
from dashboards.fractions import shown_value
from dashboards.links import address
from dashboards.periods import months_back, months_between
from dashboards.selectors.told import Run, Told
from kpis.agreed.judging import from_kept, judged_by
from kpis.definitions import catalogue, in_force
from kpis.engine.believable.history import WINDOW, History, PastMonth
from kpis.engine.believable.score import TITLES, Believability, believability
from kpis.engine.terms import RagStatus

DOUBT, HARD = 85, 60  # below these: worth a question; hard to believe


def of_belief(runs: Iterable[Run], places: Places, *, newest: date) -> Iterator[Matter]:
    """Yield each green of the newest month, at most one month old, that has a sign against it."""
    for engagement, months in whole(runs).items():
        period = max(months)
        place = places.of_engagement(engagement, None)
        if place is None or period < months_back(newest, 2)[0]:
            continue
        for slug, told, believed in doubted(months, period):
            definition = catalogue()[slug]
            value = shown_value(definition, told.value, told.longest_open)
            page = address("kpi", slug, engagement=engagement, period=period)
            seen = [one.period for sign in believed.signs for one in sign.evidence]
            functions = frozenset(definition.functions) & places.functions(engagement, None)
            hard = (believed.score or 0) < HARD
            yield Matter(
                key=f"belief {slug} {engagement}",
                kind=Kind.BELIEF,
                severity=Severity.HARD_TO_BELIEVE if hard else Severity.WORTH_A_QUESTION,
                what=f"{definition.name} is green at {value} and {believed.words}: "
                f"{places.named(place)}",
                place=place,
                link=page,
                act=f"{page}#believable",
                began=months[
                    min((one for one in seen if one in months), default=period)
                ].cutoff_date,
                since_words=_signs(believed),
                size=told.denominator or 1,
                functions=functions,
                critical=bool(functions & places.critical),
                silence_words="seen in the figures",
                mark=RagStatus.GREEN.value,
            )


def whole(runs: Iterable[Run]) -> Mapping[int, Mapping[date, Run]]:
    """Return the runs over all studies of each engagement, by month."""
    found: dict[int, dict[date, Run]] = defaultdict(dict)
    for run in runs:
        if run.study_id is None:
            found[run.engagement_id][run.period] = run
    return found


def doubted(months: Mapping[date, Run], period: date) -> Iterator[tuple[str, Told, Believability]]:
    """Yield the greens of a month that have a sign against them."""
    for slug, told in months[period].results.items():
        if told.rag != RagStatus.GREEN or slug not in catalogue():
            continue
        believed = believability(_history(months, period, slug, told))
        if believed.score is not None and believed.score < DOUBT:
            yield slug, told, believed


def _history(months: Mapping[date, Run], period: date, slug: str, told: Told) -> History:
    definition = judged_by(in_force(period)[slug], from_kept(told.limits))
    first = min(one for one in months if slug in months[one].results)
    span = [one for one in months_back(period, WINDOW) if one >= first]
    partner = catalogue().get(definition.balancing or "")
    return History(
        definition=definition,
        months=[_past(one, months.get(one), slug) for one in span],
        partner=partner,
        partner_months=[
            _past(one, months[one], partner.slug)
            for one in months_between(span[0], period)
            if partner is not None and one in months and partner.slug in months[one].results
        ],
    )


def _past(month: date, run: Run | None, slug: str) -> PastMonth:
    told = run.results.get(slug) if run else None
    if told is None:
        return PastMonth(month, RagStatus.MISSING, None)
    return PastMonth(
        month,
        RagStatus(told.rag),
        told.value,
        told.numerator,
        told.denominator,
        figures=told.detail,
    )


def _signs(believed: Believability) -> str:
    names = ", ".join(TITLES[one.name].lower() for one in believed.signs)
    return f"{plural(len(believed.signs), 'sign')}: {names}"
