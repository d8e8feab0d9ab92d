"""The coverage of a portfolio ten times as large takes as many SQL statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.coverage import Coverage, described
from benchmarks.portfolio import DAY, make
from studies.coverage.analysis import analyse
from studies.coverage.flags import Flag
from studies.selectors.coverage_facts import facts_of

pytestmark = pytest.mark.django_db


def test_as_many_statements_for_ten_times_as_many_studies() -> None:
    counts = []
    for size in (3, 30):
        reader = make(studies=size, cros=size)
        with CaptureQueriesContext(connection) as statements:
            facts = facts_of(user=reader, on=DAY)
        counts.append(len(statements))
        found = analyse(facts, on=DAY)
        assert len(facts.studies) == size
        assert {Flag.GAP, Flag.UNQUALIFIED} == {one.flag for one in found}
    assert counts[0] == counts[1] == 5


def test_a_budget_that_is_not_kept_is_told() -> None:
    good = Coverage(12_000, 50, 0.3, 0.2, 9, 9)
    assert good.kept
    assert not Coverage(12_000, 50, 0.9, 0.2, 9, 9).kept
    assert not Coverage(12_000, 50, 0.3, 0.2, 10, 9).kept
    assert "| 0.30 s | 0.20 s | 0.50 s | 1 s | 9 | 9 |" in described(good)
