"""The rows of a matrix: the functions or obligations that can be delegated, in their order."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from studies.models import Function, Obligation


def usable(
    user: Any, sponsor_ids: Iterable[int], kind: str = Function.Kind.FUNCTION
) -> "QuerySet[Function]":
    """Return the common ones and those of the sponsors' own that `user` sees.

    Obligations come in the order of their catalogue, the sponsors' own after it; what can never
    move is no row of a matrix.
    """
    theirs = Q(sponsor__isnull=True) | Q(sponsor__in=list(sponsor_ids))
    found = Function.objects.visible_to(user).filter(theirs, kind=kind)
    if kind == Function.Kind.OBLIGATION:
        found = found.exclude(obligation__transferable=False).select_related("obligation")
        return found.order_by(F("sponsor").asc(nulls_first=True), "obligation__code", "pk")
    return found.order_by("name", "pk")


def rule_of(function: Function) -> Obligation | None:
    """Return what the rules say of an obligation; None for a function, without a statement."""
    return function.obligation if function.kind == Function.Kind.OBLIGATION else None


def title_of(function: Function) -> str:
    """Return its name; of an obligation with its code before it."""
    return str(rule_of(function) or function.name)
