"""Functions: the common taxonomy and the sponsors' own, as far as somebody sees them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from oversight.audit_trail.history import HistoryEntry
from studies.models import Delegation, Function, Obligation
from studies.selectors.parties import RELATED, Party, party_of
from studies.selectors.taxonomy import rule_of
from vendors.register.filters import ShownFilter, by_answer, by_choice, by_value
from vendors.register.listing import (
    Column,
    Listing,
    Register,
    Wanted,
    listing,
    narrowed,
    shown_filters,
)
from vendors.selectors import visible_history


@dataclass(frozen=True)
class FunctionRow:
    """A function; `sponsor` is whose own it is, empty for a common one."""

    pk: int
    name: str
    description: str
    sponsor: str
    obligation: Obligation | None = None


@dataclass(frozen=True)
class FunctionOnStudy:
    """Who does the function on one study."""

    study: str
    party: Party


@dataclass(frozen=True)
class FunctionPage:
    """A function, who does it where, and its history (None: not for this reader, or common)."""

    function: FunctionRow
    delegations: tuple[FunctionOnStudy, ...]
    history: tuple[HistoryEntry, ...] | None


@dataclass(frozen=True)
class ObligationGroup:
    """Obligations of one kind of work, in the order of the catalogue."""

    name: str
    rows: tuple[Obligation, ...]


@dataclass(frozen=True)
class Obligations:
    """The obligations looked for, in groups, and how they were looked for."""

    groups: tuple[ObligationGroup, ...]
    wanted: Wanted
    filters: tuple[ShownFilter, ...]

    @property
    def count(self) -> int:
        """Return how many there are in all groups."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def narrowed(self) -> bool:
        """Say whether words or a filter leave something out."""
        return bool(self.wanted.words) or any(one.chosen for one in self.filters)


FUNCTIONS = Register(
    columns=(
        Column("Function", "name", ("name",)),
        Column("What it covers", "covers", ("description",)),
        Column("Whose", "whose", ("sponsor__name", "name")),
    ),
    search=("name", "description"),
    filters=(
        by_answer(
            "whose",
            "Whose",
            (
                ("common", "common", Q(sponsor__isnull=True)),
                ("own", "the sponsor's own", Q(sponsor__isnull=False)),
            ),
        ),
        by_answer(
            "critical",
            "Critical",
            (("yes", "yes", Q(critical=True)), ("no", "no", Q(critical=False))),
        ),
    ),
)


def found_functions(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    """Return the functions of the list, all pages of it."""
    return narrowed(_functions(user), wanted=wanted, register=FUNCTIONS)


def functions(*, user: Any, wanted: Wanted) -> Listing:
    """List the functions that `user` sees."""
    return listing(_functions(user), wanted=wanted, register=FUNCTIONS, to_row=_function_row)


def _functions(user: Any) -> "QuerySet[Any]":
    found = Function.objects.visible_to(user).filter(kind=Function.Kind.FUNCTION)
    return found.select_related("sponsor")


def obligation_register(*, user: Any) -> Register:
    """Return how the list is asked; one statement, for the groups to choose from."""
    return Register(
        columns=(
            Column("Obligation", "code", ("code",)),
            Column("Name", "name", ("function__name",)),
            Column("Group", "group", ("group", "code")),
        ),
        search=(
            "code",
            "function__name",
            "drug_citation",
            "device_citation",
            "gcp_citation",
            "other_citation",
            "practice",
        ),
        filters=(
            by_value("group", "Group", Obligation.objects.visible_to(user), field="group"),
            by_choice("part312", "Part 312", Obligation.Part312.choices),
            by_answer(
                "product",
                "Written for",
                (
                    ("drug", "drugs", ~Q(drug_citation="")),
                    ("device", "devices", ~Q(device_citation="")),
                ),
            ),
            by_answer(
                "region",
                "Region",
                (
                    ("us", "United States", ~Q(drug_citation="") | ~Q(device_citation="")),
                    ("eu", "EU and others", ~Q(other_citation="")),
                    ("ich", "wherever ICH E6(R3) holds", ~Q(gcp_citation="")),
                ),
            ),
            by_answer(
                "whose",
                "Whose",
                (
                    ("common", "of the catalogue", Q(function__sponsor__isnull=True)),
                    ("own", "the sponsor's own", Q(function__sponsor__isnull=False)),
                ),
            ),
            by_answer(
                "transfer",
                "Transfer",
                (
                    ("may", "possible", Q(transferable=True)),
                    ("never", "never", Q(transferable=False)),
                ),
            ),
        ),
    )


def found_obligations(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    """Return the obligations of the list."""
    visible = Obligation.objects.visible_to(user).select_related("function__sponsor")
    return narrowed(visible, wanted=wanted, register=obligation_register(user=user))


def obligations(*, user: Any, wanted: Wanted) -> Obligations:
    """Return the obligations that `user` sees by group, as they are looked for; two statements.

    A word is looked for in code, name, citations and what is usual.
    """
    register = obligation_register(user=user)
    visible = Obligation.objects.visible_to(user).select_related("function__sponsor")
    groups: dict[str, list[Obligation]] = {}
    for one in narrowed(visible, wanted=wanted, register=register):
        groups.setdefault(one.group, []).append(one)
    return Obligations(
        groups=tuple(ObligationGroup(name, tuple(rows)) for name, rows in groups.items()),
        wanted=wanted,
        filters=shown_filters(register, wanted),
    )


def function_page(*, user: Any, function: Function, today: date) -> FunctionPage:
    """Gather the page of one function."""
    delegations = (
        Delegation.objects.visible_to(user)
        .filter(function=function)
        .select_related("study", *RELATED)
        .order_by("study__protocol_number", "from_date", "pk")
    )
    return FunctionPage(
        function=_function_row(function),
        delegations=tuple(
            FunctionOnStudy(study=str(one.study), party=party_of(one, today=today))
            for one in delegations
        ),
        history=_history(user, function),
    )


def _history(user: Any, function: Function) -> tuple[HistoryEntry, ...] | None:
    """Return the history of the row, and of what the rules say of it where it is an obligation."""
    found = visible_history(user=user, row=function)
    rule = rule_of(function)
    if found is None or rule is None:
        return found
    both = (*found, *(visible_history(user=user, row=rule) or ()))
    return tuple(sorted(both, key=lambda entry: entry.at, reverse=True))


def _function_row(function: Function) -> FunctionRow:
    return FunctionRow(
        pk=function.pk,
        name=function.name,
        description=function.description,
        sponsor=str(function.sponsor or ""),
        obligation=rule_of(function),
    )
