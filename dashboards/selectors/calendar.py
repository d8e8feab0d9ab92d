"""What came in the last months: a line per submission due, a tile per month."""

from dataclasses import dataclass
from datetime import date

from dashboards.periods import month_name
from dashboards.selectors.due import due_of
from dashboards.selectors.picture import Picture
from kpis.standing.tiles import NOTHING, Tile, tile_of


@dataclass(frozen=True)
class Calendar:
    """The last months of one submission due: of a study, or across an engagement's studies."""

    name: str
    engagement: str
    tiles: tuple[tuple[date, Tile, str], ...]


def calendars(shown: Picture) -> tuple[Calendar, ...]:
    """Return a line for each submission that was due in one of the months."""
    by_month = {
        month: {
            one.entry.scope: tile_of(one.entry)
            for one in due_of(shown.holdings, asked=shown.asked, period=month, came=shown.standings)
        }
        for month in shown.months
    }
    scopes = dict.fromkeys(scope for due in by_month.values() for scope in due)
    return tuple(
        Calendar(
            name=shown.protocols[study] if study is not None else "All studies",
            engagement=shown.vendor_of(engagement).name,
            tiles=tuple(
                (month, tile, f"{month_name(month)}: {tile.words}")
                for month in shown.months
                for tile in (by_month[month].get((engagement, study), NOTHING),)
            ),
        )
        for engagement, study in scopes
    )
