"""Who may do what: the table of roles, and for which organisation a role counts."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kpis.models import DefinitionSnapshot
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry, Change
from studies.models import Function, Study
from tests.people import START, World
from vendors.access import (
    PERMISSIONS,
    Permission,
    Role,
    actor_of,
    check_permission,
    memberships_of,
    permissions_of,
)
from vendors.models import Membership, Vendor

# One line per permission, one mark per role, in the order of the header.
HEADER = "administrator manager lead executive auditor project-manager contributor"
TRUTH = {
    "view-dashboards": ". x x x x x x",
    "view-register": "x x x x x x x",
    "edit-register": ". x . . . . .",
    "view-submissions": ". x x . x x x",
    "upload": ". . . . . x x",
    "submit": ". . . . . x .",
    "decide": ". x . . . . .",
    "recompute": "x x . . . . .",
    "view-sponsor": "x x x x x . .",
    "view-audit-trail": "x x . . x . .",
    "manage-access": "x . . . . . .",
    "export": ". x . . x . .",
}
ROLES = {
    "administrator": Role.ADMINISTRATOR,
    "manager": Role.OVERSIGHT_MANAGER,
    "lead": Role.FUNCTIONAL_LEAD,
    "executive": Role.EXECUTIVE,
    "auditor": Role.AUDITOR,
    "project-manager": Role.CRO_PROJECT_MANAGER,
    "contributor": Role.CRO_CONTRIBUTOR,
}


def test_the_truth_table_names_every_permission_and_role() -> None:
    assert set(TRUTH) == {permission.value for permission in Permission}
    assert [ROLES[name] for name in HEADER.split()] == list(Role)


@pytest.mark.parametrize("permission", TRUTH)
@pytest.mark.parametrize(("column", "name"), list(enumerate(HEADER.split())))
def test_a_role_may(permission: str, column: int, name: str) -> None:
    expected = TRUTH[permission].split()[column] == "x"
    assert (permission in PERMISSIONS[ROLES[name]]) is expected


def fresh(user: User) -> User:
    """The user as the next request loads them, nothing remembered."""
    return User.objects.get(pk=user.pk)


def join(user: User, role: Role, **fields: Any) -> Membership:
    with acting(Actor.system("tests")):
        return Membership.objects.create(user=user, role=role, **{"from_date": START, **fields})


def test_nobody_may_anything_without_membership(world: World) -> None:
    for user in (world.nora, AnonymousUser()):
        assert permissions_of(user) == frozenset()
        assert memberships_of(user) == []
        assert list(Study.objects.visible_to(user)) == []


def test_membership_counts_from_its_first_to_its_last_day(world: World) -> None:
    today = timezone.now().date()
    day = timedelta(days=1)
    for from_date, until_date, holds in (
        (today + day, None, False),
        (today, None, True),
        (START, today - day, False),
        (START, today, True),
    ):
        user = User.objects.create_user(f"u{from_date}{until_date}@example.org", name="U")
        join(
            user, Role.AUDITOR, sponsor=world.northwind, from_date=from_date, until_date=until_date
        )
        assert bool(permissions_of(user)) is holds
        assert Study.objects.visible_to(user).exists() is holds


def test_an_inactive_person_has_no_membership(world: World) -> None:
    with acting(Actor.system("tests")):
        User.objects.filter(pk=world.sam.pk).update(is_active=False)
    assert permissions_of(fresh(world.sam)) == frozenset()


def test_a_role_counts_for_its_own_organisation_only(world: World) -> None:
    """Quinn audits Northwind and works for a CRO of Southwind: neither role crosses over."""
    vendor = Vendor.objects.create(sponsor=world.southwind, name="Gamma")
    join(world.quinn, Role.CRO_PROJECT_MANAGER, vendor=vendor)
    quinn = fresh(world.quinn)
    study = Study.objects.get(protocol_number="SWP-001")
    assert Permission.UPLOAD not in permissions_of(quinn, world.study)
    assert Permission.UPLOAD not in permissions_of(quinn, world.alpha_engagement)
    assert Permission.VIEW_AUDIT_TRAIL in permissions_of(quinn, world.study)
    assert Permission.UPLOAD in permissions_of(quinn, study)
    assert Permission.VIEW_AUDIT_TRAIL not in permissions_of(quinn, study)


def test_a_cro_role_counts_on_its_own_engagement_and_on_the_studies_of_its_sponsor(
    world: World,
) -> None:
    assert Permission.SUBMIT in permissions_of(world.ada, world.alpha_engagement)
    assert permissions_of(world.ada, world.beta_engagement) == frozenset()
    assert Permission.UPLOAD in permissions_of(world.ada, world.study)
    assert permissions_of(world.olga, world.study) == frozenset()


def test_on_shared_rows_every_role_counts(world: World) -> None:
    definition = DefinitionSnapshot(slug="query-aging", version=1)
    assert Permission.EDIT_REGISTER in permissions_of(world.sam, definition)
    assert Permission.UPLOAD in permissions_of(world.ada, definition)


def test_on_a_common_function_no_role_counts(world: World) -> None:
    common = Function.objects.get(slug="data-management")
    assert permissions_of(world.sam, common) == permissions_of(world.ada, common) == frozenset()


def test_a_refusal_raises_and_leaves_an_event(world: World) -> None:
    with pytest.raises(PermissionDenied, match="Ask your administrator"):
        check_permission(world.ada, Permission.DECIDE, world.alpha_engagement)
    entry = AuditTrailEntry.objects.get(event=Event.REFUSED)
    assert (entry.actor_name, entry.role, entry.organisation) == (
        "Ada",
        "CRO project manager",
        "Alpha",
    )
    assert (entry.sponsor_id, entry.vendor_id) == (world.northwind.pk, world.alpha.pk)
    assert entry.subject_label == "Alpha for NWT-301"
    assert entry.detail == {"permission": "decide"}
    check_permission(world.sam, Permission.DECIDE, world.alpha_engagement)
    assert AuditTrailEntry.objects.filter(event=Event.REFUSED).count() == 1


def test_history_keeps_role_and_organisation_of_the_time(world: World) -> None:
    with acting(actor_of(world.sam), reason="then"):
        Study.objects.filter(pk=world.study.pk).update(title="Old")
    with acting(Actor.system("tests")):
        Membership.objects.filter(user=world.sam).update(role=Role.EXECUTIVE)
        type(world.northwind).objects.filter(pk=world.northwind.pk).update(name="Renamed")
        User.objects.filter(pk=world.sam.pk).update(name="Samantha")
    with acting(actor_of(fresh(world.sam)), reason="now"):
        Study.objects.filter(pk=world.study.pk).update(title="New")
    then, now = (Change.objects.get(reason=reason) for reason in ("then", "now"))
    assert (then.actor_name, then.role, then.organisation) == (
        "Sam",
        "Oversight manager",
        "Northwind Therapeutics",
    )
    assert (now.actor_name, now.role, now.organisation) == ("Samantha", "Executive", "Renamed")
    assert then.actor_id == now.actor_id == world.sam.pk


# They answer requests too, for many kinds of record, and open no transaction before they ask.
ALSO_ANSWER = {
    "vendors/api/ground/writing.py",
    "vendors/register/exporting.py",
    "vendors/register/import_pages.py",
}


def test_permissions_are_checked_in_views_where_no_transaction_takes_the_event_back() -> None:
    """A refusal inside a service's transaction would be rolled back together with its event."""
    callers = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for app in ("vendors", "studies", "kpis", "dashboards", "inspection", "demo", "oversight")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "check_permission(" in path.read_text(encoding="utf-8")
    } - {"vendors/access.py"}
    assert "inspection/views.py" in callers
    assert {path for path in callers if "views" not in path} == ALSO_ANSWER
    for path in callers:
        source = (settings.BASE_DIR / path).read_text(encoding="utf-8")
        assert "atomic" not in source, path
        assert "acting(" not in source, path
    assert not any(base.get("ATOMIC_REQUESTS") for base in settings.DATABASES.values())
