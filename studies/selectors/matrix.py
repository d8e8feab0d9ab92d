"""The matrix: functions or obligations × studies, with who holds each on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from studies.answers import Holding
from studies.models import Delegation, Function, Study
from studies.selectors.held import Held, held
from studies.selectors.parties import parties_of_studies
from studies.selectors.taxonomy import title_of, usable
from vendors.access import memberships_of
from vendors.models import Vendor
from vendors.regions import Region

STUDIES_PER_PAGE = 6


@dataclass(frozen=True)
class Asked:
    """What the address asks of the matrix: everything that may be left out is None or empty."""

    on: date
    kind: str = Function.Kind.FUNCTION
    study_id: int | None = None
    party_id: int | None = None
    region: str | None = None
    holding: str = ""
    words: str = ""
    page: str = "1"


@dataclass(frozen=True)
class MatrixStudy:
    """A column of the matrix."""

    pk: int
    protocol_number: str
    sponsor_id: int
    own: bool  # the reader is one of the sponsor's people


@dataclass(frozen=True)
class MatrixCell:
    """One function on one study, place by place. Empty: nothing the reader may know."""

    study_id: int
    held: tuple[Held, ...]

    @property
    def by_default(self) -> bool:
        """Somewhere nobody has said who does it."""
        return any(one.by_default for one in self.held)


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


def matrix(*, user: Any, asked: Asked) -> Matrix:
    """Return functions, or obligations, × studies on one day, as far as `user` may know.

    Four statements, whatever the number of studies. Filters by party, answer and words leave out
    rows; what a row says stays whole.
    """
    shown = Paginator(_studies(user, asked), STUDIES_PER_PAGE).get_page(asked.page)
    sponsors = {membership.sponsor_id for membership in memberships_of(user)}
    columns = tuple(
        MatrixStudy(study.pk, study.protocol_number, study.sponsor_id, study.sponsor_id in sponsors)
        for study in list(shown.object_list)
    )
    grouped = parties_of_studies(
        user=user, study_ids=[column.pk for column in columns], today=asked.on
    )
    rows = []
    for function in usable(user, {column.sponsor_id for column in columns}, asked.kind):
        title = title_of(function)
        if not _says(title, asked.words):
            continue
        cells = tuple(
            MatrixCell(
                column.pk,
                held(
                    grouped.get((column.pk, function.pk), []),
                    on=asked.on,
                    own=column.own and function.sponsor_id in (None, column.sponsor_id),
                    region=asked.region,
                ),
            )
            for column in columns
        )
        if any(_wanted(one, asked) for cell in cells for one in cell.held):
            rows.append(MatrixRow(function.pk, title, cells))
    every = [cell for row in rows for cell in row.cells]
    return Matrix(
        page=shown,
        studies=columns,
        rows=tuple(rows),
        cells=len(every),
        unconfirmed=sum(cell.by_default for cell in every),
    )


def _studies(user: Any, asked: Asked) -> Any:
    visible = Study.objects.visible_to(user).order_by("protocol_number", "pk")
    if asked.study_id is not None:
        visible = visible.filter(pk=asked.study_id)
    if asked.party_id is not None:
        theirs = Delegation.objects.visible_to(user).filter(engagement__vendor=asked.party_id)
        visible = visible.filter(pk__in=theirs.values("study"))
    return visible


def _says(title: str, words: str) -> bool:
    return all(word in title.lower() for word in words.lower().split())


def _wanted(one: Held, asked: Asked) -> bool:
    if asked.holding and one.holding != asked.holding:
        return False
    return asked.party_id is None or asked.party_id in {party.holder for party in one.parties}


@dataclass(frozen=True)
class Choices:
    """What the filters of the matrix offer, as pairs of value and words."""

    studies: tuple[tuple[int, str], ...]
    parties: tuple[tuple[int, str], ...]
    regions: tuple[tuple[str, str], ...]
    holdings: tuple[tuple[str, str], ...]


def choices(*, user: Any) -> Choices:
    """Return the studies and the CROs with an engagement that `user` sees; two statements."""
    studies = Study.objects.visible_to(user).order_by("protocol_number")
    vendors = Vendor.objects.visible_to(user).filter(engagements__isnull=False)
    return Choices(
        studies=tuple(studies.values_list("pk", "protocol_number")),
        parties=tuple(vendors.order_by("name", "pk").distinct().values_list("pk", "name")),
        regions=tuple((value, str(label)) for value, label in Region.choices),
        holdings=_holdings(user),
    )


def _holdings(user: Any) -> tuple[tuple[str, str], ...]:
    """Offer a CRO's people only the answers they may learn of."""
    of_sponsor = any(membership.sponsor_id for membership in memberships_of(user))
    theirs = (Holding.TRANSFERRED, Holding.SHARED)
    return tuple((one.value, one.label) for one in Holding if of_sponsor or one in theirs)
