"""The portfolio: CROs by dimension, what changed, and each study. No average over CROs anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.findings import Told, own_finding, plural, portfolio_finding
from dashboards.periods import Asked, month_name
from dashboards.selectors.changes import ChangeGroup, changes_of
from dashboards.selectors.dimensions import (
    DimensionCell,
    cells_of,
    decided,
    titles_without,
    worst_of,
)
from dashboards.selectors.drawn import Drawn
from dashboards.selectors.picture import EngagementFact, Picture, picture
from dashboards.selectors.stamp import Files, Stamp, files_of, stamp_of
from dashboards.spots import Spot
from kpis.engine.reference import DIMENSION_TITLES
from vendors.access import memberships_of

# Of the studies under CROs, worst first; all of them are a page of their own.
STUDIES_SHOWN = 25
PAGES_KEPT = 24


@dataclass(frozen=True)
class CroRow:
    """One CRO: a cell per dimension, by its worst KPI of its worst engagement."""

    vendor_id: int
    name: str
    words: str
    files: Files
    cells: tuple[DimensionCell, ...]


@dataclass(frozen=True)
class StudyRow:
    """One study under one engagement: a cell per dimension."""

    study_id: int
    protocol_number: str
    vendor_id: int
    vendor_name: str
    engagement_id: int
    cells: tuple[DimensionCell, ...]


@dataclass(frozen=True)
class Portfolio:
    """The page; `title` is the finding. `studies` are the worst of `scopes` studies under CROs."""

    shown: Picture
    title: str
    stamp: Stamp
    changes: tuple[ChangeGroup, ...]
    dimensions: tuple[str, ...]
    without: str
    rows: tuple[CroRow, ...]
    studies: tuple[StudyRow, ...]
    scopes: int

    @property
    def study_count(self) -> int:
        """How many studies there are: one may stand under several CROs."""
        return len({study for _, study in self.shown.applying if study is not None})


def portfolio(user: Any, *, asked: Asked) -> Portfolio | None:
    """Return the page, or None where the user has no engagement."""
    shown = picture(user, asked=asked, wide=True)
    if shown is None:
        return None
    own = not any(membership.sponsor_id for membership in memberships_of(user))
    return _pages(shown, own)


def _drawn(shown: Picture, own: bool) -> Portfolio:
    missing = sum(one.missing for one in shown.due)
    finding = (
        own_finding(engagement_spots(shown), missing_files=missing)
        if own
        else portfolio_finding(_by_vendor(shown), missing_files=missing)
    )
    ranked = ranked_studies(shown)
    return Portfolio(
        shown=shown,
        title=f"{month_name(shown.period)}: {finding}",
        stamp=stamp_of(shown),
        changes=changes_of(shown),
        dimensions=tuple(DIMENSION_TITLES[one] for one in shown.dimensions),
        without=titles_without(shown),
        rows=cro_rows(shown),
        studies=study_rows(shown, ranked[:STUDIES_SHOWN]),
        scopes=len(ranked),
    )


_pages = Drawn(_drawn, most=PAGES_KEPT)


def engagement_spots(shown: Picture) -> list[Spot]:
    """Return the spot of each KPI and engagement to which it applies."""
    return [
        shown.spot(one, fact.id)
        for fact in shown.engagements
        for one in shown.definitions
        if one.slug in shown.applying.get((fact.id, None), ())
    ]


def cro_rows(shown: Picture) -> tuple[CroRow, ...]:
    """Return a row per CRO, worst first."""
    by_vendor: dict[int, list[EngagementFact]] = {}
    for fact in shown.engagements:
        by_vendor.setdefault(fact.vendor_id, []).append(fact)
    studies: dict[int, set[int]] = {}
    for held in shown.holdings:
        studies[held.engagement_id] = {duty.study_id for duty in held.duties}
    ranked = sorted(
        by_vendor.values(),
        key=lambda facts: (
            worst_of(decided(shown, [(fact.id, None) for fact in facts])),
            facts[0].vendor_name,
        ),
    )
    return tuple(_row(shown, facts, studies) for facts in ranked)


def ranked_studies(shown: Picture) -> list[tuple[int, int]]:
    """Return each engagement and study where a KPI applies, worst first."""
    scopes = [(engagement, study) for engagement, study in shown.applying if study is not None]
    return sorted(
        scopes, key=lambda scope: (worst_of(decided(shown, [scope])), shown.protocols[scope[1]])
    )


def study_rows(shown: Picture, ranked: Iterable[tuple[int, int]]) -> tuple[StudyRow, ...]:
    """Return a row for each of some engagements and studies, in their order."""
    return tuple(
        StudyRow(
            study_id=study,
            protocol_number=shown.protocols[study],
            vendor_id=shown.vendor_of(engagement).vendor_id,
            vendor_name=shown.vendor_of(engagement).vendor_name,
            engagement_id=engagement,
            cells=cells_of(shown, [engagement], study),
        )
        for engagement, study in ranked
    )


def _by_vendor(shown: Picture) -> dict[str, list[Told]]:
    """Return the KPIs that apply to each CRO by its name."""
    found: dict[str, list[Told]] = {fact.vendor_name: [] for fact in shown.engagements}
    for fact in shown.engagements:
        lights, slugs = shown.lights((fact.id, None)), shown.applying.get((fact.id, None), ())
        found[fact.vendor_name] += [
            Told(one.short_name, lights[one.slug].status)
            for one in shown.definitions
            if one.slug in slugs
        ]
    return found


def _row(
    shown: Picture,
    facts: list[EngagementFact],
    studies: Mapping[int, set[int]],
) -> CroRow:
    models = ", ".join(dict.fromkeys(short_model(fact.model) for fact in facts))
    theirs = set().union(*(studies.get(fact.id, set()) for fact in facts))
    return CroRow(
        vendor_id=facts[0].vendor_id,
        name=facts[0].vendor_name,
        words=f"{models}, {plural(len(theirs), 'study', 'studies')}",
        files=files_of([due for fact in facts for due in shown.due_from.get(fact.id, ())]),
        cells=cells_of(shown, [fact.id for fact in facts]),
    )


def short_model(model: str) -> str:
    """Return the model's name, without what it stands for."""
    return "FSP" if model.endswith("(FSP)") else model
