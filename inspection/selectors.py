"""Inspection packs as their pages show them."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from inspection.building import job_name
from inspection.models import InspectionExport
from oversight import progress

PER_PAGE = 50
WAITING = (InspectionExport.State.REQUESTED, InspectionExport.State.BUILDING)


@dataclass(frozen=True)
class ExportRow:
    """A pack in the list, and how far it is."""

    export: InspectionExport
    waiting: bool
    progress: progress.Progress | None


@dataclass(frozen=True)
class MemberRow:
    """A file of a pack."""

    folder: str
    path: str
    size: int
    rows: int | None
    sha256: str


def export_row(export: InspectionExport) -> ExportRow:
    """Return one pack with its progress."""
    waiting = export.state in WAITING
    return ExportRow(export, waiting, progress.of(job_name(export)) if waiting else None)


def export_page(*, user: Any, number: str) -> tuple["Page[InspectionExport]", list[ExportRow]]:
    """Return a page of the packs that `user` sees, newest first; two statements."""
    rows = InspectionExport.objects.visible_to(user).select_related(
        "study", "vendor", "requester", "sponsor"
    )
    page = Paginator(rows, PER_PAGE).get_page(number)
    return page, [export_row(export) for export in page]


def member_rows(export: InspectionExport) -> list[MemberRow]:
    """Return the files of a finished pack as its manifest lists them, by folder."""
    return [
        MemberRow(
            folder=one["path"].rpartition("/")[0],
            path=one["path"],
            size=one["size"],
            rows=one["rows"],
            sha256=one["sha256"],
        )
        for one in export.members
    ]
