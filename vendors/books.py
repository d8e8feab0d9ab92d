"""The files of this floor's lists: service providers, agreements, people and roles."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from vendors.access import Permission
from vendors.agreements.models import Agreement, AgreementVersion
from vendors.agreements.selectors import found_agreements
from vendors.forms import VendorForm
from vendors.models import Membership, Sponsor, Vendor
from vendors.register.book import Book, FileColumn, Importing, Owner, columns_of_form
from vendors.register.listing import Wanted, narrowed
from vendors.register.pages import sponsors_allowing
from vendors.selectors import found_vendors, membership_register, memberships_at
from vendors.services import change_vendor, create_vendor


def own_sponsors(user: Any) -> tuple[tuple[str, Sponsor], ...]:
    """Return the sponsors into whose registers `user` may write, by name."""
    allowed = sponsors_allowing(user, Permission.EDIT_REGISTER)
    return tuple((str(sponsor), sponsor) for sponsor in allowed)


VENDORS = Book(
    slug="service-providers",
    title="Service providers",
    columns=columns_of_form(VendorForm, own=("parent",)),
    found=found_vendors,
    sponsor_id=lambda vendor: int(vendor.sponsor_id),
    list_url="vendors:vendor-list",
    import_url="vendors:vendor-import",
    importing=Importing(
        form=VendorForm,
        owner=Owner("Sponsor", lambda vendor: vendor.sponsor, own_sponsors, lambda one: one),
        rows=lambda user: Vendor.objects.visible_to(user).select_related("sponsor", "parent"),
        create=lambda actor, sponsor, values, reason, today: create_vendor(
            actor=actor, sponsor=sponsor, values=values, reason=reason
        ),
        change=lambda actor, vendor, values, seen, reason, today: change_vendor(
            actor=actor, vendor=vendor, values=values, seen=seen, reason=reason
        ),
    ),
)


def _agreements(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    versions = AgreementVersion.objects.visible_to(user).order_by("-effective_on", "-pk")
    found = found_agreements(user=user, wanted=wanted, today=today)
    return found.prefetch_related(Prefetch("versions", versions))


def _newest(agreement: Agreement, name: str) -> Any:
    versions = list(agreement.versions.all())
    return getattr(versions[0], name) if versions else None


AGREEMENTS = Book(
    slug="agreements",
    title="Agreements",
    columns=(
        FileColumn("Agreement", lambda one: one.title),
        FileColumn("Kind", lambda one: one.get_kind_display()),
        FileColumn("With", lambda one: str(one.vendor)),
        FileColumn("Belongs to", lambda one: str(one.under or "")),
        FileColumn("Versions", lambda one: len(one.versions.all())),
        FileColumn("Newest version", lambda one: _newest(one, "label")),
        FileColumn("Effective from", lambda one: _newest(one, "effective_on")),
        FileColumn("Signed by the sponsor on", lambda one: _newest(one, "sponsor_signed_on")),
        FileColumn("Signed by the provider on", lambda one: _newest(one, "provider_signed_on")),
        FileColumn("Last day", lambda one: _newest(one, "expires_on")),
        FileColumn("Terminated on", lambda one: _newest(one, "terminated_on")),
    ),
    found=_agreements,
    sponsor_id=lambda one: int(one.vendor.sponsor_id),
    list_url="vendors:agreement-list",
)


def _memberships(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    sponsors = sponsors_allowing(user, Permission.MANAGE_ACCESS)
    held = memberships_at(user=user, sponsor_ids=[sponsor.pk for sponsor in sponsors])
    return narrowed(held, wanted=wanted, register=membership_register(today=today))


def _organisation(one: Membership) -> str:
    return str(one.sponsor or one.vendor)


MEMBERSHIPS = Book(
    slug="people-and-roles",
    title="People and roles",
    columns=(
        FileColumn("Person", lambda one: str(one.user)),
        FileColumn("E-mail address", lambda one: one.user.email),
        FileColumn("Organisation", _organisation),
        FileColumn("Role", lambda one: one.get_role_display()),
        FileColumn("From", lambda one: one.from_date),
        FileColumn("Last day", lambda one: one.until_date),
    ),
    found=_memberships,
    sponsor_id=lambda one: one.organisations()[0],
    list_url="vendors:membership-list",
    permission=Permission.MANAGE_ACCESS,
)
