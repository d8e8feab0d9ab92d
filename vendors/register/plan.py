"""What an import does, row by row, for its preview."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from vendors.register.filling import Problem

State = Literal["new", "changed", "unchanged", "refused"]


@dataclass(frozen=True)
class FieldChange:
    """One field from what to what, as the file writes them."""

    heading: str
    old: str
    new: str


@dataclass(frozen=True)
class RowPlan:
    """One row of the file: which record, what becomes of it, why not (with each cell's address)."""

    number: int
    name: str
    state: State
    changes: tuple[FieldChange, ...]
    problems: tuple[tuple[str, Problem], ...]


@dataclass(frozen=True)
class Plan:
    """All rows; `absent` records are not in the file, `unknown` headings are not of the list."""

    rows: tuple[RowPlan, ...]
    absent: int
    unknown: tuple[str, ...]

    def count(self, state: State) -> int:
        """Return how many rows have a state."""
        return Counter(row.state for row in self.rows)[state]

    @property
    def refused(self) -> int:
        """Return how many rows are refused."""
        return self.count("refused")

    @property
    def new(self) -> int:
        """Return how many rows are new records."""
        return self.count("new")

    @property
    def changed(self) -> int:
        """Return how many rows change a record."""
        return self.count("changed")

    @property
    def unchanged(self) -> int:
        """Return how many rows say what the record says already."""
        return self.count("unchanged")

    @property
    def worth_showing(self) -> tuple[RowPlan, ...]:
        """Return the rows that are not unchanged, refused ones first."""
        rows = [row for row in self.rows if row.state != "unchanged"]
        return tuple(sorted(rows, key=lambda row: (row.state != "refused", row.number)))
