"""A source profile: how one layout of a CRO's exports is read, as a person confirmed it.

Plain frozen values. Where profiles are kept is no matter of this package; how one is found for a
sheet is in `layout`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from kpis.engine.tables import Choice, Column
from kpis.submissions.reading.dates import Order
from kpis.submissions.reading.numbers import DecimalSign
from kpis.submissions.reading.problems import shorten
from kpis.submissions.reading.storeys import squeeze


@dataclass(frozen=True)
class ColumnReading:
    """How one column of ours is read from a layout.

    `place` counts the layout's named header cells from 0; None means that the file has no such
    column. What is empty is left to the rules: the column's own unit, the evidence of its cells.
    `spellings` gives words of the file with the choice of ours that they mean.
    """

    header: str = ""
    place: int | None = None
    unit: str = ""
    date_order: Order = ""
    decimal_sign: DecimalSign = ""
    spellings: Mapping[str, str] = field(default_factory=dict)

    def choices(self, column: Column) -> tuple[Choice, ...]:
        """Return the column's choices with the confirmed words among their spellings."""
        if not self.spellings:
            return column.choices
        return tuple(
            Choice(
                one.value,
                (
                    *(word for word, value in self.spellings.items() if value == one.value),
                    *one.spellings,
                ),
            )
            for one in column.choices
        )

    def as_json(self) -> dict[str, Any]:
        """Return the reading as it is stored."""
        return asdict(self)


@dataclass(frozen=True)
class Profile:
    """One version of how a layout is read as one listing. `key` tells it from all others."""

    key: int
    name: str
    listing: str
    version: int
    headers: tuple[str, ...]
    columns: Mapping[str, ColumnReading]

    @property
    def signature(self) -> str:
        """The hash by which the layout is known."""
        return signature(self.headers)

    @property
    def words(self) -> tuple[str, ...]:
        """The layout's header words as they are compared."""
        return tuple(word_of(title) for title in self.headers)


def signature(headers: Sequence[str]) -> str:
    """Return the SHA-256 of header words in the order of the file, whatever case and signs."""
    return hashlib.sha256("\n".join(map(word_of, headers)).encode()).hexdigest()


def word_of(title: str) -> str:
    """Return a header word as it is compared; the end of a long title does not count."""
    return squeeze(shorten(title))
