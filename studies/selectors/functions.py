"""Functions: the common taxonomy and the sponsors' own, as far as somebody sees them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from oversight.audit_trail.history import HistoryEntry
from studies.models import Delegation, Function, Obligation
from studies.selectors.parties import RELATED, Party, party_of
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


SEARCHED = (
    "code",
    "function__name",
    "drug_citation",
    "device_citation",
    "gcp_citation",
    "other_citation",
    "practice",
)


def functions(*, user: Any) -> tuple[FunctionRow, ...]:
    """Return the functions that `user` sees, by name; one statement."""
    found = Function.objects.visible_to(user).filter(kind=Function.Kind.FUNCTION)
    found = found.select_related("sponsor").order_by("name", "pk")
    return tuple(_function_row(function) for function in found)


def obligations(*, user: Any, words: str) -> tuple[ObligationGroup, ...]:
    """Return the obligations that `user` sees by group, those that hold all words; one statement.

    A word is looked for in code, name, citations and what is usual.
    """
    found = Obligation.objects.visible_to(user).select_related("function__sponsor")
    for word in words.split():
        found = found.filter(
            Q.create([(f"{field}__icontains", word) for field in SEARCHED], connector=Q.OR)
        )
    groups: dict[str, list[Obligation]] = {}
    for one in found.order_by("code", "pk"):
        groups.setdefault(one.group, []).append(one)
    return tuple(ObligationGroup(name, tuple(rows)) for name, rows in groups.items())


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
        history=visible_history(user=user, row=function),
    )


def _function_row(function: Function) -> FunctionRow:
    return FunctionRow(
        pk=function.pk,
        name=function.name,
        description=function.description,
        sponsor=str(function.sponsor or ""),
        obligation=getattr(function, "obligation", None)
        if function.kind == Function.Kind.OBLIGATION
        else None,
    )
