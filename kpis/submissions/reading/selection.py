"""Which sheets of one listing are used, so that no row is counted twice.

Reports often carry the cumulative listing and excerpts of it. An excerpt is recognised by its
rows, not by its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kpis.engine.tables import ListingType
from kpis.submissions.reading.coded import written_out
from kpis.submissions.reading.typed import TypedSheet

# An excerpt may spell one descriptive column in its own way (one of the real reports numbers
# its forms anew in the excerpt), but at least half of its rows must be equal in every column.
EQUAL_SHARE = 0.5
MAY_DIFFER = ("form", "folder", "marking_group")


@dataclass(frozen=True)
class Excerpt:
    """A sheet that repeats rows of another one."""

    sheet: TypedSheet
    whole: TypedSheet
    equal: int


def split_excerpts(
    sheets: Sequence[TypedSheet], listing: ListingType
) -> tuple[list[TypedSheet], list[Excerpt]]:
    """Return the sheets to use, in document order, and those that only repeat their rows."""
    by_size = sorted(
        sheets,
        key=lambda typed: (
            -len(typed.table),
            "cumulative" not in typed.sheet.name.casefold(),
        ),
    )
    used: list[TypedSheet] = []
    excerpts: list[Excerpt] = []
    for candidate in by_size:
        for whole in used:
            equal = _contained(candidate, whole, listing)
            if equal is not None:
                excerpts.append(Excerpt(candidate, whole, equal))
                break
        else:
            used.append(candidate)
    return [typed for typed in sheets if any(typed is one for one in used)], excerpts


def _contained(part: TypedSheet, whole: TypedSheet, listing: ListingType) -> int | None:
    """Return how many rows are equal when every row of `part` is in `whole`; else None."""
    if part.table.empty:
        return 0
    shared = [
        name
        for name in listing.key
        if name in part.header.positions and name in whole.header.positions
    ]
    if not {"participant", "opened_at"} & set(shared):
        return None
    equal = _common(part.table, whole.table, shared)
    if equal == len(part.table):
        return equal
    if equal < EQUAL_SHARE * len(part.table):
        return None
    for name in MAY_DIFFER:
        others = [column for column in shared if column != name]
        if _common(part.table, whole.table, others) == len(part.table):
            return equal
    return None


def _common(part: pd.DataFrame, whole: pd.DataFrame, columns: list[str]) -> int:
    """Return the size of the intersection of two tables as multisets of rows."""
    left, right = (
        written_out(one[columns]).groupby(columns, dropna=False).size() for one in (part, whole)
    )
    both = pd.concat([left, right], axis=1, join="inner")
    return int(both.min(axis=1).sum())
