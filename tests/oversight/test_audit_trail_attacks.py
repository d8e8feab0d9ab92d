"""What somebody with the application's database role, or the owner's, could try on the record."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, connections, transaction

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.install import APPEND_ONLY, insert_only_models, tracked_models
from oversight.audit_trail.models import AuditTrailEntry, Change, Seal
from oversight.audit_trail.services import record, seal
from vendors.models import Sponsor

SAM = Actor(user_id=7, name="Sam Okafor", role="Oversight manager", organisation="Northwind")
FUNCTIONS = "proname LIKE 'audit_trail%%'"

RAW = "INSERT INTO vendors_sponsor (name, country, size) VALUES ('in flight', '', '')"


def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def triggers(table: str) -> set[str]:
    found = rows(
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
        "AND tgrelid = %s::regclass",
        table,
    )
    return {name for (name,) in found}


@pytest.mark.django_db
def test_every_tracked_table_has_its_triggers() -> None:
    expected = {f"audit_trail_{each}" for each in ("insert", "update", "delete", "truncate")}
    missing = {
        model._meta.db_table: expected - triggers(model._meta.db_table)
        for model in tracked_models()
        if not expected <= triggers(model._meta.db_table)
    }
    assert missing == {}
    for table in (*APPEND_ONLY, *(model._meta.db_table for model in insert_only_models())):
        assert "append_only" in triggers(table), table


@pytest.mark.django_db
def test_the_role_of_the_application_owns_nothing() -> None:
    assert rows("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == [(0,)]
    assert rows("SELECT count(*) FROM pg_proc WHERE proowner = current_user::regrole") == [(0,)]
    ((superuser, create_role, bypass),) = rows(
        "SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert (superuser, create_role, bypass) == (False, False, False)


@pytest.mark.django_db
def test_functions_with_their_owners_rights_have_a_fixed_search_path() -> None:
    found = rows(
        f"SELECT proname, proconfig FROM pg_proc WHERE {FUNCTIONS} AND prosecdef ORDER BY 1",
    )
    assert [name for name, _ in found] == [
        "audit_trail_record_change",
        "audit_trail_record_event",
        "audit_trail_seal",
        "audit_trail_window_sha256",
    ]
    for name, settings in found:
        assert "search_path=public, pg_temp" in settings, name


@pytest.mark.django_db
def test_no_history_is_forged_with_a_table_of_ones_own() -> None:
    """A temporary table may have any name; the change trigger's function must not hang on it."""
    execute("CREATE TEMPORARY TABLE vendors_sponsor (id bigint, name text)")
    with pytest.raises(Error, match="permission denied for function"):
        execute(
            "CREATE TRIGGER forged AFTER INSERT ON pg_temp.vendors_sponsor "
            "REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT "
            "EXECUTE FUNCTION public.audit_trail_record_change('id', '')"
        )


@pytest.mark.django_db
def test_functions_called_by_the_application_are_closed_to_every_other_role() -> None:
    open_to_all = rows(
        "SELECT p.proname FROM pg_proc p, "
        "aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a "
        f"WHERE p.{FUNCTIONS} AND a.grantee = 0"
    )
    assert open_to_all == []


@pytest.mark.django_db
def test_a_changed_key_leaves_history_of_both_rows() -> None:
    with acting(SAM):
        sponsor = Sponsor.objects.create(name="Northwind")
        Sponsor.objects.filter(pk=sponsor.pk).update(id=sponsor.pk + 1000)
    found = set(
        Change.objects.filter(table_name="vendors_sponsor").values_list("operation", "object_id")
    )
    assert found == {
        ("insert", str(sponsor.pk)),
        ("delete", str(sponsor.pk)),
        ("insert", str(sponsor.pk + 1000)),
    }
    gone = Change.objects.get(operation="delete")
    assert gone.before == {
        "id": sponsor.pk,
        "name": "Northwind",
        "country": "",
        "size": "",
    }
    assert gone.after is None


