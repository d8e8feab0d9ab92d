"""Accepted values that were changed later, each change by itself."""

import pandas as pd

from kpis.own_tables.frames import frame
from kpis.own_tables.scope import OwnScope
from kpis.own_tables.values import values_of

RESTATED_VALUES = "restated-values"


def restated_values(scope: OwnScope) -> pd.DataFrame:
    """Return a row per change; without a relative size where the old value was nothing."""
    return frame(
        RESTATED_VALUES,
        [
            {
                "study": one.protocol_number,
                "kpi": one.slug,
                "period_end": one.period_end,
                "restated_on": one.changed_on,
                "relative_change": one.relative,
            }
            for one in values_of(scope).changes
        ],
    )
