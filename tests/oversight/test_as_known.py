"""Records as they stood at a moment: before and after changes, creation, deletion."""

import time
from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from oversight.audit_trail.as_known import as_known, history_begins
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Engagement, Function, Study
from tests.people import World
from vendors.models import Vendor

TESTS = Actor.system("tests")


def moment() -> datetime:
    """A moment that lies strictly between two changes."""
    time.sleep(0.002)
    now = timezone.now()
    time.sleep(0.002)
    return now


def change(row: Any, **values: Any) -> None:
    with acting(TESTS):
        type(row).objects.filter(pk=row.pk).update(**values)


def test_a_record_changed_later_comes_as_it_was(world: World) -> None:
    change(world.study, title="First")
    then = moment()
    change(world.study, title="Second", status=Study.Status.CLOSE_OUT)
    change(world.study, title="Third")
    (known,) = as_known(Study, [world.study.pk], then)
    assert (known.title, known.status) == ("First", Study.Status.START_UP)
    assert known.names_in_files == ["Study 1"]
    assert (known.pk, known.sponsor_id) == (world.study.pk, world.northwind.pk)
    (today,) = as_known(Study, [world.study.pk], moment())
    assert today.title == "Third"


def test_dates_and_references_keep_their_types(world: World) -> None:
    (known,) = as_known(Engagement, [world.alpha_engagement.pk], moment())
    assert known.start_date == world.alpha_engagement.start_date
    assert known.vendor_id == world.alpha.pk
    assert known.get_model_display() == "Full service"


def test_a_record_created_later_is_left_out_unless_its_name_is_asked_for(world: World) -> None:
    then = moment()
    with acting(TESTS):
        vendor = Vendor.objects.create(sponsor=world.northwind, name="Born Later")
    change(vendor, name="Renamed")
    assert as_known(Vendor, [vendor.pk], then) == []
    assert [row.name for row in as_known(Vendor, [vendor.pk], then, or_first=True)] == [
        "Born Later"
    ]
    assert [row.name for row in as_known(Vendor, [vendor.pk], moment())] == ["Renamed"]


def test_a_deleted_record_stands_until_it_was_deleted(world: World) -> None:
    """A second factor may be deleted, and nothing of the business."""
    with acting(TESTS):
        factor = Authenticator.objects.create(user=world.sam, type="totp", data={})
    then = moment()
    with acting(TESTS):
        Authenticator.objects.filter(pk=factor.pk).delete()
    assert [row.type for row in as_known(Authenticator, [factor.pk], then)] == ["totp"]
    assert as_known(Authenticator, [factor.pk], moment()) == []


def test_a_record_older_than_the_history_comes_without_its_later_changes(world: World) -> None:
    """Functions are made by a migration, before there is a history."""
    function = Function.objects.get(slug="data-management")
    name = function.name
    (untouched,) = as_known(Function, [function.pk], moment())
    assert untouched.name == name
    then = moment()
    change(function, name="Renamed")
    assert [row.name for row in as_known(Function, [function.pk], then)] == [name]
    assert [row.name for row in as_known(Function, [function.pk], moment())] == ["Renamed"]


def test_only_the_ids_asked_for_come_by_key_in_one_statement(
    world: World, django_assert_num_queries: Any
) -> None:
    ids = [world.other_study.pk, world.study.pk]
    with django_assert_num_queries(1):
        rows = as_known(Study, ids, moment())
    assert [row.pk for row in rows] == sorted(ids)
    assert as_known(Study, [], moment()) == []


@pytest.mark.usefixtures("world")
def test_history_begins_with_the_first_change_of_any_of_them() -> None:
    begins = history_begins(Study, Vendor)
    assert begins is not None
    assert begins <= min(history_begins(Study) or begins, history_begins(Vendor) or begins)
    assert history_begins(Function) is None
