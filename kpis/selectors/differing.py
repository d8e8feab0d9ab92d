"""Rows that differ from the last accepted submission, as texts: read in slices, never all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kpis.engine.tables import Column, ListingType
from kpis.submissions.comparing.rows import identities
from kpis.submissions.comparing.sealed import CHANGED, GONE, Differences, open_differences
from oversight.look.times import day_text

EMPTY = "(empty)"


@dataclass(frozen=True)
class CellChange:
    """One column of a changed row."""

    title: str
    was: str
    now: str


@dataclass(frozen=True)
class Place:
    """Where a row stands: the file by its position among those read, sheet and row."""

    file: int
    sheet: str
    row: int


@dataclass(frozen=True)
class RowLine:
    """One row: the cells of the columns shown, what changed in it, and where it stands."""

    kind: str
    cells: tuple[str, ...]
    changes: tuple[CellChange, ...]
    before: Place | None
    after: Place | None

    @property
    def words(self) -> str:
        """Name the row by what it says."""
        return ", ".join(cell for cell in self.cells if cell)


@dataclass(frozen=True)
class DifferingRows:
    """All rows of one kind in one listing; `lines` makes texts of some of them only."""

    listing: ListingType
    kind: str
    site: str
    sites: tuple[str, ...]
    by_column: tuple[tuple[str, int], ...]
    kept: Differences | None
    places: Any = ()

    def __len__(self) -> int:
        return len(self.places)

    def slice(self, first: int, last: int) -> tuple[tuple[Column, ...], tuple[RowLine, ...]]:
        """Return the columns to show and the rows from `first` up to, without, `last`."""
        if self.kept is None:
            return (), ()
        table = self.kept.rows(self.places[first:last])
        columns = shown_columns(self.listing, self.kind, table)
        return columns, tuple(_lines(table, self.listing, self.kind, columns))

    def iterate(self, size: int = 5000) -> Iterator[Mapping[str, Any]]:
        """Yield all rows as they are kept, a few thousand in memory at a time."""
        if self.kept is None:
            return
        for first in range(0, len(self), size):
            yield from self.kept.rows(self.places[first : first + size]).to_dict("records")  # type: ignore[misc]  # names are texts


def differing_rows(sha256: str, listing: ListingType, kind: str, site: str = "") -> DifferingRows:
    """Open the rows of a kind, of one site or of all; raises storage.SealBroken.

    Without a seal nothing differs.
    """
    if not sha256:
        return DifferingRows(listing, kind, site, (), (), None)
    kept = open_differences(sha256)
    return DifferingRows(
        listing=listing,
        kind=kind,
        site=site,
        sites=kept.sites(kind),
        by_column=tuple(
            (listing.column(name).title, count) for name, count in kept.columns(kind, site).items()
        ),
        kept=kept,
        places=kept.places(kind, site),
    )


def first_lines(sha256: str, listing: ListingType, kind: str, most: int) -> tuple[RowLine, ...]:
    """Return the first rows of a kind, named by their key alone."""
    kept = open_differences(sha256)
    table = kept.rows(kept.places(kind)[:most])
    return tuple(_lines(table, listing, kind, key_columns(listing)))


def key_columns(listing: ListingType) -> tuple[Column, ...]:
    """Return the columns by which a person finds the row again."""
    names = identities(listing)[-1]
    return tuple(one for one in listing.columns if one.name in names and one.name != "study")


def shown_columns(listing: ListingType, kind: str, table: pd.DataFrame) -> tuple[Column, ...]:
    """Return the columns that some row fills; of changed rows those that name them."""
    side = "before" if kind == GONE else "after"
    columns = listing.columns
    if kind == CHANGED:
        columns = tuple(one for one in columns if one.name in identities(listing)[-1])
    return tuple(one for one in columns if table[f"{side}.{one.name}"].notna().any())


def _lines(
    table: pd.DataFrame, listing: ListingType, kind: str, columns: Sequence[Column]
) -> Iterator[RowLine]:
    side = "before" if kind == GONE else "after"
    for row in table.to_dict("records"):
        yield RowLine(
            kind=kind,
            cells=tuple(cell_words(row[f"{side}.{one.name}"], one) for one in columns),
            changes=tuple(
                CellChange(
                    listing.column(name).title,
                    cell_words(row[f"before.{name}"], listing.column(name)) or EMPTY,
                    cell_words(row[f"after.{name}"], listing.column(name)) or EMPTY,
                )
                for name in str(row["columns"]).split()
            ),
            before=_place(row, "before"),
            after=_place(row, "after"),
        )


def _place(row: Mapping[Any, Any], side: str) -> Place | None:
    if pd.isna(row[f"{side}.row"]):
        return None
    return Place(int(row[f"{side}.file"]), str(row[f"{side}.sheet"]), int(row[f"{side}.row"]))


def cell_words(value: Any, column: Column) -> str:
    """Say a value as the pages do; nothing is empty."""
    if pd.isna(value):
        return ""
    if column.kind in ("date", "datetime"):
        bare = value == value.normalize()
        return day_text(value.date()) + ("" if bare else f" {value:%H:%M}")
    if column.kind in ("integer", "number"):
        whole = float(value).is_integer()
        return f"{int(value):,}" if whole else f"{value:,.6f}".rstrip("0")
    return str(value).replace("-", " ") if column.kind == "choice" else str(value)
