"""Whose history a reviewer sees: the part of the audit trail that belongs to their sponsors.

Entries name their sponsor. Changes do not: a changed row belongs to the sponsor that its own image
leads to, as the row stood then, by the path its model declares; so deleted rows are found as well.
What hangs on a person (accounts, second factors, sign-ins) is shown while that person was a member
of the sponsor or of one of its CROs. What leads to no sponsor is shown to nobody.
"""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, TruncDate

from oversight.audit_trail.install import tracked_models
from oversight.audit_trail.models import AuditTrailEntry, Change
from vendors.access import PERMISSIONS, Permission, Role, VisibleModel, memberships_of
from vendors.models import Membership, Sponsor, Vendor

DAY = TruncDate("at", tzinfo=UTC)
USER_TABLE = get_user_model()._meta.db_table


def sponsors_reviewed_by(user: Any) -> list[Sponsor]:
    """Return the sponsors whose audit trail `user` may see today; one permitting role each."""
    found = {
        membership.sponsor_id: membership.sponsor
        for membership in memberships_of(user)
        if membership.sponsor_id
        and Permission.VIEW_AUDIT_TRAIL in PERMISSIONS[Role(membership.role)]
    }
    return list(found.values())


def entries_of(sponsors: Iterable[Sponsor]) -> QuerySet[AuditTrailEntry]:
    """Return what happened at these sponsors, their CROs, and to the people of both."""
    ids = [sponsor.pk for sponsor in sponsors]
    nobodys = Q(sponsor_id__isnull=True, vendor_id__isnull=True)
    tracked = tracked_models()
    shared = [""] + [m._meta.db_table for m in tracked if _is_shared(m) or _shares_some(m)]
    rows = AuditTrailEntry.objects.alias(actor_key=Cast("actor_id", TextField()), day=DAY)
    return rows.filter(
        Q(sponsor_id__in=ids)
        | Q(sponsor_id__isnull=True, vendor_id__in=Vendor.objects.filter(sponsor__in=ids))
        | nobodys & Q(subject_table=USER_TABLE) & _member(ids, "subject_id")
        | nobodys & Q(subject_table__in=shared) & _member(ids, "actor_key")
    )


def changes_of(sponsors: Iterable[Sponsor]) -> QuerySet[Change]:
    """Return the changes to rows of these sponsors, to shared rows, and to their people."""
    ids = [sponsor.pk for sponsor in sponsors]
    mine, columns = Q(pk__in=[]), set()
    for model in tracked_models():
        for column, owners in _owner_columns(model, ids):
            columns.add(column)
            mine |= Q(table_name=model._meta.db_table) & owners
        if _is_shared(model):
            mine |= Q(table_name=model._meta.db_table)
        elif _shares_some(model):
            mine |= Q(table_name=model._meta.db_table, row_sponsor_id__isnull=True)
    row = Coalesce("after", "before")
    return Change.objects.alias(
        day=DAY,
        **{f"row_{column}": KeyTextTransform(column, row) for column in sorted(columns)},
    ).filter(mine)


def _owner_columns(model: type[Model], ids: list[int]) -> list[tuple[str, Q]]:
    """Return (column of the row, condition under which the row is one of the sponsors')."""
    if model is Membership:  # a person at a CRO: the row names the CRO only
        vendors = _as_text(Vendor.objects.filter(sponsor__in=ids))
        return [
            ("sponsor_id", Q(row_sponsor_id__in=[str(i) for i in ids])),
            ("vendor_id", Q(row_vendor_id__in=vendors)),
        ]
    if issubclass(model, VisibleModel):
        if not model.sponsor_path:
            return []
        first, _, rest = model.sponsor_path.partition("__")
        if first == "pk":
            column = str(model._meta.pk.column)
            return [(column, Q(**{f"row_{column}__in": [str(i) for i in ids]}))]
        field: Any = model._meta.get_field(first)
        owners: Any = [str(i) for i in ids]
        if rest:
            owners = _as_text(field.related_model._base_manager.filter(**{f"{rest}__in": ids}))
        return [(field.column, Q(**{f"row_{field.column}__in": owners}))]
    column = _person_column(model)
    return [(column, Q(_member(ids, f"row_{column}")))] if column else []


def _person_column(model: type[Model]) -> str:
    if model is get_user_model():
        return str(model._meta.pk.column)
    for field in model._meta.concrete_fields:
        if field.related_model is get_user_model():
            return str(field.column)
    return ""


def _member(ids: list[int], person: str) -> Exists:
    """Say that `person` (a user's id as text) was a member when the row was written."""
    day = OuterRef("day")
    return Exists(
        Membership.objects.alias(person=Cast("user_id", TextField())).filter(
            Q(sponsor__in=ids) | Q(vendor__sponsor__in=ids),
            Q(until_date__isnull=True) | Q(until_date__gte=day),
            from_date__lte=day,
            person=OuterRef(person),
        )
    )


def _as_text(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().annotate(key_as_text=Cast("pk", TextField())).values("key_as_text")


def _is_shared(model: type[Model]) -> bool:
    return issubclass(model, VisibleModel) and model.shared_by_members


def _shares_some(model: type[Model]) -> bool:
    return issubclass(model, VisibleModel) and model.shared_without_sponsor
