"""What improves, what worsens, what keeps its limit: two marks for each KPI and CRO. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.behaviour import Behaviour, behaviour_of
from dashboards.selectors.executive.lines import ByScope, Line
from dashboards.selectors.functions.columns import Column
from kpis.engine.definition import KpiDefinition
from kpis.engine.statistics.icons import ASSURANCE_WORDS, VARIATION_WORDS, Assurance, Variation

KPIS_SHOWN = 12
CROS_SHOWN = 8


@dataclass(frozen=True)
class Mark:
    """One KPI of one engagement: its figure and how its months behave."""

    line: Line
    behaviour: Behaviour

    @property
    def variation(self) -> str:
        """What the newest month says, in words."""
        return VARIATION_WORDS[self.behaviour.variation]

    @property
    def assurance(self) -> str:
        """What the usual range says about the limit, in words."""
        return ASSURANCE_WORDS[self.behaviour.assurance]

    @property
    def worsening(self) -> bool:
        """True where the newest month is worse than chance."""
        return self.behaviour.variation is Variation.WORSENING

    @property
    def improving(self) -> bool:
        """True where the newest month is better than chance."""
        return self.behaviour.variation is Variation.IMPROVING


@dataclass(frozen=True)
class Row:
    """One KPI; None at an engagement without a figure."""

    definition: KpiDefinition
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True)
class Icons:
    """At most twelve KPIs by at most eight engagements, those that want a look first.

    `marks` are all there are, also those without room; `kpis` and `units` count them.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The marks that are drawn, by name, with their words."""
        shown = [mark.behaviour for row in self.rows for mark in row.marks if mark]
        variations = {one.variation for one in shown} - {Variation.TOO_FEW}
        assurances = {one.assurance for one in shown} - {Assurance.TOO_FEW, Assurance.NO_LIMIT}
        return (
            *((f"variation-{v}", w) for v, w in VARIATION_WORDS.items() if v in variations),
            *((f"assurance-{a}", w) for a, w in ASSURANCE_WORDS.items() if a in assurances),
        )

    @property
    def kpis(self) -> int:
        """How many KPIs there are in all."""
        return len({one.line.definition.slug for one in self.marks})

    @property
    def units(self) -> int:
        """How many engagements there are in all."""
        return len({one.line.spot.engagement_id for one in self.marks})

    @property
    def worsening(self) -> int:
        """How many figures are worse than chance."""
        return sum(one.worsening for one in self.marks)

    @property
    def improving(self) -> int:
        """How many figures are better than chance."""
        return sum(one.improving for one in self.marks)


def icons(lines: Sequence[Line], found: ByScope, columns: Mapping[int, Column]) -> Icons:
    """Return the marks of figures of whole engagements; `found` holds their months."""
    marks = tuple(_mark(one, found) for one in lines)
    slugs = _first([one.line.definition.slug for one in marks], marks, KPIS_SHOWN)
    engagements = _first([str(one.line.spot.engagement_id) for one in marks], marks, CROS_SHOWN)
    by_place = {(one.line.definition.slug, one.line.spot.engagement_id): one for one in marks}
    shown = tuple(columns[int(one)] for one in engagements)
    definitions = {one.line.definition.slug: one.line.definition for one in marks}
    return Icons(
        columns=shown,
        rows=tuple(
            Row(
                definitions[slug],
                tuple(by_place.get((slug, column.engagement_id)) for column in shown),
            )
            for slug in slugs
        ),
        marks=marks,
    )


def _mark(line: Line, found: ByScope) -> Mark:
    spot = line.spot
    by_month = found[spot.slug, (spot.engagement_id, spot.study_id)]
    period: date = max(by_month)
    return Mark(line, behaviour_of(line.definition, sorted(by_month.items()), period=period))


def _first(names: Sequence[str], marks: Sequence[Mark], most: int) -> list[str]:
    """Return names by what wants a look: past a limit, then worsening; those with none last."""
    weight: dict[str, tuple[int, int]] = {}
    for name, one in zip(names, marks, strict=True):
        past, worse = weight.get(name, (0, 0))
        weight[name] = (past - one.line.past, worse - one.worsening)
    return sorted(weight, key=lambda name: (weight[name], name))[:most]
