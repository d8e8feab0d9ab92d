"""What differs comes back from its sealed table as it was found, in slices."""

import numpy as np
import pandas as pd
import pytest

from kpis.engine.tables import LISTINGS
from kpis.submissions.comparing import sealed
from kpis.submissions.comparing.rows import compare
from tests.kpis.submissions.comparing.test_rows import table_of

QUERIES = LISTINGS["queries"]


def query(number: int, **cells: object) -> dict[str, object]:
    return {"site": str(number % 3), "participant": str(number), "state": "open", **cells}


def test_rows_come_back_as_they_were_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "ROWS_TOGETHER", 4)
    day = pd.Timestamp("2025-11-04")
    before = table_of(QUERIES, [query(n) for n in range(20)])
    after = table_of(
        QUERIES,
        [
            *(query(n) for n in range(5)),
            *(query(n, state="closed", closed_at=day) for n in range(5, 12)),
            *(query(n) for n in range(100, 106)),
        ],
        first_row=50,
    )
    found = compare(QUERIES, before, after)
    kept = sealed.open_differences(sealed.seal(found))
    assert {kind: len(kept.places(kind)) for kind in sealed.KINDS} == {
        "gone": 8,
        "changed": 7,
        "new": 6,
    }
    assert kept.columns("changed") == {"state": 7, "closed_at": 7}
    assert kept.columns("new") == {}
    assert kept.sites("new") == ("0", "1", "2")
    changed = kept.rows(kept.places("changed")[3:6])
    assert changed[["before.participant", "before.state", "after.state"]].to_numpy().tolist() == [
        [str(n), "open", "closed"] for n in (8, 9, 10)
    ]
    assert list(changed["after.closed_at"]) == [day] * 3
    assert list(changed["after.row"]) == [58, 59, 60]
    gone = kept.rows(kept.places("gone"))
    assert list(gone["before.participant"]) == [str(n) for n in range(12, 20)]
    assert gone["after.participant"].isna().all()
    assert kept.columns("changed", "2") == {"state": 3, "closed_at": 3}
    of_site = kept.rows(kept.places("new", "1"))
    assert list(of_site["after.participant"]) == ["100", "103"]
    assert kept.rows(np.array([], dtype=np.int64)).empty


def test_nothing_is_kept_where_nothing_differs() -> None:
    table = table_of(QUERIES, [query(1)])
    assert sealed.seal(compare(QUERIES, table, table)) == ""


def test_a_listing_without_sites_has_none_to_choose() -> None:
    positions = LISTINGS["positions"]
    before = table_of(positions, [])
    after = table_of(positions, [{"requisition": "R-1"}])
    kept = sealed.open_differences(sealed.seal(compare(positions, before, after)))
    assert kept.sites("new") == ()
    assert list(kept.places("new")) == [0]
