"""The other side is told of a step: once, while it is news, and nobody of another CRO."""

from datetime import timedelta

import pytest
from django.core import mail

from kpis.reminders.notices import STEPS, tell
from kpis.submissions.decide import accept, send_back
from kpis.tasks import tell as tell_task
from tests.kpis.makers import NOW, fresh, submitted
from tests.people import World
from vendors.access import actor_of

pytestmark = pytest.mark.django_db


def told() -> dict[str, str]:
    found = {one.to[0].split("@")[0]: str(one.subject) for one in mail.outbox}
    mail.outbox.clear()
    return found


def test_each_step_is_told_to_the_other_side_once(world: World) -> None:
    submission = submitted(world)
    what = f"{submission}: NWT-301, Nov 2025"
    assert tell(submission=submission, step="submitted", now=NOW) == 1
    assert tell(submission=submission, step="submitted", now=NOW) == 0
    assert told() == {"sam": f"Alpha handed over {what}"}
    send_back(actor=actor_of(world.sam), submission=submission, comment="See row 2.", now=NOW)
    submission = fresh(submission)
    assert tell(submission=submission, step="submitted", now=NOW) == 0  # it has moved on
    assert tell(submission=submission, step="returned", now=NOW) == 1
    assert f"/submissions/{submission.pk}/" in mail.outbox[0].body
    assert "See row 2" not in mail.outbox[0].body  # words about data stay inside
    assert told() == {"ada": f"Northwind Therapeutics returned {what}"}
    assert {step for step in STEPS if tell(submission=submission, step=step, now=NOW)} == {
        "disputed",
        "settled",
    }
    assert set(told()) == {"sam", "ada"}
    assert tell(submission=submission, step="disputed", now=NOW, about=7) == 1
    assert tell(submission=submission, step="disputed", now=NOW, about=7) == 0


def test_history_brought_in_later_is_silent(world: World) -> None:
    submission = submitted(world)
    accept(actor=actor_of(world.sam), submission=submission, comment="", now=NOW)
    later = NOW + timedelta(days=2)
    assert tell(submission=fresh(submission), step="accepted", now=later) == 0
    tell_task(submission.pk, "accepted")
    assert told() == {}
    assert tell(submission=fresh(submission), step="accepted", now=NOW) == 1
    assert "accepted S-" in told()["ada"]
