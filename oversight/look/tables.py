"""Plain values for the table under a chart: what `_chart.html` expects from a view."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A heading; figures stand right-aligned under each other."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """A text with a link, for cells that lead further. Elsewhere a plain string does."""

    text: str
    url: str = ""

    def __str__(self) -> str:
        return self.text


def paired(
    columns: tuple[Column, ...], row: tuple[Cell | str, ...]
) -> list[tuple[Column, Cell | str]]:
    """Pair the cells of a row with their columns; refuses a row of another length."""
    return list(zip(columns, row, strict=True))
