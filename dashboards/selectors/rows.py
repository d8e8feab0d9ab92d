"""The rows behind a value: chosen by the very selection that computed it, each with its origin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboards.selectors.sources import OriginalFile, Source
from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import numerator_rows
from kpis.engine.tables import LISTINGS, PROVENANCE, Column
from kpis.submissions.sealing import open_table
from oversight.look.times import day_text

# Columns that every row shows elsewhere or that only the intake needed.
LEFT_OUT = frozenset({"study", "region", "reported_age", "extracted_on", "action_owner"})
NUMERATOR, DENOMINATOR = "numerator", "denominator"


@dataclass(frozen=True)
class RowBehind:
    """One row of a listing in texts, with study, age in days, and the cell it came from."""

    protocol_number: str
    cells: tuple[str, ...]
    age: int | None
    sheet: str
    row: int
    file: OriginalFile


@dataclass(frozen=True)
class RowsBehind:
    """All rows behind a value, oldest first; `slice` makes texts only of those shown."""

    columns: tuple[Column, ...]
    table: pd.DataFrame
    sources: tuple[Source, ...]

    def __len__(self) -> int:
        return len(self.table)

    def slice(self, first: int, last: int) -> tuple[RowBehind, ...]:
        """Return the rows from `first` up to, without, `last`."""
        return tuple(self.iterate(self.table.iloc[first:last]))

    def iterate(self, table: pd.DataFrame | None = None) -> Iterator[RowBehind]:
        """Yield rows as texts, one by one."""
        chosen = self.table if table is None else table
        names = [column.name for column in self.columns]
        for record in chosen.to_dict("records"):
            source = self.sources[record["source"]]
            yield RowBehind(
                protocol_number=source.protocol_number,
                cells=tuple(_text(record[name]) for name in names),
                age=None if pd.isna(record["age"]) else int(record["age"]),
                sheet=str(record["sheet"]),
                row=int(record["row"]),
                file=source.files[int(record["file"])],
            )


def rows_behind(
    definition: KpiDefinition,
    sources: Sequence[Source],
    *,
    part: str = NUMERATOR,
    site: str = "",
    country: str = "",
) -> RowsBehind:
    """Return the rows of numerator or denominator in a scope, each study at its own cut-off."""
    opened = str(definition.parameters.get("opened", ""))
    listing = definition.listings[0]
    frames = []
    for place, source in enumerate(sources):
        tables = {name: open_table(sha256) for name, sha256 in source.tables.items()}
        selection = numerator_rows(
            definition, tables, cutoff_date=source.cutoff_date, period_start=source.period
        )
        rows = selection.numerator if part == NUMERATOR else selection.denominator
        listing = rows.listing
        chosen = tables[listing][rows.mask].assign(source=place)
        cutoff = pd.Timestamp(source.cutoff_date)
        chosen["age"] = (cutoff - chosen[opened].dt.normalize()).dt.days if opened else None
        frames.append(chosen)
    table = pd.concat(frames, ignore_index=True) if frames else _nothing(listing)
    for column, wanted in (("site", site), ("country", country)):
        if wanted:
            table = table[table[column] == wanted]
    order = ["age", "source", "file", "sheet", "row"]
    table = table.sort_values(order, ascending=[False, True, True, True, True], kind="stable")
    shown = tuple(one for one in LISTINGS[listing].columns if one.name not in LEFT_OUT)
    return RowsBehind(_filled(shown, table), table, tuple(sources))


def _filled(columns: tuple[Column, ...], table: pd.DataFrame) -> tuple[Column, ...]:
    """Leave out columns that no row fills."""
    return tuple(
        one for one in columns if one.name in table.columns and bool(table[one.name].notna().any())
    )


def _nothing(listing: str) -> pd.DataFrame:
    names = [column.name for column in LISTINGS[listing].columns]
    return pd.DataFrame(columns=[*names, *PROVENANCE, "source", "age"])


def _text(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return day_text(value.date())
    return str(value)
