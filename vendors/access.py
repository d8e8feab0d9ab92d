"""Seam 1, visibility: who sees which row, and which role may do what.

Two questions, kept apart. *Visible?* `Model.objects.visible_to(user)` is the only filter; what it
leaves out is a 404, so that nobody learns that it exists. *Allowed?* `check_permission` asks the
table below; a refusal is a 403 and leaves an event. Imports nothing of the business, so that every
model can stand on it.
"""

from enum import StrEnum
from operator import attrgetter
from typing import Any, ClassVar, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet

from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record


class Role(models.TextChoices):
    """What somebody is for an organisation."""

    ADMINISTRATOR = "administrator", "Administrator"
    OVERSIGHT_MANAGER = "oversight-manager", "Oversight manager"
    FUNCTIONAL_LEAD = "functional-lead", "Functional lead"
    EXECUTIVE = "executive", "Executive"
    AUDITOR = "auditor", "Auditor"
    CRO_PROJECT_MANAGER = "cro-project-manager", "CRO project manager"
    CRO_CONTRIBUTOR = "cro-contributor", "CRO contributor"


class Permission(StrEnum):
    """What a role may allow; each line completes "may …"."""

    VIEW_DASHBOARDS = "view-dashboards"  # see scorecards and KPIs, down to the rows
    VIEW_REGISTER = "view-register"  # see CROs, studies, engagements and delegations
    EDIT_REGISTER = "edit-register"  # create and change them
    VIEW_SUBMISSIONS = "view-submissions"  # see submissions, their problems and their files
    UPLOAD = "upload"  # send files, explain warnings, add sites named in a file
    SUBMIT = "submit"  # hand a checked submission to the sponsor, or withdraw it
    DECIDE = "decide"  # accept or return what a CRO submitted
    RECOMPUTE = "recompute"  # have stored KPI results computed again
    VIEW_SPONSOR = "view-sponsor"  # see the sponsor's own page: its people, its history
    VIEW_AUDIT_TRAIL = "view-audit-trail"  # see what changed and what happened
    MANAGE_ACCESS = "manage-access"  # grant and end memberships, name sponsors
    EXPORT = "export"  # request and download inspection packs


P = Permission
_READ = {P.VIEW_DASHBOARDS, P.VIEW_REGISTER, P.VIEW_SUBMISSIONS}
_READ_AT_SPONSOR = _READ | {P.VIEW_SPONSOR}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {P.VIEW_REGISTER, P.VIEW_SPONSOR, P.VIEW_AUDIT_TRAIL, P.MANAGE_ACCESS, P.RECOMPUTE}
    ),
    Role.OVERSIGHT_MANAGER: frozenset(
        _READ_AT_SPONSOR | {P.EDIT_REGISTER, P.DECIDE, P.RECOMPUTE, P.VIEW_AUDIT_TRAIL, P.EXPORT}
    ),
    Role.FUNCTIONAL_LEAD: frozenset(_READ_AT_SPONSOR),
    Role.EXECUTIVE: frozenset({P.VIEW_DASHBOARDS, P.VIEW_REGISTER, P.VIEW_SPONSOR}),
    Role.AUDITOR: frozenset(_READ_AT_SPONSOR | {P.VIEW_AUDIT_TRAIL, P.EXPORT}),
    Role.CRO_PROJECT_MANAGER: frozenset(_READ | {P.UPLOAD, P.SUBMIT}),
    Role.CRO_CONTRIBUTOR: frozenset(_READ | {P.UPLOAD}),
}
CRO_ROLES = frozenset({Role.CRO_PROJECT_MANAGER, Role.CRO_CONTRIBUTOR})
SPONSOR_ROLES = frozenset(Role) - CRO_ROLES


class VisibleQuerySet(QuerySet[Any]):
    """A queryset that knows whose rows they are."""

    def visible_to(self, user: Any) -> Self:
        """Keep the rows of the organisations in which `user` is a member today.

        One SQL statement with subqueries, whatever the number of memberships; somebody who is not
        signed in, inactive or without membership sees nothing.
        """
        if not getattr(user, "is_active", False):
            return self.none()
        current = user.memberships.current()
        if self.model.shared_by_members:
            return self.filter(models.Exists(current))
        mine = Q()
        for path, organisation in (
            (self.model.sponsor_path, "sponsor"),
            (self.model.vendor_path, "vendor"),
        ):
            if path:
                ids = current.filter(**{f"{organisation}__isnull": False}).values(organisation)
                mine |= _owned(self.model, path, ids)
        if self.model.shared_without_sponsor:
            mine |= Q(models.Exists(current), **{f"{self.model.sponsor_path}__isnull": True})
        return self.filter(mine) if mine else self.none()


