"""Rows of a table of our own, typed as rows that a CRO sends are. Pure."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kpis.engine.tables import OWN_TABLES
from kpis.submissions.reading.typed import DTYPES

Values = Mapping[str, object]


def frame(listing: str, rows: Sequence[Values]) -> pd.DataFrame:
    """Return the rows with all columns of the table; what a row leaves out is empty in it."""
    table = OWN_TABLES[listing]
    found = pd.DataFrame(
        {
            column.name: pd.Series(
                [row.get(column.name) for row in rows], dtype=DTYPES[column.kind]
            )
            for column in table.columns
        }
    )
    found["file"] = np.int64(0)
    found["sheet"] = pd.Series([table.title] * len(rows), dtype="str")
    found["row"] = np.arange(1, len(rows) + 1, dtype=np.int64)
    return found
