"""Two typed tables of one listing, row by row: new, changed, gone, unchanged. Pure.

Rows are counted as multisets: exact duplicates are data. Where a row came from (file, sheet, row)
and what only follows the calendar is no difference. Linear in the rows but for sorting numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpis.engine.tables import PROVENANCE, ListingType

Numbers = NDArray[np.int64]

# Ages and days of extraction are other ones every month, while nothing happened to the row.
FOLLOW_THE_CALENDAR = frozenset(
    {
        "reported_age",
        "extracted_on",
        "days_on_study",
        "days_missing",
        "days_outstanding",
        "days_pending",
    }
)
MOST = 2**62


@dataclass(frozen=True)
class Difference:
    """What became of the rows of one listing; `before` and `after` are the changed ones, paired."""

    listing: ListingType
    new: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame
    gone: pd.DataFrame
    unchanged: int

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Return the numbers of new, changed, gone and unchanged rows."""
        return len(self.new), len(self.after), len(self.gone), self.unchanged


def compare(listing: ListingType, before: pd.DataFrame, after: pd.DataFrame) -> Difference:
    """Compare two tables of `listing`, each with its columns and the provenance of the rows.

    Equal rows are paired first, then rows with the same key; where a listing may repeat its key,
    which then is the whole row, those with the same texts in it. Of several rows that are alike the
    first ones, as they stand in their files, are paired.
    """
    old, young = _in_file_order(listing, before), _in_file_order(listing, after)
    left, right = np.arange(len(old)), np.arange(len(young))
    found: list[tuple[Numbers, Numbers]] = []
    keys = [_said_by_both(key, old, young) for key in identities(listing)]
    for columns in (compared(listing), *filter(None, keys)):
        ours, theirs = _pairs(*_codes(old.iloc[left], young.iloc[right], columns))
        found.append((left[ours], right[theirs]))
        left, right = np.delete(left, ours), np.delete(right, theirs)
    same, *changed = found
    ours = np.concatenate([left[:0], *(pair[0] for pair in changed)])
    theirs = np.concatenate([right[:0], *(pair[1] for pair in changed)])
    order = np.argsort(theirs)
    return Difference(
        listing=listing,
        new=_at(young, right),
        before=_at(old, ours[order]),
        after=_at(young, theirs[order]),
        gone=_at(old, left),
        unchanged=len(same[0]),
    )


def changed_columns(found: Difference) -> "pd.Series[str]":
    """Return for each changed row the names of the columns that differ, spaces between."""
    names = np.full(len(found.after), "", dtype=object)
    for name in compared(found.listing):
        was, now = _codes(found.before, found.after, [name])
        names[was != now] += f" {name}"
    return pd.Series(names, found.after.index, dtype="object").str.strip().astype("str")


def gone_rows(listing: ListingType, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `before` that `after` neither repeats nor changes, in file order."""
    return compare(listing, before, after).gone


def compared(listing: ListingType) -> tuple[str, ...]:
    """Return the columns in which two rows may differ."""
    return tuple(one.name for one in listing.columns if one.name not in FOLLOW_THE_CALENDAR)


def identities(listing: ListingType) -> list[tuple[str, ...]]:
    """Return by which columns a row is found again, the surest first; the study is always one."""
    study = tuple(one.name for one in listing.columns if one.name == "study")
    keys = [listing.key]
    if listing.duplicates == "counted":
        kinds = {one.name: one.kind for one in listing.columns}
        keys.append(tuple(name for name in listing.key if kinds[name] == "text"))
    fixed = [tuple(n for n in key if n not in FOLLOW_THE_CALENDAR) for key in keys]
    return [(*study, *(name for name in key if name not in study)) for key in fixed]


def _at(table: pd.DataFrame, places: Numbers) -> pd.DataFrame:
    return table.iloc[places].reset_index(drop=True)


def _in_file_order(listing: ListingType, table: pd.DataFrame) -> pd.DataFrame:
    """Return the listing's columns, blank where the table has none, sorted by provenance."""
    whole = table.reindex(columns=[*(one.name for one in listing.columns), *PROVENANCE])
    return whole.sort_values(list(PROVENANCE), kind="stable", ignore_index=True)


def _said_by_both(
    columns: Sequence[str], old: pd.DataFrame, young: pd.DataFrame
) -> tuple[str, ...]:
    """Leave out what only one of the two tables ever says: it would tell all rows apart."""
    return tuple(c for c in columns if old[c].notna().any() and young[c].notna().any())


def _codes(
    old: pd.DataFrame, young: pd.DataFrame, columns: Sequence[str]
) -> tuple[Numbers, Numbers]:
    """Return a number for each row of both; equal rows have equal numbers, unequal ones others."""
    codes = np.zeros(len(old) + len(young), dtype=np.int64)
    size = 1
    for name in columns:
        found, known = pd.factorize(_joined(old[name], young[name]))
        if size > MOST // (len(known) + 1):
            codes = pd.factorize(codes)[0].astype(np.int64)
            size = len(codes)
        codes = codes * (len(known) + 1) + found + 1
        size *= len(known) + 1
    return codes[: len(old)], codes[len(old) :]


def _joined(old: "pd.Series", young: "pd.Series") -> "pd.Series":
    """Put a column of both tables together; a listing's column may have become of another kind."""
    if old.dtype != young.dtype:
        if old.isna().all() or young.isna().all():
            blank = old if old.isna().all() else young
            common = (young if blank is old else old).dtype
        else:
            numbers = all(pd.api.types.is_numeric_dtype(one) for one in (old, young))
            common = pd.Float64Dtype() if numbers else pd.StringDtype()
        old, young = (one.astype("object").astype(common) for one in (old, young))
    return pd.concat([old, young], ignore_index=True)


def _pairs(old: Numbers, young: Numbers) -> tuple[Numbers, Numbers]:
    """Return the positions of equal numbers, each used once, the first with the first."""
    left, right = _turns(old), _turns(young)
    most = int(max(left.max(initial=0), right.max(initial=0))) + 1
    _, codes = np.unique(np.concatenate([old, young]), return_inverse=True)
    numbered = codes * most + np.concatenate([left, right])
    _, ours, theirs = np.intersect1d(
        numbered[: len(old)], numbered[len(old) :], assume_unique=True, return_indices=True
    )
    return ours.astype(np.int64), theirs.astype(np.int64)


def _turns(codes: Numbers) -> Numbers:
    """Return for each number how often it stood before."""
    turns: Numbers = pd.Series(codes).groupby(codes).cumcount().to_numpy().astype(np.int64)
    return turns
