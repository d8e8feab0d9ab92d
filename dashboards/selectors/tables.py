"""The listings behind a result, put together from its parts exactly as its computation did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboards.selectors.sources import Part
from kpis.engine.tables import TABLES
from kpis.submissions.sealing import open_table


@dataclass(frozen=True)
class Tables:
    """Listings by name, each row with the place of its part in `part`.

    `rows` are as sent; `aligned` are the same with times moved, so that ages run to the common
    cut-off.
    """

    rows: dict[str, pd.DataFrame]
    aligned: dict[str, pd.DataFrame]
    cutoff_date: date


def tables_of(parts: Sequence[Part], listings: Iterable[str], *, of_study: bool) -> Tables:
    """Open the listings; of a study, the first part that brings a listing supplies it alone."""
    cutoff = max(part.cutoff_date for part in parts)
    rows: dict[str, list[pd.DataFrame]] = {}
    aligned: dict[str, list[pd.DataFrame]] = {}
    for listing in listings:
        for place, part in enumerate(parts):
            if listing not in part.tables or (of_study and listing in rows):
                continue
            if part.names is not None and not _names_study(listing):
                continue
            table = _rows(part, listing).assign(part=place)
            rows.setdefault(listing, []).append(table)
            lag = (cutoff - part.cutoff_date).days
            aligned.setdefault(listing, []).append(_moved(table, lag) if lag else table)
    return Tables(_joined(rows), _joined(aligned), cutoff)


def _rows(part: Part, listing: str) -> pd.DataFrame:
    table = open_table(part.tables[listing])
    if part.names is None:
        return table
    named = table["study"].fillna("").str.strip().str.casefold()
    return table[named.isin(part.names)].reset_index(drop=True)


def _moved(table: pd.DataFrame, lag: int) -> pd.DataFrame:
    """Return the rows with every time moved by so many days."""
    times = table.select_dtypes("datetime").columns
    return table.assign(**{name: table[name] + pd.Timedelta(days=lag) for name in times})


def _names_study(listing: str) -> bool:
    return any(column.name == "study" for column in TABLES[listing].columns)


def _joined(found: dict[str, list[pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    return {
        listing: frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
        for listing, frames in found.items()
    }
