"""What a submission's listings contain, counted in the sealed tables themselves.

The sender compares these figures with their own count before handing over.
"""

from dataclasses import dataclass

import pandas as pd

from kpis.engine.tables import LISTINGS, Column, ListingType
from kpis.models import Check, SubmittedTable
from kpis.selectors.problem_groups import counted
from kpis.submissions.sealing import open_table
from oversight.storage import SealBroken

CLOSED = "closed"


@dataclass(frozen=True)
class ListingContents:
    """One listing: rows, sites, participants, and rows by what the listing tells them apart by.

    `states` are (words, count), with "not said" for blank cells; `closed` is None where rows
    cannot be closed. `broken` says in a sentence why nothing could be counted.
    """

    name: str
    title: str
    rows: int
    sites: int = 0
    participants: int = 0
    states: tuple[tuple[str, int], ...] = ()
    closed: int | None = None
    rows_sha256: str = ""
    broken: str = ""

    @property
    def pending(self) -> int | None:
        """Return the rows that are not closed: what the KPIs call open; None without such."""
        return None if self.closed is None else self.rows - self.closed

    @property
    def finding(self) -> str:
        """Return the count in one line: 574 rows, 404 open, 170 answered."""
        parts = [f"{count:,} {state}" for state, count in self.states if count]
        return ", ".join([counted(self.rows, "row"), *parts])


def contents_of(check: Check | None) -> tuple[ListingContents, ...]:
    """Return what each sealed table of `check` contains, as LISTINGS are ordered; one statement."""
    tables = check.tables.all() if check else ()
    order = list(LISTINGS)
    return tuple(_contents(t) for t in sorted(tables, key=lambda t: order.index(t.listing)))


def _contents(table: SubmittedTable) -> ListingContents:
    listing = LISTINGS[table.listing]
    names = {column.name for column in listing.columns}
    telling = _telling(listing)
    wanted: list[str] = [name for name in ("site", "participant") if name in names]
    wanted += [telling.name] if telling else []
    try:
        rows = open_table(table.sha256, columns=wanted)
    except (SealBroken, FileNotFoundError) as error:
        return ListingContents(
            name=listing.name, title=listing.title, rows=table.row_count, broken=str(error)
        )
    return ListingContents(
        name=listing.name,
        title=listing.title,
        rows=len(rows),
        sites=_different(rows, "site"),
        participants=_different(rows, "participant"),
        states=_states(rows[telling.name], telling) if telling else (),
        closed=_closed(rows[telling.name], telling) if telling else None,
        rows_sha256=table.rows_sha256,
    )


def _different(rows: pd.DataFrame, name: str) -> int:
    return int(rows[name].nunique()) if name in rows else 0


def _telling(listing: ListingType) -> Column | None:
    """Return the column whose few values the sender counts by: the first one with choices."""
    return next((column for column in listing.columns if column.choices), None)


def _states(values: "pd.Series[str]", column: Column) -> tuple[tuple[str, int], ...]:
    counts = values.value_counts()
    found = [(_words(c.value, column), int(counts.get(c.value, 0))) for c in column.choices]
    blank = int(values.isna().sum())
    return (*found, ("not said", blank)) if blank else tuple(found)


def _words(value: str, column: Column) -> str:
    """Say a choice; yes and no only with what they answer."""
    said = value.replace("-", " ")
    return f"{column.title}: {said}" if value in {"yes", "no"} else said


def _closed(values: "pd.Series[str]", column: Column) -> int | None:
    known = CLOSED in {choice.value for choice in column.choices}
    return int((values == CLOSED).sum()) if known else None
