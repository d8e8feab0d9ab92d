"""KPIs past a limit: the newest result of each scope, and how many months it has lasted. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dashboards.attention.handed import Handed
from dashboards.attention.kinds import Kind
from dashboards.attention.matter import Matter
from dashboards.attention.places import Places
from dashboards.attention.weights import Severity
from dashboards.findings import plural
from dashboards.fractions import amount_words, shown_value
from dashboards.links import address
from dashboards.periods import months_back
from dashboards.selectors.told import PAST, Run, Told
from kpis.agreed.judging import from_kept, judged_by
from kpis.definitions import catalogue, in_force
from kpis.due import by_study
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus

SEVERITY = {RagStatus.RED: Severity.RED, RagStatus.AMBER: Severity.AMBER}
Scope = tuple[int, int | None]


def of_kpis(
    runs: Sequence[Run],
    places: Places,
    handed: Handed,
    *,
    newest: date,
) -> Iterator[Matter]:
    """Yield each KPI past a limit in the newest month of its scope, at most one month old.

    Told where it is told most narrowly; of an engagement as a whole only where none of its studies
    says the same. What was handed over for the months: a comment on it breaks the silence.
    """
    by_scope: dict[Scope, dict[date, Run]] = defaultdict(dict)
    for run in runs:
        by_scope[run.scope][run.period] = run
    worst: dict[tuple[int, str], set[str]] = defaultdict(set)
    ordered = sorted(by_scope.items(), key=lambda one: one[0][1] is None)  # studies first
    for (engagement, study), months in ordered:
        period = max(months)
        if period < months_back(newest, 2)[0]:
            continue
        for slug, told in months[period].results.items():
            if told.rag not in PAST or slug not in catalogue():
                continue
            definition = judged_by(in_force(period)[slug], from_kept(told.limits))
            if study is None and by_study(definition) and told.rag in worst[engagement, slug]:
                continue
            if study is not None:
                worst[engagement, slug] |= {told.rag, RagStatus.AMBER.value}
            found = _matter(months, period, definition, told, places, handed)
            if found is not None:
                yield found


def _matter(
    months: Mapping[date, Run],
    period: date,
    definition: KpiDefinition,
    told: Told,
    places: Places,
    handed: Handed,
) -> Matter | None:
    engagement, study = months[period].scope
    place = places.of_engagement(engagement, study)
    if place is None:
        return None
    lasted = streak(months, period, definition.slug, told.rag)
    value = shown_value(definition, told.value, told.longest_open)
    functions = frozenset(definition.functions) & places.functions(engagement, study)
    page = address("kpi", definition.slug, engagement=engagement, study=study, period=period)
    return Matter(
        key=f"kpi {definition.slug} {engagement} {study or 0}",
        kind=Kind.KPI,
        severity=SEVERITY[RagStatus(told.rag)],
        what=f"{definition.name} is {told.rag} at {value}: {places.named(place)}",
        place=place,
        link=page,
        act=page,
        began=months[lasted[0]].cutoff_date,
        since_words=f"{told.rag} for {plural(len(lasted), 'month')}",
        size=told.denominator or 1,
        size_words=f"{amount_words(told.denominator)} counted" if told.denominator else "",
        functions=functions,
        critical=bool(functions & places.critical),
        subjects=handed.subjects(engagement, study, lasted),
        comments_only=True,
        silence_words="nobody has commented on it",
        mark=told.rag,
    )


def streak(months: Mapping[date, Run], period: date, slug: str, rag: str) -> list[date]:
    """Return the months in a row, oldest first, in which a KPI was as bad or worse."""
    as_bad = {rag, RagStatus.RED.value}
    found: list[date] = []
    for month in reversed(months_back(period, len(months) + 1)):
        run = months.get(month)
        told = run.results.get(slug) if run else None
        if told is None or told.rag not in as_bad:
            break
        found.insert(0, month)
    return found
