"""Many groups at once, in numpy: what formulas need to compute all units of a month together."""

import numpy as np

from kpis.engine.shapes import Array


def grouped_quantile(values: Array, *, starts: Array, counts: Array, share: float) -> Array:
    """Return the quantile of each group of `values`, as a masked array (empty group: masked).

    Group g is `values[starts[g] : starts[g] + counts[g]]`, already in ascending order. The quantile
    lies at position (n − 1)·share of the sorted group, interpolated linearly between neighbours:
    Hyndman and Fan's type 7 (The American Statistician 50, 1996), the default of numpy and pandas.
    The median of an even number of values is therefore the mean of the two in the middle.
    """
    filled = counts > 0
    position = (counts[filled] - 1) * share
    below = np.floor(position).astype(int)
    above = np.minimum(below + 1, counts[filled] - 1)
    low = values[starts[filled] + below]
    high = values[starts[filled] + above]
    return spread(low + (high - low) * (position - below), over=filled)


def spread(values: Array, *, over: Array) -> Array:
    """Return `values` at the true positions of `over`, in order, and masked positions elsewhere."""
    column = np.ma.MaskedArray(np.zeros(len(over), values.dtype), mask=~over)
    column[over] = values
    return column
