"""What runs by itself: the sweep finds what was left, months are marked, a failing check ends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kpis.due import month_before
from kpis.models import KpiResult
from kpis.submissions.check import check_submission
from kpis.submissions.states import State
from kpis.tasks import mark_missing
from tests.kpis.makers import fresh, newest, received
from tests.people import World

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)


def test_the_months_before_are_marked_by_the_clock(world: World) -> None:
    mark_missing()
    periods = set(KpiResult.objects.values_list("period_start", flat=True))
    today = datetime.now(UTC).date().replace(day=1)
    assert month_before(month_before(today)) in periods
    assert periods <= {month_before(month_before(today)), month_before(today)}


def test_month_before_crosses_the_year() -> None:
    assert month_before(date(2026, 1, 1)) == date(2025, 12, 1)


def test_an_error_of_ours_ends_the_check_with_a_sentence(world: World, settings: Any) -> None:
    submission = received(world)
    settings.INTAKE_CEILINGS = {"max_rows": "not a number"}  # a slip of ours that no file can mend
    check_submission(submission=submission, now=NOW)
    submission = fresh(submission)
    assert submission.state == State.CHECKED
    (problem,) = newest(submission).problems.all()
    assert (problem.rule, problem.severity) == ("check-failed", "error")
    assert "Nothing is lost" in problem.cells[0]["sentence"]
    assert not newest(submission).tables.exists()
