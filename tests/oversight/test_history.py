"""The history of one record, in words."""

from datetime import UTC, datetime

import pytest

from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.history import FieldChange, history_of, last_change_id
from studies.models import Study
from tests.people import World
from vendors.models import Vendor

pytestmark = pytest.mark.django_db

SAM = Actor(user_id=7, name="Sam", role="Oversight manager", organisation="Northwind")


def test_who_when_what_and_why_newest_first(world: World) -> None:
    with acting(SAM, reason="renamed"):
        Vendor.objects.filter(pk=world.alpha.pk).update(name="Alpha Clinical", country="France")
    newest, oldest = history_of(world.alpha)
    assert (newest.name, newest.role, newest.organisation) == (
        "Sam",
        "Oversight manager",
        "Northwind",
    )
    assert (newest.operation, newest.reason) == ("Changed", "renamed")
    assert newest.at > oldest.at
    assert newest.fields == (
        FieldChange("Country of its seat", "empty", "France"),
        FieldChange("Name", "Alpha", "Alpha Clinical"),
    )
    assert (oldest.operation, oldest.fields) == ("Created", ())


def test_values_are_said_as_pages_write_them(world: World) -> None:
    with acting(SAM):
        Study.objects.filter(pk=world.study.pk).update(
            status="enrolling", names_in_files=["Study 1", "S1"]
        )
        Vendor.objects.filter(pk=world.beta.pk).update(parent=world.alpha, ended_on="2026-06-30")
        User.objects.filter(pk=world.nora.pk).update(
            is_active=False, created_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
        )
    assert history_of(world.study)[0].fields == (
        FieldChange("Names in files", "Study 1", "Study 1, S1"),
        FieldChange("Status", "In start-up", "Enrolling"),
    )
    assert history_of(world.beta)[0].fields == (
        FieldChange("Relationship ended on", "empty", "30 Jun 2026"),
        FieldChange("Works under", "empty", "Alpha"),
    )
    created, active = history_of(world.nora)[0].fields
    assert created.new == "2 Jan 2026, 03:04 UTC"
    assert active == FieldChange("Is active", "yes", "no")


def test_the_fingerprint_moves_with_each_change(world: World) -> None:
    before = last_change_id(world.alpha)
    with acting(SAM):
        Vendor.objects.filter(pk=world.alpha.pk).update(country="Spain")
    assert last_change_id(world.alpha) > before
    assert len(history_of(world.alpha, since=before)) == 1
    assert history_of(world.alpha, since=last_change_id(world.alpha)) == ()


def test_a_record_never_written_has_none() -> None:
    assert last_change_id(Vendor(pk=10**9)) == 0
    assert history_of(Vendor(pk=10**9)) == ()


def test_an_unattributed_change_names_nobody(world: World) -> None:
    Vendor.objects.filter(pk=world.alpha.pk).update(country="Spain")
    assert history_of(world.alpha)[0].name == ""
