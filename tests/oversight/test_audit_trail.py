"""The audit trail cannot be rewritten, and sees every change whatever wrote it."""

import pytest
from django.db import Error, connection, transaction

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry, Change, Seal
from oversight.audit_trail.services import record, seal
from oversight.audit_trail.verify import broken_seals
from vendors.models import Sponsor

SAM = Actor(user_id=7, name="Sam Okafor", role="Oversight manager", organisation="Northwind")

pytestmark = pytest.mark.django_db


def test_a_service_write_is_attributed() -> None:
    with acting(SAM, reason="new sponsor"):
        sponsor = Sponsor.objects.create(name="Northwind")
    change = Change.objects.get(table_name="vendors_sponsor")
    assert change.object_id == str(sponsor.pk)
    assert change.operation == "insert"
    assert (change.actor_id, change.actor_name) == (7, "Sam Okafor")
    assert (change.role, change.organisation) == ("Oversight manager", "Northwind")
    assert change.reason == "new sponsor"
    assert (change.after or {})["name"] == "Northwind"


def test_bulk_update_and_raw_sql_leave_history() -> None:
    with acting(SAM):
        Sponsor.objects.bulk_create([Sponsor(name="A"), Sponsor(name="B")])
    with acting(SAM, reason="renamed"):
        Sponsor.objects.filter(name="A").update(name="C")
    update = Change.objects.get(operation="update")
    assert (update.before, (update.after or {})["name"]) == ({"name": "A"}, "C")
    assert update.reason == "renamed"
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO vendors_sponsor (name, country, size) VALUES ('raw', '', '')")
    raw = Change.objects.latest("id")
    assert (raw.after or {})["name"] == "raw"
    assert raw.actor_name == ""  # unattributed: nobody said who


def test_an_inner_reason_does_not_leak_to_the_outer_write() -> None:
    with acting(SAM, reason="outer"):
        with acting(SAM, reason="inner"):
            Sponsor.objects.create(name="inner")
        Sponsor.objects.create(name="outer")
    reasons = dict(Change.objects.values_list("after__name", "reason"))
    assert reasons == {"inner": "inner", "outer": "outer"}


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


TABLES = ["audit_trail_change", "audit_trail_audittrailentry", "audit_trail_seal"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "INSERT INTO {} (at) VALUES (now())",
        "DROP TABLE {}",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
    ],
)
def test_the_application_cannot_touch_the_record(table: str, statement: str) -> None:
    with pytest.raises(Error, match=r"denied|must be owner|append-only"):
        execute(statement.format(table))


def test_the_orm_cannot_either() -> None:
    record(Event.VIEWED, actor=SAM)
    with acting(SAM):
        Sponsor.objects.create(name="Northwind")
    for model in (AuditTrailEntry, Change):
        with pytest.raises(Error, match="denied"), transaction.atomic():
            model.objects.update(actor_name="somebody else")
        with pytest.raises(Error, match="denied"), transaction.atomic():
            model.objects.all().delete()


def test_business_rows_are_not_deleted_or_truncated() -> None:
    with acting(SAM):
        Sponsor.objects.create(name="Northwind")
    for statement in ("DELETE FROM vendors_sponsor", "TRUNCATE vendors_sponsor CASCADE"):
        with pytest.raises(Error, match="denied"):
            execute(statement)


def test_seals_chain_and_hold() -> None:
    record(Event.VIEWED, actor=SAM)
    first = seal()
    assert seal() is None
    with acting(SAM):
        Sponsor.objects.create(name="Northwind")
    second = seal()
    one, two = Seal.objects.order_by("id")
    assert (one.pk, two.pk) == (first, second)
    assert two.previous_sha256 == one.sha256
    assert list(broken_seals()) == []
