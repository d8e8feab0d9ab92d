"""KPI definitions as pages show them: in words, with provenance, and the versions kept."""

from dataclasses import dataclass
from datetime import date, datetime

from kpis.definitions import catalogue
from kpis.engine.definition import KpiDefinition, Provenance
from kpis.engine.tables import TABLES
from kpis.engine.wording import PROVENANCE_WORDS, formula_words, limits_words
from kpis.models import DefinitionSnapshot
from kpis.selectors.feeding import Source, sources_of


@dataclass(frozen=True)
class DefinitionRow:
    """One KPI in the list."""

    slug: str
    name: str
    question: str
    dimension: str
    version: int
    limits: str


@dataclass(frozen=True)
class KeptVersion:
    """One version as it was kept when it was first used."""

    version: int
    first_used_at: datetime
    sha256: str
    current: bool


@dataclass(frozen=True)
class DefinitionPage:
    """One KPI, in words."""

    definition: KpiDefinition
    formula: str
    limits: tuple[tuple[str, str], ...]
    limits_from: str
    minimum_from: str
    dimension: str
    listings: tuple[str, ...]
    sources: tuple[Source, ...]
    grain: str
    effective_from: date
    sha256: str
    versions: tuple[KeptVersion, ...]


def definition_rows() -> tuple[DefinitionRow, ...]:
    """Return all KPIs of the catalogue by name; no statement."""
    rows = (
        DefinitionRow(
            slug=one.slug,
            name=one.name,
            question=one.question,
            dimension=_words(one.dimension),
            version=one.version,
            limits="; ".join(f"{rag} {words}" for rag, words in limits_words(one).items()),
        )
        for one in catalogue().values()
    )
    return tuple(sorted(rows, key=lambda row: row.name))


def definition_page(definition: KpiDefinition) -> DefinitionPage:
    """Return one KPI in words, with the versions that were used so far; one statement."""
    digest = definition.digest()
    return DefinitionPage(
        definition=definition,
        formula=formula_words(definition),
        limits=tuple(limits_words(definition).items()),
        limits_from=_from(definition.limits.provenance) if definition.limits else "",
        minimum_from=_from(definition.minimum.provenance),
        dimension=_words(definition.dimension),
        listings=tuple(TABLES[name].title for name in definition.listings),
        sources=sources_of(definition),
        grain=", ".join(level.value for level in definition.grain),
        effective_from=definition.effective_from,
        sha256=digest,
        versions=tuple(
            KeptVersion(one.version, one.first_used_at, one.sha256, one.sha256 == digest)
            for one in DefinitionSnapshot.objects.filter(slug=definition.slug).order_by("-version")
        ),
    )


def _from(provenance: Provenance) -> str:
    year = f" ({provenance.year})" if provenance.year else ""
    return f"{PROVENANCE_WORDS[provenance.kind].capitalize()}: {provenance.source}{year}"


def _words(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
