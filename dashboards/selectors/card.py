"""The scorecard of one engagement: its KPIs by dimension, told as its model tells them."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboards.findings import plural
from dashboards.selectors.due import Scope
from dashboards.selectors.picture import EngagementFact, Picture
from dashboards.spots import Spot
from kpis.due import by_study
from kpis.engine.definition import ANY_FUNCTION, KpiDefinition
from kpis.engine.reference import DIMENSION_TITLES
from kpis.engine.terms import Dimension, EngagementModel
from kpis.engine.wording import limits_words

TOLD = {
    EngagementModel.FULL_SERVICE: "by study",
    EngagementModel.FSP: "by function, across studies",
    EngagementModel.HYBRID: "by study, and across studies what belongs to none",
}


@dataclass(frozen=True)
class CardRow:
    """One KPI in one place; `definition` gives the bullet its limits, `place` says where."""

    definition: KpiDefinition
    spot: Spot
    place: str
    limits: str


@dataclass(frozen=True)
class CardGroup:
    """The KPIs of one dimension, worst first."""

    title: str
    rows: tuple[CardRow, ...]


@dataclass(frozen=True)
class NotDelegated:
    """A KPI of the catalogue that does not apply, and why."""

    name: str
    dimension: str
    why: str


@dataclass(frozen=True)
class Card:
    """One engagement; `told` says how its model is reported."""

    engagement: EngagementFact
    told: str
    groups: tuple[CardGroup, ...]
    others: tuple[NotDelegated, ...]


def card_of(shown: Picture, fact: EngagementFact) -> Card:
    """Return the engagement's card."""
    slugs = shown.applying.get((fact.id, None), frozenset())
    groups = []
    for dimension in shown.dimensions:
        rows = [
            row
            for one in shown.definitions_of(dimension)
            if one.slug in slugs
            for row in _rows(shown, fact, one)
        ]
        if rows:
            rows.sort(key=lambda row: (row.spot.severity[0], row.definition.name, row.place))
            groups.append(CardGroup(DIMENSION_TITLES[dimension], tuple(rows)))
    return Card(
        engagement=fact,
        told=TOLD[EngagementModel(fact.kind)],
        groups=tuple(groups),
        others=tuple(_not(fact, one) for one in shown.definitions if one.slug not in slugs),
    )


def rows_of(cards: Iterable[Card]) -> list[CardRow]:
    """Return all rows of some cards, worst first."""
    rows = [row for card in cards for group in card.groups for row in group.rows]
    return sorted(rows, key=lambda row: row.spot.severity)


def _rows(shown: Picture, fact: EngagementFact, definition: KpiDefinition) -> list[CardRow]:
    """A row per study where the model tells by study, and one across where it does so."""
    studies = [
        study
        for engagement, study in shown.narrowest(definition)
        if engagement == fact.id and study is not None
    ]
    model = EngagementModel(fact.kind)
    scopes: list[Scope] = [(fact.id, study) for study in studies]
    if model is EngagementModel.FSP or not by_study(definition):
        scopes = [(fact.id, None)]
    places = [
        (study, shown.protocols[study] if study else _across(shown, fact, definition, studies))
        for _, study in scopes
    ]
    return [
        CardRow(
            definition=(judged := shown.judged(definition, fact.id, study)),
            spot=shown.spot(definition, fact.id, study),
            place=place,
            limits=limits_words(judged).get("green", ""),
        )
        for study, place in places
    ]


def _across(
    shown: Picture, fact: EngagementFact, definition: KpiDefinition, studies: list[int]
) -> str:
    """Say which function across how many studies; all functions for a KPI about people."""
    if ANY_FUNCTION in definition.functions:
        return "All functions, all studies"
    held = {
        duty.function
        for duty in shown.duties
        if duty.engagement_id == fact.id
        and duty.function in definition.functions
        and duty.covers(shown.period)
    }
    names = ", ".join(sorted(name.replace("-", " ") for name in held))
    return f"{names[:1].upper()}{names[1:]}, {plural(len(studies), 'study', 'studies')}"


def _not(fact: EngagementFact, definition: KpiDefinition) -> NotDelegated:
    models = definition.engagement_models
    if models and fact.kind not in models:
        names = " and ".join("FSP" if one == "fsp" else str(one) for one in models)
        why = f"for {names} engagements only"
    else:
        names = ", ".join(name.replace("-", " ") for name in definition.functions)
        why = f"no delegation of {names}"
    return NotDelegated(definition.name, DIMENSION_TITLES[Dimension(definition.dimension)], why)