@pytest.mark.django_db
def test_an_update_that_changes_nothing_leaves_nothing() -> None:
    with acting(SAM):
        Sponsor.objects.create(name="Northwind")
        Sponsor.objects.update(name="Northwind")
    assert Change.objects.filter(operation="update").count() == 0


@pytest.mark.django_db
def test_the_time_is_the_databases() -> None:
    ((before,),) = rows("SELECT clock_timestamp()")
    entry = AuditTrailEntry.objects.get(pk=record(Event.VIEWED, actor=SAM, detail={"at": "2001"}))
    ((after,),) = rows("SELECT clock_timestamp()")
    assert before <= entry.at <= after


def test_sealing_from_an_older_view_is_refused(committed_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(Error, match="read committed"):
            cursor.execute("SELECT audit_trail_seal()")
        cursor.execute("ROLLBACK")


@pytest.fixture
def other(committed_db: None) -> Iterator[Any]:
    """A second connection of the application, beside the default one."""
    second = connections["default"].copy()
    yield second
    second.close()


def test_an_entry_in_flight_is_never_skipped_by_a_seal(other: Any) -> None:
    """One writer holds an id uncommitted, a later one is committed: the seal waits, gives up."""
    record(Event.VIEWED, actor=SAM, reason="before")
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(RAW)
    record(Event.VIEWED, actor=SAM, reason="committed meanwhile")
    assert seal() is None
    with other.cursor() as cursor:
        cursor.execute("COMMIT")
    assert seal() is not None
    head = Seal.objects.get()
    assert head.last_change_id == Change.objects.latest("id").pk
    assert head.last_entry_id == AuditTrailEntry.objects.latest("id").pk
    call_command("verify_audit_trail")


def test_other_writers_are_not_stopped_by_one(other: Any) -> None:
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(RAW)
    with acting(SAM):
        record(Event.VIEWED, actor=SAM)
        Sponsor.objects.create(name="beside")
    with other.cursor() as cursor:
        cursor.execute("ROLLBACK")
    assert seal() is not None


TAMPERING = {
    "an entry rewritten": "UPDATE audit_trail_audittrailentry SET actor_name = 'x' WHERE id = {e}",
    "an entry taken out": "DELETE FROM audit_trail_audittrailentry WHERE id = {e}",
    "a change rewritten": "UPDATE audit_trail_change SET after = '{{}}' WHERE id = {c}",
    "an entry slipped in": "INSERT INTO audit_trail_audittrailentry (id, at, actor_name, role, "
    "organisation, reason, request_id, event, subject_table, subject_id, subject_label, detail) "
    "VALUES (0, now(), '', '', '', '', '', 'viewed', '', '', '', '{{}}')",
    "a seal rewritten": "UPDATE audit_trail_seal SET sha256 = repeat('0', 64) WHERE id = {s}",
    "a seal taken out": "DELETE FROM audit_trail_seal WHERE id = {s}",
}


@pytest.mark.parametrize("what", TAMPERING)
def test_the_owners_tampering_is_found_and_the_seal_named(committed_db: None, what: str) -> None:
    first_entry = record(Event.VIEWED, actor=SAM)
    with acting(SAM):
        Sponsor.objects.create(name="Northwind")
    first = seal()
    record(Event.DOWNLOADED, actor=SAM)
    second = seal()
    record(Event.EXPORTED, actor=SAM)
    third = seal()
    call_command("verify_audit_trail")
    change = Change.objects.earliest("id").pk
    with connections["owner"].cursor() as cursor:
        for table in APPEND_ONLY:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(TAMPERING[what].format(e=first_entry, c=change, s=second))
    named = {"a seal rewritten": second, "a seal taken out": third}.get(what, first)
    with pytest.raises(CommandError, match=rf"Seal {named} does not hold"):
        call_command("verify_audit_trail")


def test_verification_without_a_seal_says_so(committed_db: None, capsys: Any) -> None:
    call_command("verify_audit_trail")
    assert "No seal yet" in capsys.readouterr().out
