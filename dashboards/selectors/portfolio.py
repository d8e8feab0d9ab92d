"""The portfolio: CROs by KPI, what changed, and each study. No average over CROs anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.findings import own_finding, plural, portfolio_finding
from dashboards.periods import Asked, month_name
from dashboards.selectors.changes import ChangeGroup, changes_of
from dashboards.selectors.due import Due
from dashboards.selectors.picture import EngagementFact, Picture, picture
from dashboards.selectors.stamp import Files, Stamp, files_of, stamp_of
from dashboards.spots import Spot
from kpis.engine.definition import KpiDefinition
from vendors.access import memberships_of


@dataclass(frozen=True)
class CroRow:
    """One CRO: a spot per KPI, that of its worst engagement."""

    vendor_id: int
    name: str
    words: str
    files: Files
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class StudyRow:
    """One study under one engagement: a spot per KPI."""

    study_id: int
    protocol_number: str
    vendor_id: int
    vendor_name: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Portfolio:
    """The page; `title` is the finding."""

    shown: Picture
    title: str
    stamp: Stamp
    changes: tuple[ChangeGroup, ...]
    rows: tuple[CroRow, ...]
    studies: tuple[StudyRow, ...]


def portfolio(user: Any, *, asked: Asked) -> Portfolio | None:
    """Return the page, or None where the user has no engagement."""
    shown = picture(user, asked=asked)
    if shown is None:
        return None
    rows = cro_rows(shown)
    missing = sum(one.missing for one in shown.due)
    spots = [spot for row in rows for spot in row.spots]
    own = not any(membership.sponsor_id for membership in memberships_of(user))
    finding = (
        own_finding(spots, missing_files=missing)
        if own
        else portfolio_finding(spots, kpis=len(shown.definitions), missing_files=missing)
    )
    return Portfolio(
        shown=shown,
        title=f"{month_name(shown.period)}: {finding}",
        stamp=stamp_of(shown),
        changes=changes_of(shown),
        rows=rows,
        studies=study_rows(shown),
    )


def cro_rows(shown: Picture) -> tuple[CroRow, ...]:
    """Return a row per CRO, worst first."""
    by_vendor: dict[int, list[EngagementFact]] = {}
    for fact in shown.engagements:
        by_vendor.setdefault(fact.vendor_id, []).append(fact)
    rows = [_row(shown, facts) for facts in by_vendor.values()]
    return tuple(sorted(rows, key=lambda row: (min(_severities(row.spots)), row.name)))


def study_rows(shown: Picture) -> tuple[StudyRow, ...]:
    """Return a row per engagement and study where something is due, worst first."""
    rows = [
        StudyRow(
            study_id=study,
            protocol_number=protocol,
            vendor_id=shown.vendor_of(engagement).vendor_id,
            vendor_name=shown.vendor_of(engagement).vendor_name,
            spots=tuple(shown.spot(one, engagement, study) for one in shown.definitions),
        )
        for engagement, study, protocol in shown.study_scopes()
    ]
    return tuple(sorted(rows, key=lambda row: (min(_severities(row.spots)), row.protocol_number)))


def worst(shown: Picture, definition: KpiDefinition, facts: Sequence[EngagementFact]) -> Spot:
    """Return the spot of the engagement that decides the colour."""
    return min((shown.spot(definition, fact.id) for fact in facts), key=lambda one: one.severity)


def _row(shown: Picture, facts: list[EngagementFact]) -> CroRow:
    ids = {fact.id for fact in facts}
    due: list[Due] = [one for one in shown.due if one.engagement_id in ids]
    models = ", ".join(dict.fromkeys(_short(fact.model) for fact in facts))
    studies = {one.study_id for one in shown.duties if one.engagement_id in ids}
    return CroRow(
        vendor_id=facts[0].vendor_id,
        name=facts[0].vendor_name,
        words=f"{models}, {plural(len(studies), 'study', 'studies')}",
        files=files_of(due),
        spots=tuple(worst(shown, definition, facts) for definition in shown.definitions),
    )


def _short(model: str) -> str:
    return "FSP" if model.endswith("(FSP)") else model


def _severities(spots: Sequence[Spot]) -> list[tuple[int, float]]:
    return [spot.severity for spot in spots] or [(9, 0.0)]
