"""Which columns and rows the sheet of a listing has: what names a row first, then what is asked.

Rows stand there already where they can be known: one for each site, one for each study, and what
was reported last month under a number of its own (positions, change orders). Listings of single
participants or of cases without a number come from an export and begin empty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from kpis.engine.tables import Column, ListingType
from kpis.submissions.template.facts import TemplateFacts

PLACE = ("study", "region", "country", "site")
MOST_ROWS = 1000  # more than this nobody types: it comes from an export

Row = Mapping[str, object]


@dataclass(frozen=True)
class SheetPlan:
    """One listing's sheet: the first `named` of its columns say what a row is about.

    `rows` hold values by column name: of the first columns to be pre-filled, of all others those of
    last month, to stand beside the entry cells.
    """

    listing: ListingType
    columns: tuple[Column, ...]
    named: int
    rows: tuple[Row, ...]

    @property
    def shows_last_month(self) -> bool:
        """Tell whether there is anything to show beside."""
        asked = [column.name for column in self.columns[self.named :]]
        return any(row.get(name) is not None for row in self.rows for name in asked)


def naming_columns(listing: ListingType) -> tuple[str, ...]:
    """Return the columns that say what a row is about; () where rows are not pre-filled.

    Not without a column beside them: a row that only has them is one in which nothing was entered.
    """
    names = [column.name for column in listing.columns]
    if listing.duplicates == "counted" or "participant" in names:
        return ()
    naming = tuple(name for name in names if name in listing.key or name in PLACE)
    return naming if len(naming) < len(names) else ()


def plan_sheet(listing: ListingType, facts: TemplateFacts) -> SheetPlan:
    """Lay out one sheet."""
    naming = naming_columns(listing)
    first = [listing.column(name) for name in naming]
    rest = [column for column in listing.columns if column.name not in naming]
    rows = _rows(listing, naming, facts)
    return SheetPlan(listing, (*first, *rest), len(naming), rows)


def _rows(listing: ListingType, naming: tuple[str, ...], facts: TemplateFacts) -> tuple[Row, ...]:
    if not naming:
        return ()
    reported = list(_reported(listing, facts))
    known = list(_known(listing, facts))
    if len(reported) > MOST_ROWS:
        reported = []
    seen = {_identity(row, listing) for row in reported}
    rows = reported + [row for row in known if _identity(row, listing) not in seen]
    return tuple(sorted(rows, key=lambda row: _identity(row, listing))) if known else tuple(rows)


def _reported(listing: ListingType, facts: TemplateFacts) -> Iterable[Row]:
    """Yield the rows of last month, without where they stood."""
    table = facts.last_tables.get(listing.name)
    if table is None or len(table) > MOST_ROWS:
        return
    names = [column.name for column in listing.columns if column.name in table]
    for values in table[names].itertuples(index=False, name=None):
        row = {name: plain(value) for name, value in zip(names, values, strict=True)}
        if row.get("study") is None and facts.study and "study" in names:
            row["study"] = facts.study
        yield row


def _known(listing: ListingType, facts: TemplateFacts) -> Iterable[Row]:
    """Yield a row for each site or study, where the listing has one row for each."""
    own = set(listing.key) - {"study", "region", "country"}
    if own == {"site"}:
        for site in facts.sites[:MOST_ROWS]:
            yield {"study": site.study, "country": site.country or None, "site": site.number}
    elif listing.key == ("study",):
        for study in facts.studies:
            yield {"study": study}


def _identity(row: Row, listing: ListingType) -> tuple[str, ...]:
    return tuple(str(row.get(name) or "").casefold() for name in listing.key)


def plain(value: object) -> object:
    """Return a value of a typed table as a cell takes it; None for no value."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value
