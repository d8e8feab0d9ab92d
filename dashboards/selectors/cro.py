"""The scorecard of one CRO: each engagement's KPIs against their limits, its studies, its files."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.findings import movement_words, status_words
from dashboards.periods import Asked, last_day, month_name
from dashboards.selectors.changes import ChangeGroup, changes_of
from dashboards.selectors.picture import EngagementFact, Picture, picture
from dashboards.selectors.portfolio import StudyRow, study_rows
from dashboards.selectors.stamp import Stamp, stamp_of
from dashboards.spots import Spot
from kpis.engine.definition import KpiDefinition
from kpis.engine.wording import limits_words


@dataclass(frozen=True)
class ScorecardRow:
    """One KPI of one engagement; `definition` gives the bullet its limits."""

    engagement: EngagementFact
    definition: KpiDefinition
    spot: Spot
    limits: str


@dataclass(frozen=True)
class Tile:
    """One month of one study: what came. `css` is the look of the tile, `words` the spoken text."""

    month: date
    sign: str
    css: str
    words: str


@dataclass(frozen=True)
class Calendar:
    """The last months of one study under one engagement."""

    protocol_number: str
    study_id: int
    engagement_id: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Scorecard:
    """The page; `title` is the finding."""

    shown: Picture
    title: str
    vendor_name: str
    stamp: Stamp
    rows: tuple[ScorecardRow, ...]
    studies: tuple[StudyRow, ...]
    changes: tuple[ChangeGroup, ...]
    calendars: tuple[Calendar, ...]


def scorecard(user: Any, *, asked: Asked, vendor_id: int) -> Scorecard | None:
    """Return the page, or None where the CRO has no engagement that the user sees."""
    shown = picture(user, asked=asked, vendor_id=vendor_id)
    if shown is None:
        return None
    rows = [
        ScorecardRow(fact, one, shown.spot(one, fact.id), limits_words(one).get("green", ""))
        for fact in shown.engagements
        for one in shown.definitions
    ]
    rows.sort(key=lambda row: row.spot.severity)
    return Scorecard(
        shown=shown,
        title=_title(shown, rows[0].spot),
        vendor_name=shown.engagements[0].vendor_name,
        stamp=stamp_of(shown),
        rows=tuple(rows),
        studies=study_rows(shown),
        changes=changes_of(shown),
        calendars=calendars(shown),
    )


def calendars(shown: Picture) -> tuple[Calendar, ...]:
    """Return what came in the last months, a line per study."""
    there = {(one.engagement_id, one.study_id, one.period) for one in shown.readings}
    restated = {(one.engagement_id, one.study_id, one.period) for one in shown.earlier}
    scopes = dict.fromkeys(
        (one.engagement_id, one.study_id, one.protocol_number) for one in shown.duties
    )

    def tile(engagement: int, study: int, month: date) -> Tile:
        scope = (engagement, study, month)
        held = any(
            duty.covers(month)
            for duty in shown.duties
            if (duty.engagement_id, duty.study_id) == (engagement, study)
        )
        name = month_name(month)
        if scope in restated:
            return Tile(month, "↺", "restated", f"{name}: accepted, restated")
        if scope in there:
            return Tile(month, "✓", "", f"{name}: accepted")
        if not held:
            return Tile(month, "", "restated", f"{name}: nothing delegated")
        if last_day(month) >= shown.asked.day:
            return Tile(month, "", "open", f"{name}: not due yet")
        return Tile(month, "∅", "none", f"{name}: missing")

    return tuple(
        Calendar(
            protocol, study, engagement, tuple(tile(engagement, study, m) for m in shown.months)
        )
        for engagement, study, protocol in scopes
    )


def _title(shown: Picture, worst: Spot) -> str:
    vendor = shown.engagements[0].vendor_name
    moved = movement_words(worst)
    words = f"{worst.name.lower()} is {status_words(worst)}"
    return f"{vendor}, {month_name(shown.period)}: {words}" + (f"; it {moved}" if moved else "")
