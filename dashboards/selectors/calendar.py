"""What came in the last months: a line per submission due, a tile per month."""

from dataclasses import dataclass
from datetime import date

from dashboards.periods import month_name
from dashboards.selectors.due import ACCEPTED, AWAITED, IN_REVIEW, Due, Scope, files_due
from dashboards.selectors.picture import Picture


@dataclass(frozen=True)
class Tile:
    """One month: what came. `css` is the look of the tile, `words` the spoken text."""

    month: date
    sign: str
    css: str
    words: str


@dataclass(frozen=True)
class Calendar:
    """The last months of one submission due: of a study, or across an engagement's studies."""

    name: str
    engagement: str
    tiles: tuple[Tile, ...]


def calendars(shown: Picture) -> tuple[Calendar, ...]:
    """Return a line for each submission that was due in one of the months."""
    by_month = {
        month: {
            (one.engagement_id, one.study_id): one
            for one in files_due(
                asked=shown.asked, period=month, held=shown.duties, came=shown.sent
            )
        }
        for month in shown.months
    }
    scopes = dict.fromkeys(scope for due in by_month.values() for scope in due)
    return tuple(
        Calendar(
            name=shown.protocols[study] if study is not None else "All studies",
            engagement=shown.vendor_of(engagement).name,
            tiles=tuple(
                _tile(shown, month, by_month[month].get((engagement, study)), (engagement, study))
                for month in shown.months
            ),
        )
        for engagement, study in scopes
    )


def _tile(shown: Picture, month: date, due: Due | None, scope: Scope) -> Tile:
    name = month_name(month)
    if due is None:
        return Tile(month, "", "restated", f"{name}: nothing delegated")
    if due.state == AWAITED:
        return Tile(month, "", "open", f"{name}: due by {due.due_by:%-d %b}")
    if due.state == IN_REVIEW:
        return Tile(month, "…", "open", f"{name}: in review")
    if due.state != ACCEPTED:
        return Tile(month, "∅", "none", f"{name}: missing, {due.days_late} days late")
    came = shown.sent.get((*scope, month))
    late = (came.first_day - due.due_by).days if came else 0
    after = f", {late} days late" if late > 0 else ""
    if came and came.restated:
        return Tile(month, "↺", "restated", f"{name}: accepted, restated{after}")
    if late > 0:
        return Tile(month, f"+{late} d", "late", f"{name}: accepted{after}")
    return Tile(month, "✓", "", f"{name}: accepted")
