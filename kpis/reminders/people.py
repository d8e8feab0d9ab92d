"""Who is told by mail: the CRO's people who upload, the sponsor's who decide. Members of today."""

from collections.abc import Iterable

from django.db.models import Q

from oversight.accounts.models import User
from vendors.access import CRO_ROLES, PERMISSIONS, SPONSOR_ROLES, Permission
from vendors.models import Membership, Sponsor, Vendor

UPLOADERS = [role for role in CRO_ROLES if Permission.UPLOAD in PERMISSIONS[role]]
DECIDERS = [role for role in SPONSOR_ROLES if Permission.DECIDE in PERMISSIONS[role]]

Organisation = Sponsor | Vendor


def people_of(organisations: Iterable[Organisation]) -> dict[Organisation, tuple[User, ...]]:
    """Return the people of each organisation who are told, by name; one statement."""
    listed = list(organisations)
    sponsors = [one.pk for one in listed if isinstance(one, Sponsor)]
    vendors = [one.pk for one in listed if isinstance(one, Vendor)]
    members = (
        Membership.objects.current()
        .filter(
            Q(vendor__in=vendors, role__in=UPLOADERS) | Q(sponsor__in=sponsors, role__in=DECIDERS),
            user__is_active=True,
        )
        .select_related("user", "vendor", "sponsor")
        .order_by("user__name", "user__pk")
    )
    found: dict[Organisation, dict[int, User]] = {}
    for member in members:
        found.setdefault(member.vendor or member.sponsor, {})[member.user_id] = member.user
    return {organisation: tuple(users.values()) for organisation, users in found.items()}