def _owned(model: Any, path: str, ids: QuerySet[Any, Any]) -> Q:
    """Return the condition that `path` leads from a row to one of `ids`.

    A step to one row is asked of the column itself, so that few rows of a large table are found by
    their index; a step to many goes through a subquery on the key, so that it doubles no row.
    """
    step, _, rest = path.partition("__")
    if path == "pk":
        return Q(pk__in=ids)
    field = model._meta.get_field(step)
    if not (field.concrete and (field.many_to_one or field.one_to_one)):
        return Q(pk__in=model._base_manager.filter(**{f"{path}__in": ids}).values("pk"))
    if not rest:
        return Q(**{f"{step}__in": ids})
    led = field.related_model._base_manager.filter(**{f"{rest}__in": ids})
    return Q(**{f"{step}__in": led.values("pk")})


class VisibleModel(models.Model):
    """A business record that names its path to sponsor and to vendor, in one word each.

    `shared_by_members` marks reference data that every member of any organisation sees;
    `shared_without_sponsor` says so of the rows that name no sponsor. Nobody may edit those.
    `insert_only` marks rows that never change once written (the database refuses).
    """

    sponsor_path: ClassVar[str] = ""
    vendor_path: ClassVar[str] = ""
    shared_by_members: ClassVar[bool] = False
    shared_without_sponsor: ClassVar[bool] = False
    insert_only: ClassVar[bool] = False

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    def organisations(self) -> tuple[int | None, int | None]:
        """Return the ids of the one sponsor and one vendor this row belongs to, where it has one.

        A path that leads to many (the CROs of a study) gives None.
        """
        return _follow(self, self.sponsor_path), _follow(self, self.vendor_path)


def _follow(row: models.Model, path: str) -> int | None:
    if not path:
        return None
    try:
        target = attrgetter(path.replace("__", "."))(row)
    except AttributeError:
        return None
    if isinstance(target, models.Model):
        return int(target.pk)
    return int(target) if isinstance(target, int) else None


class Bearer:
    """A person as a service token stands for them: at one vendor, and no more than it may.

    Passes wherever a signed-in user is asked for. What the person is elsewhere does not count, and
    what their membership at the vendor does not allow, the token does not either.
    """

    is_authenticated = True
    is_anonymous = False

    def __init__(
        self, person: Any, *, vendor_id: int, at_most: frozenset[Permission], name: str
    ) -> None:
        self.person = person
        self.pk = person.pk
        self.is_active = person.is_active
        self.vendor_id = vendor_id
        self.at_most = at_most
        self.name = name

    def __str__(self) -> str:
        return self.name

    @property
    def memberships(self) -> Any:
        """Return the person's memberships at the one vendor."""
        return self.person.memberships.filter(vendor=self.vendor_id)


def memberships_of(user: Any) -> list[Any]:
    """Return the user's memberships of today with their organisations; asked once per request."""
    if not getattr(user, "is_active", False):
        return []
    if not hasattr(user, "_memberships_of_today"):
        user._memberships_of_today = list(
            user.memberships.current().select_related("sponsor", "vendor").order_by("pk")
        )
    found: list[Any] = user._memberships_of_today
    return found


def permissions_of(user: Any, row: VisibleModel | None = None) -> frozenset[Permission]:
    """Return what `user` may do; with a row, in the organisations that row belongs to."""
    memberships = memberships_of(user)
    if row is not None and not row.shared_by_members:
        sponsor_id, vendor_id = row.organisations()
        memberships = [
            m
            for m in memberships
            if (m.sponsor_id is not None and m.sponsor_id == sponsor_id)
            or (m.vendor_id is not None and m.vendor_id == vendor_id)
            # A row of many CROs: the role at one of this sponsor's, never at another sponsor's.
            or (vendor_id is None and m.vendor is not None and m.vendor.sponsor_id == sponsor_id)
        ]
    allowed: frozenset[Permission] = frozenset()
    for membership in memberships:
        allowed |= PERMISSIONS[Role(membership.role)]
    return allowed & user.at_most if isinstance(user, Bearer) else allowed


def check_permission(user: Any, permission: Permission, row: VisibleModel | None = None) -> None:
    """Raise PermissionDenied, and leave an event, unless a role of `user` allows it."""
    if permission not in permissions_of(user, row):
        record(Event.REFUSED, actor=actor_of(user), subject=row, detail={"permission": permission})
        raise PermissionDenied("Your role does not allow this. Ask your administrator for it.")


def actor_of(user: Any) -> Actor:
    """Return `user` as an actor, in the roles and organisations of today."""
    memberships = memberships_of(user)
    if not getattr(user, "pk", None):
        return Actor.visitor()
    roles = ", ".join(dict.fromkeys(Role(m.role).label for m in memberships))
    return Actor.of_user(
        user,
        role="Service token" if isinstance(user, Bearer) else roles,
        organisation=", ".join(dict.fromkeys(str(m.sponsor or m.vendor) for m in memberships)),
    )
