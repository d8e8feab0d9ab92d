"""KPI definitions as pages show them: in words, with provenance, and the versions kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.definitions import in_force
from kpis.engine.definition import KpiDefinition
from kpis.engine.difference import provenance_words
from kpis.engine.formulas import FORMULAS
from kpis.engine.reference import ASKED_WORDS, DIMENSION_TITLES
from kpis.engine.tables import TABLES
from kpis.engine.terms import Dimension
from kpis.engine.wording import formula_words, limits_words
from kpis.selectors.feeding import Source, sources_of
from kpis.selectors.shadow import newest_sentence
from kpis.selectors.versions import Version, announced, versions_of


@dataclass(frozen=True)
class DefinitionRow:
    """One KPI in the list."""

    slug: str
    name: str
    question: str
    version: int
    limits: str
    asked: str
    coming: KpiDefinition | None


@dataclass(frozen=True)
class DimensionRows:
    """The KPIs of one of the seven dimensions, by name."""

    slug: str
    title: str
    rows: tuple[DefinitionRow, ...]


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
    versions: tuple[Version, ...]
    coming: KpiDefinition | None
    ahead: str


def found_by(words: str, definitions: Iterable[KpiDefinition]) -> list[KpiDefinition]:
    """Return the KPIs that hold each of the words, by name; all where there is none.

    Name, question, slug and the titles of its listings are looked at, without case.
    """
    wanted = words.casefold().split()
    return [
        one
        for one in sorted(definitions, key=lambda one: one.name)
        if all(word in _text(one) for word in wanted)
    ]


def _text(one: KpiDefinition) -> str:
    titles = (TABLES[name].title for name in one.listings)
    return " ".join((one.name, one.question, one.slug, *titles)).casefold()


def definition_rows(words: str = "", *, today: date) -> tuple[DimensionRows, ...]:
    """Return the KPIs that hold all of `words` by dimension and name; no statement."""
    found = found_by(words, in_force(today).values())
    return tuple(
        DimensionRows(
            slug=dimension.value,
            title=DIMENSION_TITLES[dimension],
            rows=tuple(_row(one, today) for one in found if one.dimension is dimension),
        )
        for dimension in Dimension
    )


def _row(one: KpiDefinition, today: date) -> DefinitionRow:
    return DefinitionRow(
        slug=one.slug,
        name=one.name,
        question=one.question,
        version=one.version,
        limits="; ".join(f"{rag} {words}" for rag, words in limits_words(one).items()),
        asked=ASKED_WORDS[one.asked],
        coming=announced(one.slug, today=today),
    )


def definition_page(user: Any, definition: KpiDefinition, *, today: date) -> DefinitionPage:
    """Return one KPI in words, with its versions and what they changed; at most four statements.

    `ahead` is what the newest shadow run of the coming version found.
    """
    coming = announced(definition.slug, today=today)
    return DefinitionPage(
        definition=definition,
        formula=formula_words(definition),
        method=FORMULAS[definition.formula].words,
        limits=tuple(limits_words(definition).items()),
        limits_from=provenance_words(definition.limits.provenance) if definition.limits else "",
        minimum_from=provenance_words(definition.minimum.provenance),
        dimension=DIMENSION_TITLES[definition.dimension],
        asked=ASKED_WORDS[definition.asked],
        partner=in_force(today)[definition.balancing].name if definition.balancing else "",
        listings=tuple(TABLES[name].title for name in definition.listings),
        sources=sources_of(definition),
        grain=", ".join(level.value for level in definition.grain),
        effective_from=definition.effective_from,
        sha256=definition.digest(),
        versions=versions_of(user, definition.slug, today=today),
        coming=coming,
        ahead=newest_sentence(user, coming) if coming else "",
    )
