"""What a submission's listings contain, counted in the sealed tables themselves.

The sender compares these figures with their own count before handing over.
"""

from dataclasses import dataclass

import pandas as pd

from kpis.engine.tables import LISTINGS
from kpis.models import Check, SubmittedTable
from kpis.selectors.problem_groups import counted
from kpis.submissions.sealing import open_table
from oversight.storage import SealBroken

STATES = ("open", "answered", "closed")


@dataclass(frozen=True)
class ListingContents:
    """One listing: rows, sites, participants, and rows by state where the listing has states.

    `broken` says in a sentence why nothing could be counted.
    """

    name: str
    title: str
    rows: int
    sites: int = 0
    participants: int = 0
    states: tuple[tuple[str, int], ...] = ()
    rows_sha256: str = ""
    broken: str = ""

    @property
    def pending(self) -> int:
        """Return the rows that are not closed: what the KPIs call open."""
        return sum(count for state, count in self.states if state != "closed")

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
    wanted: list[str] = [name for name in ("site", "participant", "state") if name in names]
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
        states=_states(rows) if "state" in names else (),
        rows_sha256=table.rows_sha256,
    )


def _different(rows: pd.DataFrame, name: str) -> int:
    return int(rows[name].nunique()) if name in rows else 0


def _states(rows: pd.DataFrame) -> tuple[tuple[str, int], ...]:
    counts = rows["state"].value_counts()
    return tuple((state, int(counts.get(state, 0))) for state in STATES)
