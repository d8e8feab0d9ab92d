"""Reading agreements for pages: the list with how each stands, and one with all its versions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from oversight.audit_trail.history import HistoryEntry
from vendors.agreements.models import Agreement, AgreementVersion, Clause
from vendors.agreements.standing import State, in_force, state
from vendors.models import Vendor
from vendors.register.filters import by_choice, by_record
from vendors.register.listing import Column, Listing, Register, Wanted, listing, narrowed
from vendors.selectors import visible_history

NO_VERSION = State(False, "no version yet", "stop")
OVER = State(False, "nothing in force", "stop")


@dataclass(frozen=True)
class AgreementRow:
    """An agreement as listed; `version` is the one in force, or the newest."""

    pk: int
    title: str
    kind: str
    vendor_id: int
    vendor: str
    under: str
    version: str = ""
    state: State = NO_VERSION


AGREEMENT_COLUMNS = (
    Column("Agreement", "title", ("title",)),
    Column("Kind", "kind", ("kind", "title")),
    Column("With", "with", ("vendor__name", "title")),
    Column("Belongs to", "under", ("under__title", "title")),
    Column("Version"),
    Column("Standing"),
)


def agreement_register(*, user: Any) -> Register:
    """Return how the list is asked; one statement, for the providers to choose from."""
    return Register(
        columns=AGREEMENT_COLUMNS,
        search=("title", "vendor__name", "kind"),
        filters=(
            by_choice("kind", "Kind", Agreement.Kind.choices),
            by_record("cro", "With", Vendor.objects.visible_to(user), name="name", field="vendor"),
        ),
    )


def found_agreements(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    """Return the agreements of the list, all pages of it."""
    visible = Agreement.objects.visible_to(user).select_related("vendor", "under")
    return narrowed(visible, wanted=wanted, register=agreement_register(user=user))


def agreements(*, user: Any, wanted: Wanted, today: date) -> Listing:
    """List the agreements that `user` sees, with how each stands; one statement more."""
    found = listing(
        Agreement.objects.visible_to(user).select_related("vendor", "under"),
        wanted=wanted,
        register=agreement_register(user=user),
        to_row=_row,
    )
    found.page.object_list = _standing(user, list(found.page.object_list), today)
    return found


def agreements_of(*, user: Any, vendor_id: int, today: date) -> tuple[AgreementRow, ...]:
    """Return the agreements with one provider; two statements."""
    visible = Agreement.objects.visible_to(user).filter(vendor=vendor_id)
    rows = [_row(one) for one in visible.select_related("vendor", "under")]
    return tuple(_standing(user, rows, today))


def _row(agreement: Agreement) -> AgreementRow:
    return AgreementRow(
        pk=agreement.pk,
        title=agreement.title,
        kind=agreement.get_kind_display(),
        vendor_id=agreement.vendor_id,
        vendor=str(agreement.vendor),
        under=str(agreement.under) if agreement.under else "",
    )


def _standing(user: Any, rows: Sequence[AgreementRow], today: date) -> list[AgreementRow]:
    versions: dict[int, list[AgreementVersion]] = defaultdict(list)
    found = AgreementVersion.objects.visible_to(user).filter(agreement__in=[r.pk for r in rows])
    for version in found:
        versions[version.agreement_id].append(version)
    return [_with_standing(row, versions.get(row.pk, []), today) for row in rows]


def _with_standing(
    row: AgreementRow, versions: Sequence[AgreementVersion], today: date
) -> AgreementRow:
    if not versions:
        return row
    shown = in_force(versions, on=today) or versions[0]  # the newest comes first
    return replace(row, version=shown.label, state=state(shown, versions, on=today))


@dataclass(frozen=True)
class VersionRow:
    """One version with how it stands; the record for what a page writes of it."""

    version: AgreementVersion
    state: State
    chosen: bool


@dataclass(frozen=True)
class ClauseRow:
    """One subject of the check-list: `clause` is None where nobody has looked yet."""

    subject: str
    clause: Clause | None


@dataclass(frozen=True)
class AgreementPage:
    """An agreement, its versions, and what the chosen version says."""

    agreement: Agreement
    versions: tuple[VersionRow, ...]
    chosen: VersionRow | None
    clauses: tuple[ClauseRow, ...]
    missing: int
    rules: tuple[Any, ...]
    steps: tuple[Any, ...]
    orders: tuple[AgreementRow, ...]
    history: tuple[HistoryEntry, ...] | None


def agreement_page(
    *, user: Any, agreement: Agreement, version_id: int | None, today: date
) -> AgreementPage:
    """Gather the page of an agreement, for the version asked for, in force, or newest."""
    versions = list(agreement.versions.order_by("-effective_on", "-pk"))
    chosen = next((one for one in versions if one.pk == version_id), None)
    chosen = chosen or in_force(versions, on=today) or next(iter(versions), None)
    rows = tuple(VersionRow(one, state(one, versions, on=today), one is chosen) for one in versions)
    clauses = _clauses(chosen.clauses.all() if chosen else ())
    visible = Agreement.objects.visible_to(user).filter(under=agreement)
    orders = [_row(one) for one in visible.select_related("vendor", "under")]
    return AgreementPage(
        agreement=agreement,
        versions=rows,
        chosen=next((row for row in rows if row.chosen), None),
        clauses=clauses,
        missing=sum(not (row.clause and row.clause.present) for row in clauses),
        rules=tuple(chosen.rules.all()) if chosen else (),
        steps=tuple(chosen.steps.all()) if chosen else (),
        orders=tuple(_standing(user, orders, today)),
        history=visible_history(user=user, row=chosen or agreement),
    )


def _clauses(found: Iterable[Clause]) -> tuple[ClauseRow, ...]:
    known = {clause.subject: clause for clause in found}
    return tuple(
        ClauseRow(str(label), known.get(subject)) for subject, label in Clause.Subject.choices
    )
