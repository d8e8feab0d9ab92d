"""Which listings a pack has, in the order of an inspection report, each with its basis."""

from dataclasses import dataclass
from typing import Annotated

from inspection.pack import trail
from inspection.pack.gather import Gathered
from inspection.pack.listings import Listing
from inspection.pack.results import site_results
from inspection.pack.rows import (
    ChangeRow,
    DefinitionRow,
    DelegationRow,
    EngagementRow,
    EventRow,
    FileRow,
    FindingRow,
    ProviderRow,
    ResultRow,
    SiteResultRow,
    StudyRow,
    SubmissionRow,
)

METRICS = "E6(R3) 3.6.8, 3.9.6, 3.10.1.3"
TRAIL = "21 CFR 11.10(e); E6(R3) 4.2.2"


@dataclass(frozen=True)
class ContentRow:
    """One file of the pack in `contents.csv`."""

    section: Annotated[str, "Section"]
    title: Annotated[str, "Title"]
    file: Annotated[str, "File"]
    rows: Annotated[int, "Rows"]
    columns: Annotated[str, "Columns"]
    basis: Annotated[str, "Basis"]
    note: Annotated[str, "Note"]

    @classmethod
    def of(cls, listing: Listing, file: str, rows: int) -> "ContentRow":
        """Describe a listing's file."""
        return cls(
            section=listing.section,
            title=listing.title,
            file=file,
            rows=rows,
            columns="; ".join(listing.columns.values()),
            basis=listing.basis,
            note=listing.note,
        )


def all_listings(found: Gathered) -> list[Listing]:
    """Return the pack's listings; their rows are read when they are written."""
    register, results = found.register, found.results
    events = trail.events_of(found.scope, found.records)
    changes = trail.changes_of(found.scope, found.records)
    past = found.history_note
    return [
        Listing("02", "studies", "Studies", StudyRow, register.study_rows, "E6(R3) 3.3", past),
        Listing(
            "02", "engagements", "Engagements", EngagementRow, register.engagement_rows,
            "E6(R3) 3.6.1-3.6.3", past,
        ),
        Listing(
            "03", "service-providers", "Service providers", ProviderRow, register.provider_rows,
            "E6(R3) 3.6.5-3.6.9", past,
        ),
        Listing(
            "06", "delegations", "Delegated functions", DelegationRow, register.delegation_rows,
            "21 CFR 312.52; E6(R3) 3.6.4", past,
        ),
        Listing(
            "11", "submissions", "Submissions with their state on the as-of date", SubmissionRow,
            found.submissions, METRICS,
        ),
        Listing("11", "original-files", "Original files", FileRow, found.files, METRICS),
        Listing("11", "results", "KPI results", ResultRow, results.rows, METRICS),
        Listing(
            "11", "results-by-site", "KPI results by site", SiteResultRow,
            site_results(results.runs, register), METRICS,
        ),
        Listing(
            "28", "audit-trail-events", "Audit trail: what happened", EventRow,
            trail.event_rows(events), TRAIL, past,
        ),
        Listing(
            "28", "audit-trail-changes", "Audit trail: what changed, field by field", ChangeRow,
            trail.change_rows(changes), TRAIL, past,
        ),
        Listing(
            "29", "open-findings", "Open findings", FindingRow, found.findings,
            "E6(R3) 3.10.1.3",
        ),
        Listing(
            "30", "definitions", "KPI definitions as used", DefinitionRow, results.definitions,
            METRICS,
        ),
    ]  # fmt: skip


def as_of_stem(found: Gathered, listing: Listing) -> str:
    """Name a listing's files: "11-results_NWT-301_as-of_2026-10-31"."""
    title = found.title.removeprefix("Study ")
    scope = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else "-" for c in title)
    return f"{listing.section}-{listing.name}_{scope}_as-of_{found.scope.as_of_date}"
