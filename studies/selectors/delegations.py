"""Who does what: delegations by function and study, and where silence means the sponsor.

Somebody of a CRO is shown the delegations to that CRO and nothing else, not even that another
party exists: only the sponsor's own people are told what is retained by default.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from studies.models import Delegation, Function, Study
from vendors.access import memberships_of

STUDIES_PER_PAGE = 6


@dataclass(frozen=True)
class Party:
    """One delegation in words; `state` is "current", "future" or "ended" on the day asked about."""

    pk: int
    study_id: int
    function_id: int
    name: str
    kind: str
    kind_label: str
    engagement_id: int | None
    engagement: str
    split: str
    clause: str
    from_date: date
    until_date: date | None
    state: str


@dataclass(frozen=True)
class FunctionParties:
    """One function of one study: who does it now, and who did or will.

    `by_default`: no record covers the day, so the sponsor keeps it, unconfirmed.
    """

    function_id: int
    function: str
    current: tuple[Party, ...]
    others: tuple[Party, ...]
    by_default: bool


@dataclass(frozen=True)
class MatrixStudy:
    """A column of the matrix."""

    pk: int
    protocol_number: str
    sponsor_id: int
    own: bool  # the reader is one of the sponsor's people


@dataclass(frozen=True)
class MatrixCell:
    """One function on one study. Empty and not by default: nothing the reader may know."""

    study_id: int
    parties: tuple[Party, ...]
    by_default: bool


@dataclass(frozen=True)
class MatrixRow:
    """One function over the studies of the page."""

    function_id: int
    function: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class Matrix:
    """Functions × studies; `unconfirmed` counts the cells of the page without a record."""

    page: "Page[Any]"
    studies: tuple[MatrixStudy, ...]
    rows: tuple[MatrixRow, ...]
    cells: int
    unconfirmed: int


def party_of(delegation: Delegation, *, today: date) -> Party:
    """Say one delegation in plain values; expects engagement, its CRO and study at hand."""
    engagement = delegation.engagement
    if delegation.from_date > today:
        state = "future"
    elif delegation.until_date is not None and delegation.until_date < today:
        state = "ended"
    else:
        state = "current"
    return Party(
        pk=delegation.pk,
        study_id=delegation.study_id,
        function_id=delegation.function_id,
        name=_name(delegation),
        kind=delegation.kind,
        kind_label=delegation.get_kind_display(),
        engagement_id=delegation.engagement_id,
        engagement=str(engagement) if engagement else "",
        split=delegation.split,
        clause=delegation.clause,
        from_date=delegation.from_date,
        until_date=delegation.until_date,
        state=state,
    )


def _name(delegation: Delegation) -> str:
    if delegation.engagement is not None:
        vendor = str(delegation.engagement.vendor)
        shared = delegation.kind == Delegation.Kind.SHARED
        return f"{vendor} and sponsor" if shared else vendor
    return "Sponsor" if delegation.kind == Delegation.Kind.RETAINED else "Not applicable"


Grouped = dict[tuple[int, int], list[Party]]


def _parties(*, user: Any, study_ids: list[int], today: date) -> Grouped:
    found = (
        Delegation.objects.visible_to(user)
        .filter(study__in=study_ids)
        .select_related("engagement__vendor")
        .order_by("from_date", "pk")
    )
    grouped: Grouped = defaultdict(list)
    for delegation in found:
        party = party_of(delegation, today=today)
        grouped[party.study_id, party.function_id].append(party)
    return grouped


def functions_of_study(
    *, user: Any, study: Study, own: bool, today: date
) -> tuple[FunctionParties, ...]:
    """Return each function with its parties on one study; two statements.

    `own`: the reader belongs to the sponsor and sees every function; others see only theirs.
    """
    grouped = _parties(user=user, study_ids=[study.pk], today=today)
    rows = []
    for function in _usable(user, {study.sponsor_id}):
        parties = grouped.get((study.pk, function.pk), [])
        if not parties and not own:
            continue
        current = tuple(party for party in parties if party.state == "current")
        rows.append(
            FunctionParties(
                function_id=function.pk,
                function=function.name,
                current=current,
                others=tuple(party for party in parties if party.state != "current"),
                by_default=own and not current,
            )
        )
    return tuple(rows)


def matrix(
    *,
    user: Any,
    study_id: int | None,
    page: str,
    today: date,
    kind: str = Function.Kind.FUNCTION,
) -> Matrix:
    """Return functions, or obligations, × studies on one day.

    Four statements, whatever the number of studies.
    """
    visible = Study.objects.visible_to(user).order_by("protocol_number", "pk")
    if study_id is not None:
        visible = visible.filter(pk=study_id)
    shown = Paginator(visible, STUDIES_PER_PAGE).get_page(page)
    sponsors = {membership.sponsor_id for membership in memberships_of(user)}
    columns = tuple(
        MatrixStudy(study.pk, study.protocol_number, study.sponsor_id, study.sponsor_id in sponsors)
        for study in list(shown.object_list)
    )
    grouped = _parties(user=user, study_ids=[column.pk for column in columns], today=today)
    rows = []
    for function in _usable(user, {column.sponsor_id for column in columns}, kind):
        cells = tuple(
            _cell(column, function, grouped.get((column.pk, function.pk), [])) for column in columns
        )
        if any(cell.parties or cell.by_default for cell in cells):
            rows.append(MatrixRow(function.pk, _title(function), cells))
    every = [cell for row in rows for cell in row.cells]
    return Matrix(
        page=shown,
        studies=columns,
        rows=tuple(rows),
        cells=len(every),
        unconfirmed=sum(cell.by_default for cell in every),
    )


def _title(function: Function) -> str:
    """Return its name; of an obligation of the catalogue with its code before it."""
    if function.kind == Function.Kind.FUNCTION:
        return function.name
    return str(function.obligation)


def _cell(study: MatrixStudy, function: Function, parties: list[Party]) -> MatrixCell:
    current = tuple(party for party in parties if party.state == "current")
    usable = function.sponsor_id in (None, study.sponsor_id)
    return MatrixCell(study.pk, current, by_default=study.own and usable and not current)


def _usable(
    user: Any, sponsor_ids: set[int], kind: str = Function.Kind.FUNCTION
) -> "QuerySet[Function]":
    """Return the common ones and those of the sponsors' own that `user` sees, in their order.

    Obligations come in the order of their catalogue; what can never move is no row of a matrix.
    """
    usable = Q(sponsor__isnull=True) | Q(sponsor__in=sponsor_ids)
    found = Function.objects.visible_to(user).filter(usable, kind=kind)
    if kind == Function.Kind.OBLIGATION:
        found = found.exclude(obligation__transferable=False).select_related("obligation")
        return found.order_by("obligation__code", "pk")
    return found.order_by("name", "pk")


@dataclass(frozen=True)
class EngagementDelegation:
    """One function delegated under an engagement, with its study."""

    party: Party
    study: str
    function: str


def delegations_of_engagement(
    *, user: Any, engagement_id: int, today: date
) -> tuple[EngagementDelegation, ...]:
    """Return what is delegated under one engagement, by study and function; one statement."""
    found = (
        Delegation.objects.visible_to(user)
        .filter(engagement=engagement_id)
        .select_related("study", "function", "engagement__vendor")
        .order_by("study__protocol_number", "function__name", "from_date")
    )
    return tuple(
        EngagementDelegation(
            party=party_of(delegation, today=today),
            study=str(delegation.study),
            function=str(delegation.function),
        )
        for delegation in found
    )


def study_choices(*, user: Any) -> tuple[tuple[int, str], ...]:
    """Return number and protocol number of each study that `user` sees."""
    found = Study.objects.visible_to(user).order_by("protocol_number")
    return tuple(found.values_list("pk", "protocol_number"))
