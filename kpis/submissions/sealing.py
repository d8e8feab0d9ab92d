"""Typed tables as sealed Parquet files, and back.

What the hash of the rows is made of: for each column its name and the bytes of its values in the
order of their origin. Numbers and times are 8 bytes each, least first (times as microseconds
since 1970), after a byte each that tells whether there is a value; texts are their distinct values
in order of their code points, then for each row 4 bytes that name one of them, or -1.
"""

import hashlib
import tempfile
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from kpis.submissions.reading.coded import is_coded, written_out
from oversight import storage

Numbers = Any  # an array of int64, int32 or float64: numpy's types know no such union
ORIGIN = ("file", "sheet", "row")
THREADS_FROM = 1_000_000  # bytes


def seal_table(table: pd.DataFrame, *, engine_order: tuple[str, ...]) -> tuple[str, str]:
    """Store `table`, sorted as the engine wants it; return SHA-256 of the file and of its rows."""
    columns = _columns(table)
    order = _order(columns, (*engine_order, *ORIGIN))
    schema = pa.Table.from_pandas(written_out(table.head(0)), preserve_index=False).schema
    arrays = [column.arrow(order, schema.field(name).type) for name, column in columns.items()]
    sealed = pa.table(arrays, names=list(columns)).replace_schema_metadata(schema.metadata)
    words = [name for name, column in columns.items() if column.words is not None]
    with tempfile.TemporaryFile() as stream:
        # Without Arrow's own schema, texts come back as texts and not as codes.
        pq.write_table(sealed, stream, compression="zstd", store_schema=False, use_dictionary=words)
        return storage.keep(stream), _digest(columns)


def open_table(sha256: str, columns: list[str] | None = None) -> pd.DataFrame:
    """Return a sealed table, checked against its seal; raises storage.SealBroken."""
    content = storage.fetch_verified(sha256)
    # Handing a small table to threads takes longer than reading it.
    threads = len(content) > THREADS_FROM
    file = pq.ParquetFile(pa.BufferReader(content))
    return file.read(columns=columns, use_threads=threads).to_pandas(use_threads=threads)


def rows_sha256(table: pd.DataFrame) -> str:
    """Return the hash of the rows in the order of their origin.

    Independent of the Parquet writer and of the sorting, so that it can be compared for years.
    """
    return _digest(_columns(table))


def _columns(table: pd.DataFrame) -> "dict[str, _Column]":
    return {str(name): _column(table[name]) for name in table.columns}


@dataclass(frozen=True)
class _Column:
    """One column as numbers that sort like its values; texts are places in `words`, or -1."""

    values: Numbers
    present: NDArray[np.bool_]
    words: pa.Array | None

    @property
    def key(self) -> Numbers:
        """Numbers to sort by, what is missing last."""
        floats = np.issubdtype(self.values.dtype, np.floating)
        top = np.inf if floats else np.iinfo(str(self.values.dtype)).max
        return self.values if self.present.all() else np.where(self.present, self.values, top)

    def arrow(self, order: NDArray[np.intp], kind: pa.DataType) -> pa.Array:
        """Return the values in `order`, as they are to be written."""
        values, absent = self.values[order], ~self.present[order]
        if self.words is None:
            return pa.array(values, mask=absent).cast(kind)
        return pa.DictionaryArray.from_arrays(pa.array(values, mask=absent), self.words)


def _column(series: pd.Series) -> _Column:
    present = series.notna().to_numpy(dtype=bool)
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        times = series.to_numpy().astype("datetime64[us]").view(np.int64)
        return _Column(np.where(present, times, 0), present, None)
    if pd.api.types.is_numeric_dtype(series.dtype):
        kind = np.float64 if pd.api.types.is_float_dtype(series.dtype) else np.int64
        return _Column(series.fillna(0).to_numpy(dtype=kind), present, None)
    codes, found = _texts(series)
    words = pa.array(found.to_numpy(dtype=object), pa.string())
    ranking = pc.sort_indices(words).to_numpy()
    ranks = np.empty(len(words) + 1, dtype=np.int32)
    ranks[ranking] = np.arange(len(words), dtype=np.int32)
    ranks[-1] = -1
    return _Column(ranks[codes], present, words.take(pa.array(ranking)))


def _texts(series: pd.Series) -> tuple[Numbers, pd.Index]:
    """Return the place of each row's text among the distinct ones, which are all of some row."""
    if not is_coded(series):
        return pd.factorize(series.astype("str"))
    codes: Numbers = series.cat.codes.to_numpy()
    found = series.cat.categories
    used = np.bincount(codes[codes >= 0], minlength=len(found)) > 0
    if not used.all():
        codes = np.append(np.cumsum(used) - 1, -1)[codes]
    return codes, found[used]


def _order(columns: dict[str, _Column], names: tuple[str, ...]) -> NDArray[np.intp]:
    """Return the places of the rows, sorted by the columns, the first one foremost."""
    if names[-3:] == ORIGIN and len(names) > 3 and _is_in_order(columns):
        names = names[:-3]
    return np.lexsort([columns[name].key for name in reversed(names)])


def _is_in_order(columns: dict[str, _Column]) -> bool:
    """Tell whether rows stand as they come from their files, which a stable sort keeps."""
    file, sheet, row = (columns[name].key for name in ORIGIN)
    one_sheet = bool((file == file[:1]).all() and (sheet == sheet[:1]).all())
    return one_sheet and bool((row[1:] >= row[:-1]).all())


def _digest(columns: dict[str, _Column]) -> str:
    order = None if _is_in_order(columns) else _order(columns, ORIGIN)
    hasher = hashlib.sha256()
    for name, column in columns.items():
        hasher.update(f"{name}\n{len(column.values)}\n".encode())
        if column.words is not None:
            words = column.words.to_pylist()
            lengths = np.fromiter(map(len, words), dtype="<i8", count=len(words))
            hasher.update(f"{len(words)}\n".encode())
            hasher.update(lengths.tobytes())
            hasher.update("".join(words).encode())
        else:
            hasher.update(_in(order, column.present).tobytes())
        width = column.values.dtype.newbyteorder("<")
        hasher.update(_in(order, column.values).astype(width, copy=False).tobytes())
    return hasher.hexdigest()


def _in(order: NDArray[np.intp] | None, values: Numbers) -> Numbers:
    return values if order is None else values[order]
