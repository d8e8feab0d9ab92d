"""The scorecard of one CRO: each engagement's KPIs against their limits, its studies, its files."""

from dataclasses import dataclass
from typing import Any

from dashboards.findings import movement_words, plural, status_words
from dashboards.periods import Asked, month_name
from dashboards.selectors.calendar import Calendar, calendars
from dashboards.selectors.card import Card, CardRow, card_of, rows_of
from dashboards.selectors.changes import ChangeGroup, changes_of
from dashboards.selectors.drawn import Drawn
from dashboards.selectors.picture import Picture, picture
from dashboards.selectors.portfolio import StudyRow, ranked_studies, study_rows
from dashboards.selectors.stamp import Stamp, stamp_of
from kpis.engine.terms import RagStatus

PAGES_KEPT = 60


@dataclass(frozen=True)
class Scorecard:
    """The page; `title` is the finding."""

    shown: Picture
    title: str
    vendor_name: str
    stamp: Stamp
    cards: tuple[Card, ...]
    studies: tuple[StudyRow, ...]
    changes: tuple[ChangeGroup, ...]
    calendars: tuple[Calendar, ...]


def scorecard(user: Any, *, asked: Asked, vendor_id: int) -> Scorecard | None:
    """Return the page, or None where the CRO has no engagement that the user sees."""
    shown = picture(user, asked=asked, vendor_id=vendor_id)
    return None if shown is None else _pages(shown)


def _drawn(shown: Picture) -> Scorecard:
    cards = tuple(card_of(shown, fact) for fact in shown.engagements)
    return Scorecard(
        shown=shown,
        title=_title(shown, rows_of(cards)),
        vendor_name=shown.engagements[0].vendor_name,
        stamp=stamp_of(shown),
        cards=cards,
        studies=study_rows(shown, ranked_studies(shown)),
        changes=changes_of(shown),
        calendars=calendars(shown),
    )


_pages = Drawn(_drawn, most=PAGES_KEPT)


def _title(shown: Picture, rows: list[CardRow]) -> str:
    """Say the worst KPI, and how many more share its colour."""
    head = f"{shown.engagements[0].vendor_name}, {month_name(shown.period)}"
    if not rows:
        return f"{head}: no KPI applies"
    worst = rows[0]
    moved = movement_words(worst.spot)
    name = worst.definition.name
    words = f"{head}: {name[:1].lower()}{name[1:]} is {status_words(worst.spot)}"
    words += f"; it {moved}" if moved else ""
    more = sum(row.spot.status == worst.spot.status for row in rows[1:])
    if more and worst.spot.status in (RagStatus.RED, RagStatus.AMBER, RagStatus.MISSING):
        words += f"; {plural(more, 'more value')} {worst.spot.status}"
    return words
