"""A sealed table read piece by piece: texts as places among their words, times as day numbers.

For work over millions of rows that needs a few columns. No column of texts is built and only what
`work` returns is kept. The Parquet files are those of kpis/submissions/sealing.py: texts as
dictionaries, times in microseconds (UTC), blank cells as nulls.
"""

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kpis.engine.shapes import Array

Result = TypeVar("Result")
Source = str | bytes  # the path of a file, or its content
PIECE = 131_072  # rows whose columns stay in a processor's cache


def each_piece(
    source: Source,
    *,
    texts: Collection[str],
    times: Collection[str],
    work: Callable[[pa.RecordBatch], Result],
) -> list[Result]:
    """Return what `work` makes of each piece, in the order of the rows.

    While one row group is worked on, the next one is read: two are in memory at a time. A column
    that the table does not have is not in the pieces.
    """
    columns, made = [*texts, *times], []
    with _opened(source, texts) as file, ThreadPoolExecutor(1) as ahead:
        groups = iter(range(file.num_row_groups))

        def read_next() -> pa.Table | None:
            group = next(groups, None)
            return (
                group if group is None else file.read_row_group(group, columns, use_threads=False)
            )

        coming = ahead.submit(read_next)
        while (table := coming.result()) is not None:
            coming = ahead.submit(read_next)
            made += [work(piece) for piece in table.to_batches(PIECE)]
    return made


def day_numbers(column: pa.Array, *, missing: int) -> Array:
    """Return the days of a column of times as 32-bit numbers, `missing` where there is none."""
    days = column.cast(pa.date32()).view(pa.int32())
    return np.array(pc.fill_null(days, missing))


def places(column: pa.DictionaryArray) -> tuple[list[str], Array]:
    """Return the words of a column of texts and each row's place among them.

    "" stands last, and for rows without a text. Not every word need be in a row.
    """
    words = column.dictionary.to_pylist()
    found = pc.fill_null(column.indices, len(words)) if column.null_count else column.indices
    return [*words, ""], np.asarray(found)


def _opened(source: Source, texts: Collection[str]) -> pq.ParquetFile:
    content = pa.BufferReader(source) if isinstance(source, bytes) else source
    return pq.ParquetFile(content, read_dictionary=list(texts))
