"""Differing rows as the lines of a CSV: all columns, and of changed ones both values."""

from collections.abc import Iterator
from typing import Any

from kpis.engine.tables import Column
from kpis.selectors.differing import DifferingRows, Place, cell_words
from kpis.selectors.origins import Origins
from kpis.submissions.comparing.sealed import CHANGED, GONE


def header_of(found: DifferingRows) -> list[str]:
    """Return the headings; what changed somewhere stands twice, before and now."""
    titles = []
    for column, twice in _columns(found):
        titles += [f"{column.title}, before", f"{column.title}, now"] if twice else [column.title]
    changed = ["Changed"] if found.kind == CHANGED else []
    return [*titles, *changed, "Sheet", "Row", "File"]


def records_of(found: DifferingRows, origins: Origins) -> Iterator[list[Any]]:
    """Yield the cells of each row; the place is the new file's, of a gone row the old one's."""
    side = "before" if found.kind == GONE else "after"
    columns = _columns(found)
    for row in found.iterate():
        cells: list[Any] = []
        for column, twice in columns:
            sides = ("before", "after") if twice else (side,)
            cells += [_cell(row[f"{one}.{column.name}"], column) for one in sides]
        if found.kind == CHANGED:
            names = str(row["columns"]).split()
            cells.append(", ".join(found.listing.column(name).title for name in names))
        place = Place(int(row[f"{side}.file"]), str(row[f"{side}.sheet"]), int(row[f"{side}.row"]))
        origin = origins.place(side, place)
        yield [*cells, place.sheet, place.row, origin.name if origin else ""]


def _columns(found: DifferingRows) -> list[tuple[Column, bool]]:
    changed = {title for title, _ in found.by_column}
    return [(column, column.title in changed) for column in found.listing.columns]


def _cell(value: Any, column: Column) -> str:
    """Write days so that a spreadsheet sorts them."""
    words = cell_words(value, column)
    if not words or column.kind not in ("date", "datetime"):
        return words.replace(",", "") if column.kind in ("integer", "number") else words
    return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"
