"""IND submissions: what is to be listed, recording one, and who may not even see them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import IndSubmission, ReportedTransfer
from studies.toro.submitting import NO_IND, record_ind_submission
from studies.toro.transfers import Transfer, transfers_in_force
from tests.people import World
from tests.studies.toro.making import (
    JUNE,
    MARCH,
    NOT_PART_312,
    PARTLY,
    TESTS,
    WHOLLY,
    code,
    delegate,
    make_device,
    submit,
)
from tests.vendors.browsing import filled, page, refusals, signed_in, status

pytestmark = pytest.mark.django_db

LIST, CREATE = "studies:ind-list", "studies:ind-create"


def key(world: World, which: str, region: str = "") -> str:
    return f"{code(which).pk}:{world.alpha.pk}:{region}"


def sent(world: World, **values: Any) -> Any:
    """Fill in the form as shown for the day, and send it; lists stay lists."""
    client = signed_in(world.sam)
    address = reverse(CREATE, args=[world.study.pk])
    day = values.pop("open_on", JUNE)
    shown = filled(client, f"{address}?on={day}", serial_number="0017")
    form = client.get(f"{address}?on={day}").context["form"]
    return client.post(address, shown | {"lines": form["lines"].value()} | values)


def test_what_has_to_be_listed_follows_from_the_delegations(world: World) -> None:
    delegate(world, WHOLLY, region="europe")
    delegate(world, PARTLY, kind="shared", split="Alpha processes, Northwind assesses.")
    delegate(world, NOT_PART_312)
    delegate(world, "T26", kind="retained")
    delegate(world, "T18", from_date=JUNE + timedelta(days=1))
    found = transfers_in_force(user=world.sam, study=world.study, on=JUNE)
    assert [(one.item[:3], one.holder_name, one.place) for one in found] == [
        (PARTLY, "Alpha", "everywhere"),
        (WHOLLY, "Alpha", "Europe"),
    ]


def test_recording_one_keeps_what_stays_ticked(world: World) -> None:
    delegate(world, WHOLLY)
    delegate(world, PARTLY)
    words = page(world.sam, LIST, world.study.pk)
    assert "No IND submission of NWT-301 is recorded" in words
    answer = sent(world, submitted_on=JUNE, lines=[key(world, WHOLLY)], reason="as filed")
    assert answer.url == reverse(LIST, args=[world.study.pk])
    assert [(one.function, one.vendor) for one in ReportedTransfer.objects.all()] == [
        (code(WHOLLY), world.alpha)
    ]
    entry = AuditTrailEntry.objects.filter(event=Event.CREATED).latest("id")
    assert (entry.actor_name, entry.reason) == ("Sam", "as filed")
    assert entry.detail == {"lists": 1, "in_force": 2}
    words = page(world.quinn, LIST, world.study.pk)
    assert "1 transfer of NWT-301 is not in the last IND submission" in words
    assert "in force today, not in 0017 of 1 Jun 2026" in words


def test_a_later_one_corrects_and_nothing_is_changed(world: World) -> None:
    delegate(world, WHOLLY)
    first = submit(world, "0016", MARCH)
    assert "1 transfer of NWT-301 is not in" in page(world.sam, LIST, world.study.pk)
    sent(world, submitted_on=JUNE)
    words = page(world.sam, LIST, world.study.pk)
    assert "The last IND submission lists every transfer of NWT-301" in words
    assert "It lists no transfer" in words  # the first one, as it was
    assert first.transfers.count() == 0


def test_another_day_shows_its_own_transfers_and_asks_again(world: World) -> None:
    delegate(world, WHOLLY)
    delegate(world, PARTLY, from_date=JUNE)
    answer = sent(world, open_on=MARCH, submitted_on=JUNE)
    assert "now the transfers in force on 1 Jun 2026" in refusals(answer)
    form = answer.context["form"]
    assert form["lines"].value() == [key(world, PARTLY), key(world, WHOLLY)]
    assert form["shown_for"].value() == JUNE.isoformat()
    assert not IndSubmission.objects.exists()


def test_what_is_refused(world: World) -> None:
    delegate(world, WHOLLY)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "to today" in refusals(sent(world, open_on=tomorrow, submitted_on=tomorrow))
    assert "not one of the available" in refusals(sent(world, submitted_on=JUNE, lines=["1:2:"]))
    assert "year-month-day" in refusals(sent(world, submitted_on="soon"))
    submit(world, "0017", MARCH)
    assert "already recorded for this study" in refusals(sent(world, submitted_on=JUNE))
    stranger = Transfer(code("T26").pk, world.beta.pk, "", "T26", "Beta")
    with pytest.raises(ValidationError, match="not in force on the day"):
        record_ind_submission(
            actor=TESTS,
            study=world.study,
            values={"serial_number": "1", "submitted_on": JUNE},
            lines=[stranger],
            in_force=transfers_in_force(user=world.sam, study=world.study, on=JUNE),
        )


def test_a_device_has_none_and_the_page_says_why(world: World) -> None:
    make_device(world)
    delegate(world, WHOLLY)
    words = page(world.sam, LIST, world.study.pk)
    assert "has no IND: it studies a device" in words
    assert "21 CFR 812 has no rule" in words
    assert reverse(CREATE, args=[world.study.pk]) not in words
    assert signed_in(world.sam).get(reverse(CREATE, args=[world.study.pk])).status_code == 302
    with pytest.raises(ValidationError, match=NO_IND[:40]):
        record_ind_submission(
            actor=TESTS, study=world.study, values={}, lines=[], in_force=[], reason=""
        )


def test_only_the_sponsors_people_come_here(world: World) -> None:
    submit(world, "0016", MARCH, WHOLLY)
    assert status(world.ada, LIST, world.study.pk) == 403
    assert status(world.quinn, CREATE, world.study.pk) == 403
    for stranger in (world.ben, world.olga):
        assert status(stranger, LIST, world.study.pk) == 404
        assert status(stranger, CREATE, world.study.pk) == 404
