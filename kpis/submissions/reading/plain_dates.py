"""Whether texts are all dates of one plain form, told by their bytes without reading each.

Such as a million times 2025-09-03 14:58:04. Of other columns, `quick_dates` and `dates` judge.
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
# The least and the greatest sign at each place; a T or a blank may stand before the time of day.
LEAST, GREATEST = "0000-00-00 00:00:00", "9999-99-99T99:99:99"
BEFORE_TIME, LENGTHS = 10, frozenset({10, 16, 19})
TEXTS_TOGETHER = 4096  # what stays near the processor


def all_plain(cells: pd.Series) -> bool:
    """Tell whether all texts but blank ones are plain dates of one length, and one is there.

    Plain is digits in their places; whether the calendar has the day is not asked.
    """
    texts = pa.Array.from_pandas(cells)
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if not pa.types.is_large_string(texts.type) or texts.null_count or not len(texts):
        return False
    _, where, held = texts.buffers()
    starts = np.frombuffer(where, np.int64, len(texts) + 1, texts.offset * 8)
    lengths = np.diff(starts)
    length = int(lengths.max())
    if length not in LENGTHS or not ((lengths == length) | (lengths == 0)).all():
        return False
    signs = np.frombuffer(held, np.uint8, int(starts[-1] - starts[0]), int(starts[0]))
    return _fits(signs, length)


def _fits(signs: Bytes, length: int) -> bool:
    """Tell whether texts of one length, one after the other, have the form."""
    least, greatest = (
        np.tile(np.frombuffer(form[:length].encode(), np.uint8), TEXTS_TOGETHER)
        for form in (LEAST, GREATEST)
    )
    for begin in range(0, len(signs), len(least)):
        some: Any = signs[begin : begin + len(least)]
        if not ((some >= least[: len(some)]) & (some <= greatest[: len(some)])).all():
            return False
    if length <= BEFORE_TIME:
        return True
    between = signs[BEFORE_TIME::length]
    return bool(((between == ord(" ")) | (between == ord("T"))).all())
