"""The rows behind a value: chosen by the very selection that computed it, each with its origin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboards.selectors.clock import clock_of, days_by
from dashboards.selectors.sources import OriginalFile, Part
from dashboards.selectors.tables import tables_of
from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import ListingError, numerator_rows
from kpis.engine.tables import PROVENANCE, TABLES, Column
from oversight.look.times import day_text

# Columns that every row shows elsewhere or that only the intake needed.
LEFT_OUT = frozenset({"study", "region", "reported_age", "extracted_on", "action_owner"})
NUMERATOR, DENOMINATOR = "numerator", "denominator"


@dataclass(frozen=True)
class RowBehind:
    """One row of a listing in texts, with study, days on its clock, and the cell it came from."""

    protocol_number: str
    cells: tuple[str, ...]
    age: int | None
    sheet: str
    row: int
    file: OriginalFile


@dataclass(frozen=True)
class RowsBehind:
    """All rows behind a value; `slice` makes texts only of those shown.

    `clock` names the days shown with each row (“Age”), empty for a listing without any; with it
    the longest come first. `why` says what did not come, where that is why there are no rows.
    """

    listing: str
    columns: tuple[Column, ...]
    table: pd.DataFrame
    parts: tuple[Part, ...]
    clock: str = ""
    why: str = ""

    def __len__(self) -> int:
        return len(self.table)

    @property
    def names_studies(self) -> bool:
        """True where the rows are told apart by study."""
        return any(part.protocol_number for part in self.parts) or bool(
            "study" in self.table and self.table["study"].notna().any()
        )

    @property
    def title(self) -> str:
        """The name of the listing."""
        return TABLES[self.listing].title

    @property
    def files(self) -> tuple[OriginalFile, ...]:
        """The files that the rows stand in."""
        pairs = self.table[["part", "file"]].drop_duplicates().itertuples(index=False)
        return tuple(self.parts[int(part)].files[int(file)] for part, file in pairs)

    def slice(self, first: int, last: int) -> tuple[RowBehind, ...]:
        """Return the rows from `first` up to, without, `last`."""
        return tuple(self.iterate(self.table.iloc[first:last]))

    def iterate(self, table: pd.DataFrame | None = None) -> Iterator[RowBehind]:
        """Yield rows as texts, one by one."""
        chosen = self.table if table is None else table
        names = [column.name for column in self.columns]
        for record in chosen.to_dict("records"):
            part = self.parts[record["part"]]
            yield RowBehind(
                protocol_number=part.protocol_number or _text(record.get("study")),
                cells=tuple(_text(record[name]) for name in names),
                age=None if pd.isna(record["age"]) else int(record["age"]),
                sheet=str(record["sheet"]),
                row=int(record["row"]),
                file=part.files[int(record["file"])],
            )


def rows_behind(
    definition: KpiDefinition,
    parts: Sequence[Part],
    *,
    period: date,
    of_study: bool,
    part: str = NUMERATOR,
    site: str = "",
    country: str = "",
) -> RowsBehind:
    """Return the rows of numerator or denominator in a scope.

    Numerator and denominator may be of two listings. Raises storage.SealBroken for a table that
    was altered.
    """
    first = definition.listings[0]
    if not parts:
        return nothing_behind(first, parts)
    tables = tables_of(parts, definition.listings, of_study=of_study)
    try:
        selection = numerator_rows(
            definition, tables.aligned, cutoff_date=tables.cutoff_date, period_start=period
        )
    except ListingError as error:
        return nothing_behind(first, parts, why=str(error))
    rows = selection.numerator if part == NUMERATOR else selection.denominator
    found = tables.rows[rows.listing][rows.mask]
    for column, wanted in (("site", site), ("country", country)):
        if wanted and column in found.columns:
            found = found[found[column] == wanted]
    return chosen_rows(definition, rows.listing, found, parts)


def chosen_rows(
    definition: KpiDefinition, listing: str, rows: pd.DataFrame, parts: Sequence[Part]
) -> RowsBehind:
    """Return these rows of a listing as a page shows them, the longest first."""
    clock = clock_of(definition, listing)
    days = days_by(clock, rows, [one.cutoff_date for one in parts])
    order = ["age", "part", "file", "sheet", "row"]
    table = rows.assign(age=days).sort_values(
        order, ascending=[False, True, True, True, True], kind="stable"
    )
    return RowsBehind(
        listing=listing,
        columns=_shown(listing, table),
        table=table,
        parts=tuple(parts),
        clock=clock.title if clock else "",
    )


def numerator_listing(definition: KpiDefinition) -> str:
    """Return the listing that a KPI's numerator is counted in."""
    parameters: Mapping[str, Any] = definition.parameters
    cases = parameters.get("events") or parameters.get("whole") or parameters
    return str(cases["listing"])


def _shown(listing: str, table: pd.DataFrame) -> tuple[Column, ...]:
    """Leave out columns that no row fills."""
    return tuple(
        one
        for one in TABLES[listing].columns
        if one.name not in LEFT_OUT
        and one.name in table.columns
        and bool(table[one.name].notna().any())
    )


def nothing_behind(listing: str, parts: Sequence[Part], *, why: str = "") -> RowsBehind:
    """Return that there are no rows, and why."""
    names = [column.name for column in TABLES[listing].columns]
    table = pd.DataFrame(columns=[*names, *PROVENANCE, "part", "age"])
    return RowsBehind(listing, (), table, tuple(parts), why=why)


def _text(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return day_text(value.date())
    return str(value)
