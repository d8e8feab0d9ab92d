"""Sites or countries of a study by KPI, the worst first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards.fractions import brief_value, fraction_words
from dashboards.selectors.picture import Picture
from dashboards.selectors.runs import Reading
from dashboards.selectors.sites import SiteRow, site_rows
from dashboards.spots import SEVERITY, Spot, spot_of
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Level, RagStatus


@dataclass(frozen=True)
class Entry:
    """One KPI at one place: the worst of the engagements that report it there."""

    engagement_id: int
    slug: str
    status: str
    value: str
    fraction: str


@dataclass(frozen=True)
class PlaceRow:
    """One site or country: an entry per column, None where the KPI has no result."""

    name: str
    country: str
    entries: tuple[Entry | None, ...]


@dataclass(frozen=True)
class Matrix:
    """`columns` are the KPIs with a result anywhere."""

    columns: tuple[KpiDefinition, ...]
    rows: tuple[PlaceRow, ...]


def site_matrix(shown: Picture) -> Matrix:
    """Return the study's sites from the sealed site results of the period."""
    definitions = {one.slug: one for one in shown.definitions if Level.SITE in one.grain}
    rows = [
        (run.engagement_id, row)
        for run in shown.results.runs
        if run.period == shown.period and run.submission_id and run.site_results_sha256
        for row in site_rows(run.site_results_sha256)
        if row.slug in definitions
    ]
    rows.sort(key=lambda pair: pair[1].severity)
    found: dict[tuple[str, str], dict[str, Entry]] = {}
    for engagement, row in rows:
        place = found.setdefault((row.site or "no site", row.country or ""), {})
        if row.slug not in place:
            place[row.slug] = _of_site(definitions[row.slug], engagement, row)
    return _matrix(shown.definitions, found)


def country_matrix(shown: Picture, readings: Iterable[Reading]) -> Matrix:
    """Return the study's countries from results of the period."""
    definitions = {one.slug: one for one in shown.definitions}
    found: dict[tuple[str, str], dict[str, Entry]] = {}
    for one in readings:
        if one.slug in definitions and one.period == shown.period:
            spot = spot_of(
                definitions[one.slug],
                {one.period: one},
                [one.period],
                engagement_id=one.engagement_id,
                study_id=one.study_id,
            )
            _keep(found.setdefault((one.country, one.country), {}), _of_spot(spot))
    return _matrix(shown.definitions, found)


def _matrix(
    definitions: Iterable[KpiDefinition], found: Mapping[tuple[str, str], Mapping[str, Entry]]
) -> Matrix:
    columns = tuple(
        one for one in definitions if any(one.slug in entries for entries in found.values())
    )
    rows = [
        PlaceRow(name, country, tuple(entries.get(one.slug) for one in columns))
        for (name, country), entries in found.items()
    ]
    return Matrix(columns, tuple(sorted(rows, key=lambda row: (_severity(row), row.name))))


def _severity(row: PlaceRow) -> tuple[int, ...]:
    """Sort by how many are red, then amber, then missing."""
    statuses = [entry.status for entry in row.entries if entry]
    worst_first = (RagStatus.RED, RagStatus.AMBER, RagStatus.MISSING)
    return tuple(-statuses.count(status) for status in worst_first)


def _keep(entries: dict[str, Entry], one: Entry) -> None:
    before = entries.get(one.slug)
    if before is None or SEVERITY[RagStatus(one.status)] < SEVERITY[RagStatus(before.status)]:
        entries[one.slug] = one


def _of_site(definition: KpiDefinition, engagement_id: int, row: SiteRow) -> Entry:
    return Entry(
        engagement_id,
        definition.slug,
        row.rag,
        brief_value(definition, row.value),
        fraction_words(definition, row.numerator, row.denominator),
    )


def _of_spot(spot: Spot) -> Entry:
    return Entry(spot.engagement_id, spot.slug, spot.status, spot.brief, spot.fraction)
