"""The portfolio: CROs by dimension, what changed, and each study. No average over CROs anywhere."""

from dataclasses import dataclass
from typing import Any

from dashboards.findings import own_finding, plural, portfolio_finding
from dashboards.periods import Asked, month_name
from dashboards.selectors.changes import ChangeGroup, changes_of
from dashboards.selectors.dimensions import DimensionCell, cells_of, titles_without, worst_of
from dashboards.selectors.picture import EngagementFact, Picture, picture
from dashboards.selectors.stamp import Files, Stamp, files_of, stamp_of
from dashboards.spots import Spot
from kpis.engine.reference import DIMENSION_TITLES
from vendors.access import memberships_of


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
    """The page; `title` is the finding."""

    shown: Picture
    title: str
    stamp: Stamp
    changes: tuple[ChangeGroup, ...]
    dimensions: tuple[str, ...]
    without: str
    rows: tuple[CroRow, ...]
    studies: tuple[StudyRow, ...]

    @property
    def study_count(self) -> int:
        """How many studies there are: one may stand under several CROs."""
        return len({row.study_id for row in self.studies})


def portfolio(user: Any, *, asked: Asked) -> Portfolio | None:
    """Return the page, or None where the user has no engagement."""
    shown = picture(user, asked=asked)
    if shown is None:
        return None
    missing = sum(one.missing for one in shown.due)
    own = not any(membership.sponsor_id for membership in memberships_of(user))
    finding = (
        own_finding(engagement_spots(shown), missing_files=missing)
        if own
        else portfolio_finding(_by_vendor(shown), missing_files=missing)
    )
    return Portfolio(
        shown=shown,
        title=f"{month_name(shown.period)}: {finding}",
        stamp=stamp_of(shown),
        changes=changes_of(shown),
        dimensions=tuple(DIMENSION_TITLES[one] for one in shown.dimensions),
        without=titles_without(shown),
        rows=cro_rows(shown),
        studies=study_rows(shown),
    )


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
    rows = [_row(shown, facts) for facts in by_vendor.values()]
    return tuple(sorted(rows, key=lambda row: (worst_of(row.cells), row.name)))


def study_rows(shown: Picture) -> tuple[StudyRow, ...]:
    """Return a row per engagement and study where a KPI applies, worst first."""
    rows = [
        StudyRow(
            study_id=study,
            protocol_number=protocol,
            vendor_id=shown.vendor_of(engagement).vendor_id,
            vendor_name=shown.vendor_of(engagement).vendor_name,
            engagement_id=engagement,
            cells=cells_of(shown, [engagement], study),
        )
        for engagement, study, protocol in shown.study_scopes()
    ]
    return tuple(sorted(rows, key=lambda row: (worst_of(row.cells), row.protocol_number)))


def _by_vendor(shown: Picture) -> dict[str, list[Spot]]:
    """Return the spots of each CRO by its name."""
    found: dict[str, list[Spot]] = {fact.vendor_name: [] for fact in shown.engagements}
    for spot in engagement_spots(shown):
        found[shown.vendor_of(spot.engagement_id).vendor_name].append(spot)
    return found


def _row(shown: Picture, facts: list[EngagementFact]) -> CroRow:
    ids = [fact.id for fact in facts]
    models = ", ".join(dict.fromkeys(short_model(fact.model) for fact in facts))
    studies = {one.study_id for one in shown.duties if one.engagement_id in ids}
    return CroRow(
        vendor_id=facts[0].vendor_id,
        name=facts[0].vendor_name,
        words=f"{models}, {plural(len(studies), 'study', 'studies')}",
        files=files_of([one for one in shown.due if one.engagement_id in ids]),
        cells=cells_of(shown, ids),
    )


def short_model(model: str) -> str:
    """Return the model's name, without what it stands for."""
    return "FSP" if model.endswith("(FSP)") else model
