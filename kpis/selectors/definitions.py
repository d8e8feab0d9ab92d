"""KPI definitions as pages show them: in words, with provenance, and the versions kept."""

from dataclasses import dataclass
from datetime import date, datetime

from kpis.definitions import catalogue, versions_of_catalogue
from kpis.engine.definition import KpiDefinition, Provenance
from kpis.engine.formulas import FORMULAS
from kpis.engine.reference import ASKED_WORDS, DIMENSION_TITLES
from kpis.engine.tables import TABLES
from kpis.engine.terms import Dimension
from kpis.engine.wording import PROVENANCE_WORDS, formula_words, limits_words
from kpis.models import DefinitionSnapshot
from kpis.selectors.feeding import Source, sources_of


@dataclass(frozen=True)
class DefinitionRow:
    """One KPI in the list."""

    slug: str
    name: str
    question: str
    version: int
    limits: str
    asked: str


@dataclass(frozen=True)
class DimensionRows:
    """The KPIs of one of the seven dimensions, by name."""

    slug: str
    title: str
    rows: tuple[DefinitionRow, ...]


@dataclass(frozen=True)
class KeptVersion:
    """One published version; `first_used_at` is None until a month was computed with it."""

    version: int
    effective_from: date | None
    first_used_at: datetime | None
    sha256: str
    current: bool


@dataclass(frozen=True)
class DefinitionPage:
    """One KPI, in words."""

    definition: KpiDefinition
    formula: str
    method: str
    limits: tuple[tuple[str, str], ...]
    limits_from: str
    minimum_from: str
    dimension: str
    asked: str
    partner: str
    listings: tuple[str, ...]
    sources: tuple[Source, ...]
    grain: str
    effective_from: date
    sha256: str
    versions: tuple[KeptVersion, ...]


def found_by(words: str) -> list[KpiDefinition]:
    """Return the KPIs that hold each of the words, by name; all where there is none.

    Name, question, slug and the titles of its listings are looked at, without case.
    """
    wanted = words.casefold().split()
    return [
        one
        for one in sorted(catalogue().values(), key=lambda one: one.name)
        if all(word in _text(one) for word in wanted)
    ]


def _text(one: KpiDefinition) -> str:
    titles = (TABLES[name].title for name in one.listings)
    return " ".join((one.name, one.question, one.slug, *titles)).casefold()


def definition_rows(words: str = "") -> tuple[DimensionRows, ...]:
    """Return the KPIs that hold all of `words` by dimension and name; no statement."""
    found = found_by(words)
    return tuple(
        DimensionRows(
            slug=dimension.value,
            title=DIMENSION_TITLES[dimension],
            rows=tuple(_row(one) for one in found if one.dimension is dimension),
        )
        for dimension in Dimension
    )


def _row(one: KpiDefinition) -> DefinitionRow:
    return DefinitionRow(
        slug=one.slug,
        name=one.name,
        question=one.question,
        version=one.version,
        limits="; ".join(f"{rag} {words}" for rag, words in limits_words(one).items()),
        asked=ASKED_WORDS[one.asked],
    )


def definition_page(definition: KpiDefinition) -> DefinitionPage:
    """Return one KPI in words, with the versions that were used so far; one statement."""
    digest = definition.digest()
    return DefinitionPage(
        definition=definition,
        formula=formula_words(definition),
        method=FORMULAS[definition.formula].words,
        limits=tuple(limits_words(definition).items()),
        limits_from=_from(definition.limits.provenance) if definition.limits else "",
        minimum_from=_from(definition.minimum.provenance),
        dimension=DIMENSION_TITLES[definition.dimension],
        asked=ASKED_WORDS[definition.asked],
        partner=catalogue()[definition.balancing].name if definition.balancing else "",
        listings=tuple(TABLES[name].title for name in definition.listings),
        sources=sources_of(definition),
        grain=", ".join(level.value for level in definition.grain),
        effective_from=definition.effective_from,
        sha256=digest,
        versions=_versions(definition.slug, digest),
    )


def _versions(slug: str, current: str) -> tuple[KeptVersion, ...]:
    """Return every version published or used, the newest first; one statement."""
    published = {one.version: one for one in versions_of_catalogue().get(slug, ())}
    used = {one.version: one for one in DefinitionSnapshot.objects.filter(slug=slug)}
    found = []
    for number in sorted({*published, *used}, reverse=True):
        one, kept = published.get(number), used.get(number)
        sha256 = kept.sha256 if kept else one.digest if one else ""
        found.append(
            KeptVersion(
                number,
                one.effective_from if one else None,
                kept.first_used_at if kept else None,
                sha256,
                sha256 == current,
            )
        )
    return tuple(found)


def _from(provenance: Provenance) -> str:
    year = f" ({provenance.year})" if provenance.year else ""
    return f"{PROVENANCE_WORDS[provenance.kind].capitalize()}: {provenance.source}{year}"
