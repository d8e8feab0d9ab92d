"""Which KPIs with limits an engagement is held to, and how each stands at the cut-off. Pure.

Every KPI has the weight 1: weights that both sides agree on are kept nowhere yet.
"""

from collections.abc import Iterable

import pandas as pd

from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from kpis.own_tables.frames import frame

AGREED_KPIS = "agreed-kpis"
SAFETY_FUNCTIONS = frozenset({"pharmacovigilance", "medical-monitoring"})


def agreed_kpis(found: Iterable[tuple[KpiDefinition, RagStatus]]) -> pd.DataFrame:
    """Return a row for each KPI that has limits and is not waived, as it was judged."""
    return frame(
        AGREED_KPIS,
        [
            {
                "kpi": definition.slug,
                "function": ", ".join(definition.functions),
                "weight": 1.0,
                "safety": "yes" if SAFETY_FUNCTIONS & set(definition.functions) else "no",
                "rag": rag.value,
            }
            for definition, rag in found
            if definition.limits is not None and rag is not RagStatus.NOT_APPLICABLE
        ],
    )
