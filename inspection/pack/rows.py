"""The rows of the listings: one frozen dataclass per listing, its fields the columns in order.

A field's annotation holds the column's heading; a field without one is not printed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, get_origin, get_type_hints

Cell = str | int | float | date | datetime | None


def headings(row: type) -> dict[str, str]:
    """Return the printed fields of a listing in order: name → heading."""
    hints = get_type_hints(row, include_extras=True)
    return {
        name: hint.__metadata__[0] for name, hint in hints.items() if get_origin(hint) is Annotated
    }


@dataclass(frozen=True)
class ProviderRow:
    """A CRO or another service provider."""

    name: Annotated[str, "Provider"]
    kind: Annotated[str, "Kind"]
    country: Annotated[str, "Country of seat"]
    parent: Annotated[str, "Works under"]
    ended_on: Annotated[date | None, "Relationship ended on"]


@dataclass(frozen=True)
class StudyRow:
    """A study."""

    protocol_number: Annotated[str, "Study"]
    title: Annotated[str, "Title"]
    phase: Annotated[str, "Phase"]
    therapeutic_area: Annotated[str, "Therapeutic area"]
    status: Annotated[str, "Status"]


@dataclass(frozen=True)
class EngagementRow:
    """An engagement; whoever recorded it and when is in the audit-trail extract."""

    id: int
    name: Annotated[str, "Engagement"]
    provider: Annotated[str, "Provider"]
    model: Annotated[str, "Model"]
    pricing_basis: Annotated[str, "Pricing basis"]
    agreement: Annotated[str, "Agreement"]
    start_date: Annotated[date, "Start"]
    end_date: Annotated[date | None, "Last day"]


@dataclass(frozen=True)
class DelegationRow:
    """Who does a function on a study."""

    study: Annotated[str, "Study"]
    function: Annotated[str, "Function"]
    kind: Annotated[str, "Transferred, shared or retained"]
    engagement: Annotated[str, "Engagement"]
    provider: Annotated[str, "Provider"]
    split: Annotated[str, "Who does what"]
    clause: Annotated[str, "Agreement and clause"]
    from_date: Annotated[date, "From"]
    until_date: Annotated[date | None, "Last day"]


@dataclass(frozen=True)
class SubmissionRow:
    """What a CRO handed over, with the state it had on the as-of date."""

    id: int
    number: Annotated[str, "Submission"]
    provider: Annotated[str, "Provider"]
    engagement: Annotated[str, "Engagement"]
    study: Annotated[str, "Study"]
    period_start: Annotated[date | None, "Month"]
    data_cutoff_date: Annotated[date | None, "Data cut-off"]
    state: Annotated[str, "State"]
    received_at: Annotated[datetime, "Received at (UTC)"]
    submitted_at: Annotated[datetime | None, "Submitted at (UTC)"]
    submitted_by: Annotated[str, "Submitted by"]
    decided_at: Annotated[datetime | None, "Decided at (UTC)"]
    decided_by: Annotated[str, "Decided by"]
    decision_comment: Annotated[str, "Comment"]
    supersedes: Annotated[str, "Supersedes"]
    errors: Annotated[int | None, "Errors found"]
    warnings: Annotated[int | None, "Warnings found"]
    tables: Annotated[str, "Sealed tables"]


@dataclass(frozen=True)
class FileRow:
    """An original file. `path` is where it lies in the pack."""

    submission_id: int
    submission: Annotated[str, "Submission"]
    name: Annotated[str, "File name"]
    received_at: Annotated[datetime, "Received at (UTC)"]
    uploaded_by: Annotated[str, "Uploaded by"]
    size: Annotated[int, "Bytes"]
    sha256: Annotated[str, "SHA-256"]
    set_aside_at: Annotated[datetime | None, "Set aside at (UTC)"]
    path: Annotated[str, "In this pack"]


@dataclass(frozen=True)
class ResultRow:
    """One KPI result that was current on the as-of date."""

    provider: Annotated[str, "Provider"]
    engagement: Annotated[str, "Engagement"]
    study: Annotated[str, "Study"]
    country: Annotated[str, "Country"]
    period_start: Annotated[date, "Month"]
    data_cutoff_date: Annotated[date, "Data cut-off"]
    kpi: Annotated[str, "KPI"]
    slug: Annotated[str, "KPI key"]
    version: Annotated[int, "Definition version"]
    numerator: Annotated[float | None, "Numerator"]
    denominator: Annotated[float | None, "Denominator"]
    value: Annotated[float | None, "Value"]
    unit: Annotated[str, "Unit"]
    rag: Annotated[str, "Status"]
    submission: Annotated[str, "Submission"]
    computed_at: Annotated[datetime, "Computed at (UTC)"]
    definition_sha256: Annotated[str, "Definition SHA-256"]
    inputs_sha256: Annotated[str, "Inputs SHA-256"]
    detail: Annotated[str, "Detail"]


@dataclass(frozen=True)
class SiteResultRow:
    """One KPI result of one site."""

    provider: Annotated[str, "Provider"]
    engagement: Annotated[str, "Engagement"]
    study: Annotated[str, "Study"]
    period_start: Annotated[date, "Month"]
    slug: Annotated[str, "KPI key"]
    site: Annotated[str, "Site"]
    country: Annotated[str, "Country"]
    numerator: Annotated[float | None, "Numerator"]
    denominator: Annotated[float | None, "Denominator"]
    value: Annotated[float | None, "Value"]
    rag: Annotated[str, "Status"]
    detail: Annotated[str, "Detail"]


@dataclass(frozen=True)
class DefinitionRow:
    """A KPI definition as it was used; the whole of it is a JSON file of the pack."""

    slug: Annotated[str, "KPI key"]
    version: Annotated[int, "Version"]
    name: Annotated[str, "KPI"]
    question: Annotated[str, "Question it answers"]
    formula: Annotated[str, "Formula"]
    unit: Annotated[str, "Unit"]
    green: Annotated[str, "Green"]
    amber: Annotated[str, "Amber"]
    red: Annotated[str, "Red"]
    limits_from: Annotated[str, "Where the limits come from"]
    minimum: Annotated[str, "Smallest denominator that is judged"]
    first_used_at: Annotated[datetime, "First used at (UTC)"]
    sha256: Annotated[str, "SHA-256"]
    path: Annotated[str, "In this pack"]


@dataclass(frozen=True)
class FindingRow:
    """Something that stood open on the as-of date."""

    what: Annotated[str, "Finding"]
    provider: Annotated[str, "Provider"]
    study: Annotated[str, "Study"]
    subject: Annotated[str, "Subject"]
    since: Annotated[date | None, "Since"]
    words: Annotated[str, "In words"]


@dataclass(frozen=True)
class EventRow:
    """Something that happened to a record of this pack."""

    id: Annotated[int, "Id"]
    at: Annotated[datetime, "At (UTC)"]
    what: Annotated[str, "What"]
    table: Annotated[str, "Record"]
    number: Annotated[str, "Record number"]
    subject: Annotated[str, "Subject"]
    actor: Annotated[str, "Actor"]
    role: Annotated[str, "Role"]
    organisation: Annotated[str, "Organisation"]
    reason: Annotated[str, "Reason"]
    detail: Annotated[str, "Detail"]
    request_id: Annotated[str, "Request"]


@dataclass(frozen=True)
class ChangeRow:
    """One field of a record of this pack that changed; values as they are stored."""

    id: Annotated[int, "Id"]
    at: Annotated[datetime, "At (UTC)"]
    operation: Annotated[str, "Operation"]
    table: Annotated[str, "Record"]
    number: Annotated[str, "Record number"]
    field: Annotated[str, "Field"]
    old: Annotated[str, "Old value"]
    new: Annotated[str, "New value"]
    actor: Annotated[str, "Actor"]
    role: Annotated[str, "Role"]
    organisation: Annotated[str, "Organisation"]
    reason: Annotated[str, "Reason"]
    request_id: Annotated[str, "Request"]
