"""A CSV whose records all have the same number of cells, read several at a time.

Distinct cells are kept once (categorical columns), which is what a million rows fit into memory
by. Whatever is not as regular is left to `delimited`, which reads every record on its own.
"""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from kpis.submissions.reading.container import chunks

BLOCK = 1 << 22
# Keeping distinct cells apart pays where each stands in so many rows on average.
SELDOM = 4
TEXTS = pa.dictionary(pa.int32(), pa.string())


def quick_frame(path: Path, *, separator: str, width: int) -> pd.DataFrame | None:
    """Return all records of a UTF-8 file, columns counted from 0; None if they are uneven."""
    names = [str(place) for place in range(width)]
    try:
        table = csv.read_csv(
            path,
            read_options=csv.ReadOptions(column_names=names, block_size=BLOCK),
            parse_options=csv.ParseOptions(
                delimiter=separator,
                newlines_in_values=_has_quotes(path),  # without, pieces are read side by side
                ignore_empty_lines=False,
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, TEXTS),
                null_values=[],
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    if table.num_rows == 0 or _ends_within_quotes(path, table.column(-1)[-1].as_py(), separator):
        return None
    columns: dict[int, pd.Series] = {}
    for place in range(width):
        columns[place] = _column(table.column(0))
        table = table.remove_column(0)  # so that its memory is free
    return pd.DataFrame(columns, copy=False)


def _column(chunked: pa.ChunkedArray) -> pd.Series:
    words = sum(len(chunk.dictionary) for chunk in chunked.chunks)
    if words * SELDOM > len(chunked):
        texts = pa.chunked_array([chunk.dictionary_decode() for chunk in chunked.chunks])
        return texts.combine_chunks().to_pandas()
    array = chunked.unify_dictionaries().combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0)
    distinct = array.dictionary
    if not pc.any(pc.equal(distinct, ""), min_count=0).as_py():  # a blank can always be asked for
        distinct = pa.concat_arrays([distinct, pa.array([""])])
    return pa.DictionaryArray.from_arrays(array.indices, distinct).to_pandas()


def _has_quotes(path: Path) -> bool:
    return any(b'"' in piece for piece in chunks(path))


def _ends_within_quotes(path: Path, last_cell: str, separator: str) -> bool:
    """Tell whether the file stops inside a quoted cell, as a file cut short does."""
    doubled = last_cell.replace('"', '""')
    whole = tuple(f"{separator}{cell}".encode() for cell in (last_cell, f'"{doubled}"'))
    with path.open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(stream.tell() - len(whole[1]) - 16, 0))
        tail = stream.read()
    return not tail.endswith(whole) and not tail.rstrip(b"\r\n").endswith(whole)
