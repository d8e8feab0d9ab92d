"""What a guided start has to know: the works that could move, and who holds them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q

from studies.models import Delegation, Function
from studies.selectors.taxonomy import title_of
from studies.starting.proposing import Holder, Work
from vendors.models import Sponsor

NEVER = "Can never be transferred."


def works_of(user: Any, sponsor: Sponsor) -> tuple[Work, ...]:
    """Return functions, then obligations with those that can never move last; one statement."""
    found = (
        Function.objects.visible_to(user)
        .filter(Q(sponsor__isnull=True) | Q(sponsor=sponsor))
        .select_related("obligation")
        .order_by("kind", F("obligation__transferable").desc(), "obligation__code", "name", "pk")
    )
    return tuple(_work(one) for one in found)


def holders_of(user: Any, studies: Iterable[int], *, since: date) -> tuple[Holder, ...]:
    """Return who holds what on the studies on or after a day; one statement."""
    rows = (
        Delegation.objects.visible_to(user)
        .filter(Q(until_date__isnull=True) | Q(until_date__gte=since), study__in=list(studies))
        .select_related("study", "engagement__vendor")
        .order_by("study__protocol_number", "from_date", "pk")
    )
    return tuple(_holder(one) for one in rows)


def _work(function: Function) -> Work:
    obligation = function.kind == Function.Kind.OBLIGATION
    never = ""
    if obligation and not function.obligation.transferable:
        never = f"{NEVER} {function.obligation.practice}".strip()
    return Work(function.pk, function.slug, title_of(function), obligation, never)


def _holder(one: Delegation) -> Holder:
    return Holder(
        delegation_id=one.pk,
        study_id=one.study_id,
        study=str(one.study),
        function_id=one.function_id,
        region=one.region,
        kind=one.kind,
        who=str(one.engagement.vendor) if one.engagement else "the sponsor",
        sponsor=one.engagement is None,
        first=one.from_date,
        last=one.until_date,
    )
