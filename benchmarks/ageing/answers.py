"""Answers of all sides in one form, and whether they are equal."""

from typing import Any

import numpy as np
import pandas as pd

EXACT = ["month", "site", "open"]
CLOSE = ["median", "p90", "over_14", "over_30"]
TOLERANCE = 1e-9


def answer(found: Any) -> pd.DataFrame:
    """Return an answer as a table in the order of months and sites that have something open."""
    if hasattr(found, "median_age"):
        found = _ours(found)
    elif hasattr(found, "to_arrow"):
        found = found.to_arrow().to_pandas()
    elif hasattr(found, "to_pandas"):
        found = found.to_pandas()
    table = found.assign(month=pd.to_datetime(found["month"]), site=found["site"].astype("object"))
    return table[EXACT + CLOSE].sort_values(["month", "site"], ignore_index=True)


def _ours(found: Any) -> pd.DataFrame:
    months, sites = np.indices(found.open.shape)
    table = pd.DataFrame(
        {
            "month": np.asarray(found.cutoffs, "datetime64[s]")[months.ravel()],
            "site": np.asarray([key[0] for key in found.keys], object)[sites.ravel()],
            "open": found.open.ravel(),
            "median": found.median_age.filled(np.nan).ravel(),
            "p90": found.p90_age.filled(np.nan).ravel(),
            "over_14": found.share_over[14].filled(np.nan).ravel() / 100,
            "over_30": found.share_over[30].filled(np.nan).ravel() / 100,
        }
    )
    return table[table["open"] > 0]


def differences(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    """Return the columns in which two answers differ: counts at all, the rest beyond 1e-9."""
    if len(one) != len(other):
        return ["number of rows"]
    exact = [name for name in EXACT if not (one[name] == other[name]).all()]
    return exact + [
        name for name in CLOSE if not ((one[name] - other[name]).abs() <= TOLERANCE).all()
    ]
