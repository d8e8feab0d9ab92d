"""Saving a record: what the database refuses comes out as a sentence."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from oversight.audit_trail.attribution import Actor, acting
from tests.people import START, World
from vendors.access import Role
from vendors.models import Membership, Vendor
from vendors.register.saving import sentences
from vendors.services import create_vendor

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("tests")


def test_a_race_lost_in_the_database_is_the_same_sentence(world: World) -> None:
    late = Vendor(sponsor=world.northwind, name="Alpha")  # its checks passed a moment ago
    with (
        pytest.raises(ValidationError, match="already holds a service provider of this name"),
        sentences(late),
        acting(SYSTEM),
    ):
        late.save(force_insert=True)


def test_an_overlap_found_by_the_database_is_the_same_sentence(world: World) -> None:
    late = Membership(
        user=world.ada, vendor=world.alpha, role=Role.CRO_CONTRIBUTOR, from_date=START
    )
    with (
        pytest.raises(ValidationError, match="already has a role there in this period"),
        sentences(late),
        acting(SYSTEM),
    ):
        late.save(force_insert=True)


def test_what_no_constraint_explains_stays_an_error(world: World) -> None:
    with pytest.raises(IntegrityError), sentences(world.alpha):
        raise IntegrityError("something else")


def test_the_service_refuses_a_parent_of_another_register(world: World) -> None:
    stranger = Vendor.objects.create(sponsor=world.southwind, name="Stranger")
    with pytest.raises(ValidationError, match="another sponsor's register"):
        create_vendor(
            actor=SYSTEM,
            sponsor=world.northwind,
            values={"name": "Gamma", "parent": stranger},
        )
