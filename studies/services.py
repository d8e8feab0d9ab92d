"""Writing studies, sites, functions and engagements; delegations have a file of their own."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from oversight.audit_trail.attribution import Actor
from studies.delegating import change_delegation as change_delegation
from studies.delegating import create_delegation as create_delegation
from studies.models import Engagement, Function, Site, Study
from studies.models.function import OWN
from vendors.models import Sponsor
from vendors.register.saving import change_row, check_same_sponsor, create_row

Values = Mapping[str, Any]


def create_study(*, actor: Actor, sponsor: Sponsor, values: Values, reason: str = "") -> Study:
    """Add a study to a sponsor's register."""
    return create_row(actor=actor, row=Study(sponsor=sponsor, **values), reason=reason)


def change_study(
    *, actor: Actor, study: Study, values: Values, seen: int | None, reason: str
) -> Study:
    """Change a study; `seen` and what is refused: see `change_row`."""
    return change_row(actor=actor, row=study, values=values, seen=seen, reason=reason)


def create_site(*, actor: Actor, study: Study, values: Values, reason: str = "") -> Site:
    """Add a site to a study."""
    return create_row(actor=actor, row=Site(study=study, **values), reason=reason)


def change_site(*, actor: Actor, site: Site, values: Values, seen: int | None, reason: str) -> Site:
    """Change a site, or end it by the day it closed."""
    return change_row(
        actor=actor, row=site, values=values, seen=seen, reason=reason, ends_in="closed_on"
    )


def create_function(
    *, actor: Actor, sponsor: Sponsor, values: Values, reason: str = ""
) -> Function:
    """Add a function of the sponsor's own; its slug comes from its first name and stays."""
    slug = free_slug(sponsor, str(values["name"]))
    function = Function(sponsor=sponsor, slug=slug, **values)
    return create_row(actor=actor, row=function, reason=reason, check=check_function)


def change_function(
    *, actor: Actor, function: Function, values: Values, seen: int | None, reason: str
) -> Function:
    """Change a function of a sponsor's own."""
    return change_row(
        actor=actor, row=function, values=values, seen=seen, reason=reason, check=check_function
    )


def create_engagement(
    *, actor: Actor, sponsor: Sponsor, values: Values, reason: str = ""
) -> Engagement:
    """Add an engagement of a CRO of the same register."""
    engagement = Engagement(sponsor=sponsor, **values)
    return create_row(actor=actor, row=engagement, reason=reason, check=_check_engagement)


def change_engagement(
    *, actor: Actor, engagement: Engagement, values: Values, seen: int | None, reason: str
) -> Engagement:
    """Change an engagement, or end it by its last day."""
    return change_row(
        actor=actor,
        row=engagement,
        values=values,
        seen=seen,
        reason=reason,
        ends_in="end_date",
        check=_check_engagement,
    )


def _check_engagement(engagement: Engagement) -> None:
    check_same_sponsor(engagement, engagement.sponsor_id, "vendor")
    agreement = engagement.agreement
    if agreement is not None and agreement.vendor_id != engagement.vendor_id:
        raise ValidationError({"agreement": "This is an agreement with another provider."})


def check_function(function: Function) -> None:
    """Refuse to write a common row, and an own one of a common one's name."""
    if function.sponsor_id is None:
        raise ValidationError("The common functions change with the product, not here.")
    common = Function._base_manager.filter(sponsor__isnull=True, name__iexact=function.name)
    if common.exists():
        raise ValidationError({"name": "The common functions hold this one: use that."})


def free_slug(sponsor: Sponsor, name: str) -> str:
    """Return a slug for a sponsor's own row that no other of its rows has."""
    base = f"{OWN}{slugify(name) or 'function'}"[:55]
    taken = set(
        Function._base_manager.filter(sponsor=sponsor, slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
