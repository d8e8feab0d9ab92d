"""A raw sheet and its header to a typed table, with every problem at its cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray
from pandas.api.types import pandas_dtype

from kpis.engine.tables import Column, ListingType
from kpis.submissions.reading.cells import cells_of
from kpis.submissions.reading.coded import one_text
from kpis.submissions.reading.column_cells import ColumnCells
from kpis.submissions.reading.headers import Header
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.profile import ColumnReading
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.rows import data_rows
from kpis.submissions.reading.typed_column import TEXTS, read_column


@dataclass(frozen=True)
class TypedSheet:
    """One sheet as a typed table: the listing's columns, then file, sheet and row.

    Texts that repeat are `coded`.
    """

    sheet: RawSheet
    header: Header
    table: pd.DataFrame
    problems: tuple[Problem, ...]


def type_sheet(
    sheet: RawSheet,
    header: Header,
    listing: ListingType,
    readings: Mapping[str, ColumnReading] | None = None,
) -> TypedSheet:
    """Convert every column of the listing that the header has; others become blank.

    `readings` say how columns are read, where a person confirmed it.
    """
    columns = {
        name: cells_of(sheet.frame[position], header.last + 1, dates=_holds_dates(listing, name))
        for name, position in header.positions.items()
    }
    kept, problems = data_rows(sheet, header, listing, columns)
    body = sheet.frame.index[header.last + 1 :][kept]
    values: dict[str, ExtensionArray] = {}
    for column in listing.columns:
        position = header.positions.get(column.name)
        if position is None:
            values[column.name] = _blank(column, len(body))
            continue
        kept_cells = columns.pop(column.name).kept(kept)
        reading = (readings or {}).get(column.name, ColumnReading())
        cells = ColumnCells(sheet, header, column, position, kept_cells)
        values[column.name], found = read_column(cells, reading)
        problems += found
    table = pd.DataFrame(values)
    table["file"] = np.int64(sheet.file)
    table["sheet"] = one_text(sheet.name, len(body))
    table["row"] = body.to_numpy(dtype="int64") + 1
    return TypedSheet(sheet, header, table, tuple(problems))


# What the columns of a table that is written out are.
DTYPES = {
    "text": "str",
    "choice": "str",
    "integer": "Int64",
    "number": "Float64",
    "date": "datetime64[us]",
    "datetime": "datetime64[us]",
}


def _holds_dates(listing: ListingType, name: str) -> bool:
    return listing.column(name).kind in {"date", "datetime"}


def _blank(column: Column, rows: int) -> ExtensionArray:
    if column.kind in TEXTS:
        return one_text(None, rows)
    return _repeated(pd.NA, DTYPES[column.kind], rows)


def _repeated(value: object, dtype: str, rows: int) -> ExtensionArray:
    return _array(pd.Series([value], dtype="object").astype(pandas_dtype(dtype))).take(
        np.zeros(rows, dtype=np.intp)
    )


def _array(values: pd.Series) -> ExtensionArray:
    return cast(ExtensionArray, values.array)
