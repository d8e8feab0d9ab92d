"""What a submission's listings contain, by the words that each listing tells rows apart by."""

import pandas as pd
from django.urls import reverse

from kpis.engine.tables import LISTINGS
from kpis.models import SubmittedTable
from kpis.selectors.contents import contents_of
from kpis.submissions.sealing import seal_table
from oversight.audit_trail.attribution import Actor, acting
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import checked, newest
from tests.people import World

CASES = ["closed"] * 3 + ["in-review"] * 2 + ["open"]
IMPORTANCE = [None, "confirmed", "proposed", "proposed"]


def sealed(name: str, **columns: list[object]) -> SubmittedTable:
    rows = len(next(iter(columns.values())))
    table = pd.DataFrame(
        {
            one.name: pd.Series(columns.get(one.name, [None] * rows), dtype="str")
            for one in LISTINGS[name].columns
        }
    ).assign(file=0, sheet="A", row=range(rows))
    sha256, rows_sha256 = seal_table(table, engine_order=LISTINGS[name].engine_order)
    return SubmittedTable(listing=name, sha256=sha256, rows_sha256=rows_sha256, row_count=rows)


def test_every_word_of_a_listing_is_counted_and_nothing_falls_between_them(world: World) -> None:
    submission = checked(world)
    tables = [
        sealed("sae-reconciliation-safety", state=[*CASES], site=["Site 1"] * 6),
        sealed("deviations", pd_status=[*IMPORTANCE]),
        sealed("outages", planned=["yes", "no", "no"]),
    ]
    with acting(Actor.system("tests"), reason="tables of other listings"):
        for table in tables:
            table.check_made = newest(submission)
            table.save()

    found = {one.name: one for one in contents_of(newest(submission))}

    safety = found["sae-reconciliation-safety"]
    assert safety.finding == "6 rows, 1 open, 2 in review, 3 closed"
    assert (safety.pending, safety.sites) == (3, 1)
    assert found["deviations"].finding == "4 rows, 1 confirmed, 2 proposed, 1 not said"
    assert found["deviations"].pending is None
    assert found["outages"].finding == "3 rows, 1 Planned: yes, 2 Planned: no"
    assert found["queries"].finding == "3 rows, 2 open, 1 answered"

    page = browser(world.ada).get(reverse("kpis:submission-detail", args=[submission.pk]))
    said = words_of(page)
    assert "Safety reconciliation, safety side: 6 Open 1 In review 2 Closed 3 Not closed 3" in said
    assert "Safety reconciliation, safety side: 6 rows, 1 open, 2 in review, 3 closed." in said
