"""What is kept when somebody confirms how layouts are read, and what is refused."""

from dataclasses import replace

import pytest

from kpis.models import SourceProfile
from kpis.submissions.profiles import Confirmation, confirm, in_force
from kpis.submissions.reading.profile import ColumnReading
from kpis.submissions.states import StepRefused
from tests.kpis.makers import GOOD, NOW, STRANGE_SITE, checked, csv_bytes, newest, submitted
from tests.people import World
from vendors.access import actor_of

pytestmark = pytest.mark.django_db


def as_read(submission: object, place: int = 0) -> Confirmation:
    layout = newest(submission).sheets[place]["layout"]  # type: ignore[arg-type]  # a submission
    return Confirmation(place, {n: ColumnReading(**r) for n, r in layout["columns"].items()})


def test_another_mapping_of_a_layout_ends_the_version_before(world: World) -> None:
    submission, ada = checked(world), actor_of(world.ada)
    seen, one = str(newest(submission).pk), as_read(submission)
    assert not confirm(actor=ada, submission=submission, seen=seen, confirmations=[one], now=NOW)
    other = replace(one, columns={**one.columns, "marking_group": ColumnReading()})

    assert confirm(actor=ada, submission=submission, seen=seen, confirmations=[other], now=NOW)

    first, second = SourceProfile.objects.order_by("version")
    assert (first.ended_at, first.ended_by) == (NOW, world.ada)
    assert (second.version, second.ended_at) == (2, None)
    (profile,) = in_force(world.alpha.pk)
    assert profile.columns["marking_group"].place is None
    assert in_force(world.beta.pk) == ()


def test_nothing_is_changed_after_the_hand_over(world: World) -> None:
    submission = submitted(world)

    with pytest.raises(StepRefused, match="only before they are handed over"):
        confirm(
            actor=actor_of(world.ada),
            submission=submission,
            seen=str(newest(submission).pk),
            confirmations=[as_read(submission)],
            now=NOW,
        )


def test_two_sheets_of_one_layout_are_read_alike(world: World) -> None:
    submission = checked(world, GOOD, csv_bytes(STRANGE_SITE))
    one, two = as_read(submission), as_read(submission, 1)
    two = replace(two, columns={**two.columns, "form": ColumnReading()})

    with pytest.raises(StepRefused, match="same layout as another sheet"):
        confirm(
            actor=actor_of(world.ada),
            submission=submission,
            seen=str(newest(submission).pk),
            confirmations=[one, two],
            now=NOW,
        )
