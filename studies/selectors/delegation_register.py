"""Delegations as a list: one row each, past and to come among them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from studies.models import Delegation, Function, Study
from studies.selectors.parties import RELATED, EngagementDelegation, party_of
from vendors.models import Vendor
from vendors.regions import Region
from vendors.register.filters import by_answer, by_choice, by_period, by_record
from vendors.register.listing import Column, Listing, Register, Wanted, listing, narrowed

COLUMNS = (
    Column("Study", "study", ("study__protocol_number", "function__name")),
    Column("Function or obligation", "function", ("function__name", "study__protocol_number")),
    Column("Who", "who", ("engagement__vendor__name", "study__protocol_number")),
    Column("How", "kind", ("kind", "study__protocol_number")),
    Column("Clause", "clause", ("clause",)),
    Column("From", "from", ("from_date",)),
    Column("Last day", "until", ("until_date",)),
)
SEARCH = (
    "study__protocol_number",
    "function__name",
    "function__obligation__code",
    "engagement__name",
    "engagement__vendor__name",
    "clause",
)


def delegation_register(*, user: Any, today: date) -> Register:
    """Return how the list is asked on a day; two statements, for studies and CROs to choose."""
    studies, vendors = Study.objects.visible_to(user), Vendor.objects.visible_to(user)
    return Register(
        columns=COLUMNS,
        search=SEARCH,
        filters=(
            by_record("study", "Study", studies, name="protocol_number"),
            by_record("cro", "CRO", vendors, name="name", field="engagement__vendor"),
            by_answer(
                "of",
                "What",
                (
                    ("functions", "functions", Q(function__kind=Function.Kind.FUNCTION)),
                    ("obligations", "obligations", Q(function__kind=Function.Kind.OBLIGATION)),
                ),
            ),
            by_choice("kind", "How", Delegation.Kind.choices),
            by_choice("region", "Region", Region.choices),
            by_period("from_date", "until_date", on=today),
        ),
    )


def visible_delegations(user: Any) -> "QuerySet[Any]":
    """Return the delegations that `user` sees, with what a row says of them."""
    return Delegation.objects.visible_to(user).select_related(
        "study__sponsor", "function", "agreement_version__agreement__vendor", *RELATED
    )


def found_delegations(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    """Return the delegations of the list, all pages of it."""
    register = delegation_register(user=user, today=today)
    return narrowed(visible_delegations(user), wanted=wanted, register=register)


def delegations(*, user: Any, wanted: Wanted, today: date) -> Listing:
    """List the delegations that `user` sees."""
    return listing(
        visible_delegations(user),
        wanted=wanted,
        register=delegation_register(user=user, today=today),
        to_row=lambda one: EngagementDelegation(
            party=party_of(one, today=today), study=str(one.study), function=str(one.function)
        ),
    )
