"""Right first time: accepted, never returned; and what had not happened by a day does not count."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from dashboards.selectors.quality.first_time import first_time
from dashboards.selectors.quality.sent import Sent
from kpis.models import Submission

DAY = datetime(2026, 3, 9, 9, tzinfo=UTC)
ONE = Sent(
    pk=1,
    engagement_id=1,
    vendor_id=1,
    vendor="Alpha",
    study_id=1,
    study="NWT-301",
    period=date(2026, 2, 1),
    state=Submission.State.ACCEPTED,
    received_at=DAY,
    decided_at=DAY,
    supersedes_id=None,
    first_accepted_at=None,
    cause="",
    found_by="",
    reason="",
    returned=False,
    until=None,
)


def test_the_lowest_share_comes_first() -> None:
    came = [
        ONE,
        replace(ONE, returned=True),
        replace(ONE, state=Submission.State.SUPERSEDED),
        replace(ONE, vendor_id=2, vendor="Beta"),
        replace(ONE, vendor_id=2, vendor="Beta", supersedes_id=4),
        replace(ONE, vendor_id=3, vendor="Gamma", state=Submission.State.SUBMITTED),
    ]
    alpha, beta = first_time(came)
    assert (alpha.vendor, alpha.right, alpha.accepted, alpha.returned) == ("Alpha", 2, 3, 1)
    assert (beta.share, beta.restated) == (100.0, 1)


def test_what_was_decided_later_was_not_accepted_then() -> None:
    assert first_time([replace(ONE, until=DAY)]) == ()
    assert first_time([replace(ONE, until=DAY + timedelta(seconds=1))])[0].accepted == 1
