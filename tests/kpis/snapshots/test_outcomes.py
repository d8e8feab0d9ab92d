"""What stands for a KPI whose data are not there: owed by a CRO, or not kept here yet."""

from datetime import date
from typing import Any

import pandas as pd

from kpis.definitions import catalogue
from kpis.engine.terms import RagStatus
from kpis.snapshots.outcomes import scored

WINDOW: dict[str, Any] = {
    "cutoff_date": date(2026, 10, 31),
    "period_start": date(2026, 10, 1),
    "with_countries": True,
}


def only(slug: str, tables: dict[str, pd.DataFrame]) -> tuple[RagStatus, str]:
    (one,) = scored(catalogue()[slug], tables, **WINDOW)
    return one.rag, str(one.outcome.detail.get("why", ""))


def test_a_listing_that_a_cro_did_not_send_is_missing() -> None:
    rag, why = only("system-uptime", {})
    assert rag is RagStatus.MISSING
    assert "needs the listing" in why


def test_a_table_that_is_not_kept_here_yet_is_unavailable_and_nobodys_fault() -> None:
    rag, why = only("report-latency", {})
    assert rag is RagStatus.UNAVAILABLE
    assert why == "Monthly submissions are not kept here yet."


def test_a_table_kept_here_says_so_when_nothing_came() -> None:
    days = pd.Series([pd.NaT], dtype="datetime64[us]")
    table = pd.DataFrame({"period_end": days, "received_on": days})
    assert only("report-latency", {"submission-log": table})[0] is RagStatus.INSUFFICIENT
