"""The rows that differ, as one sealed table for each listing, and back in slices.

Each row has `kind`, `site` and `columns` (the changed ones, with spaces between), and all columns
of the listing twice: as `before.…` and as `after.…`, file, sheet and row with them.
"""

import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from kpis.submissions.comparing.rows import Difference, changed_columns
from oversight import storage

NEW, CHANGED, GONE = "new", "changed", "gone"
KINDS = (GONE, CHANGED, NEW)
ROWS_TOGETHER = 2000  # what a page has to read at least


def seal(found: Difference) -> str:
    """Store what differs, gone rows first; return the SHA-256, "" where nothing differs."""
    table = as_table(found)
    if table.empty:
        return ""
    with tempfile.TemporaryFile() as stream:
        table.to_parquet(
            stream, engine="pyarrow", compression="zstd", index=False, row_group_size=ROWS_TOGETHER
        )
        return storage.keep(stream)


def as_table(found: Difference) -> pd.DataFrame:
    """Return the differing rows, both sides beside each other."""
    nothing = found.gone.iloc[:0]
    parts = [
        _both(GONE, found.gone, nothing.reindex(found.gone.index)),
        _both(CHANGED, found.before, found.after),
        _both(NEW, nothing.reindex(found.new.index), found.new),
    ]
    parts[1]["columns"] = changed_columns(found)
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _both(kind: str, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    has_site = "site" in before
    said = {
        "kind": pd.Series(kind, before.index, dtype="str"),
        "site": (before if kind == GONE else after)["site"]
        if has_site
        else pd.Series(None, before.index, dtype="str"),
        "columns": pd.Series("", before.index, dtype="str"),
    }
    sides = [before.add_prefix("before."), after.add_prefix("after.")]
    return pd.concat([pd.DataFrame(said), *sides], axis=1)


@dataclass(frozen=True)
class Differences:
    """A sealed table, opened once; only what is asked for is read."""

    file: pq.ParquetFile

    @cached_property
    def index(self) -> pd.DataFrame:
        """Kind, site and changed columns of every row."""
        return self.file.read(columns=["kind", "site", "columns"]).to_pandas()

    def sites(self, kind: str) -> tuple[str, ...]:
        """Return the sites that have rows of a kind, sorted."""
        return tuple(sorted(self.index[self.index["kind"] == kind]["site"].dropna().unique()))

    def places(self, kind: str, site: str = "") -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """Return where the rows of a kind stand, of one site or of all."""
        wanted = self.index["kind"] == kind
        if site:
            wanted &= self.index["site"] == site
        return np.flatnonzero(wanted.to_numpy(dtype=bool))

    def columns(self, kind: str, site: str = "") -> Mapping[str, int]:
        """Return how many rows changed in each column, most first."""
        names = self.index["columns"].iloc[self.places(kind, site)].str.split().explode()
        counts = names[names.notna() & (names != "")].value_counts(sort=True)
        return {str(name): int(count) for name, count in counts.items()}

    def rows(self, places: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> pd.DataFrame:
        """Return the rows at `places`, which rise."""
        groups = self.file.metadata.num_row_groups
        sizes = [self.file.metadata.row_group(place).num_rows for place in range(groups)]
        ends = np.cumsum(sizes)
        wanted = np.unique(np.searchsorted(ends, places, side="right"))
        if not len(wanted):
            return self.file.schema_arrow.empty_table().to_pandas()
        starts = ends[wanted] - np.asarray(sizes)[wanted]
        held = np.concatenate(
            [np.arange(s, s + sizes[g]) for g, s in zip(wanted, starts, strict=True)]
        )
        table = self.file.read_row_groups([int(group) for group in wanted])
        return table.take(np.searchsorted(held, places)).to_pandas()


def open_differences(sha256: str) -> Differences:
    """Return a sealed table of differences, checked against its seal; raises SealBroken."""
    return Differences(pq.ParquetFile(io.BytesIO(storage.fetch_verified(sha256))))
