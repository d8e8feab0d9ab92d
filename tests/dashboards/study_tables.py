"""Listings of a study made in memory, as sealing keeps them; no database."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from dashboards.panels.study import StudyView
from dashboards.selectors.progress import Progress
from dashboards.selectors.tables import Tables
from kpis.engine.tables import LISTINGS

CUTOFF = date(2026, 10, 31)
Rows = Sequence[Mapping[str, object]]


def listing(name: str, rows: Rows) -> pd.DataFrame:
    """Return rows with every column of the listing; what is not given is empty."""
    kinds = {"date": "datetime64[s]", "integer": "Int64", "number": "float64"}
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [row.get(column.name) for row in rows], dtype=kinds.get(column.kind, "str")
            )
            for column in LISTINGS[name].columns
        }
    )


def tables(**rows: Rows) -> Tables:
    """Return listings at the cut-off; `_` stands for `-` in their names."""
    found = {
        key.replace("_", "-"): listing(key.replace("_", "-"), one) for key, one in rows.items()
    }
    return Tables(found, found, CUTOFF)


def view(*, enrolling: bool = True, **rows: Rows) -> StudyView:
    """Return what the panels are made from."""
    made = tables(**rows)
    period = CUTOFF.replace(day=1)
    return StudyView(Progress(1, "NWT-301", period, (period,), enrolling, made), made)


def enrolled(site: str, count: int, *, every: int = 10, before: int = 0) -> list[dict[str, object]]:
    """Return participants of a site, one every so many days, the last `before` the cut-off."""
    last = CUTOFF - timedelta(days=before)
    return [
        {
            "site": site,
            "participant": f"{site}-{n:03}",
            "outcome": "enrolled",
            "decided_on": last - timedelta(days=every * n),
        }
        for n in range(count)
    ]


def plan(
    version: str,
    counts: Mapping[date, int],
    *,
    approved: date | None = None,
    sites: int | None = None,
) -> list[dict[str, object]]:
    """Return the rows of one version."""
    return [
        {
            "plan_version": version,
            "approved_on": approved,
            "planned_until": day,
            "planned_participants": count,
            "planned_sites": sites,
        }
        for day, count in counts.items()
    ]
