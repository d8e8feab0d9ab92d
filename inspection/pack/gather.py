"""Everything a pack shows, gathered for the requester's eyes; no file is written here."""

from collections.abc import Callable
from dataclasses import dataclass

from inspection.pack.findings import findings_of
from inspection.pack.register import Register, register_of
from inspection.pack.results import Results, results_of
from inspection.pack.rows import FileRow, FindingRow, SubmissionRow
from inspection.pack.scope import Scope
from inspection.pack.submitted import file_rows, record_ids, submission_rows, submissions_of
from inspection.pack.trail import Records
from kpis.models import Check, CurrentRun, Problem, Submission, SubmittedFile
from oversight.audit_trail.as_known import history_begins
from oversight.look.times import utc_text
from studies.models import Delegation, Engagement, Site, Study
from vendors.models import Sponsor, Vendor


@dataclass(frozen=True)
class Gathered:
    """The content of a pack. `records` are those whose audit trail goes along."""

    scope: Scope
    title: str
    sponsor: str
    register: Register
    submissions: tuple[SubmissionRow, ...]
    files: tuple[FileRow, ...]
    results: Results
    findings: tuple[FindingRow, ...]
    records: Records
    history_note: str


def gather(scope: Scope, *, say: Callable[[str, float], None]) -> Gathered:
    """Gather the pack's content; `say` is told in words and as a share of one how far it is."""
    say("Gathering engagements and delegations", 0.02)
    register = register_of(scope)
    found = submissions_of(scope)
    say(f"Gathering {len(found)} submissions", 0.06)
    submissions = submission_rows(found, register)
    files = file_rows(found, register)
    say("Gathering results", 0.1)
    results = results_of(scope, register)
    return Gathered(
        scope=scope,
        title=_title(scope, register),
        sponsor=register.names.of(Sponsor, scope.sponsor.pk),
        register=register,
        submissions=tuple(submissions),
        files=tuple(files),
        results=results,
        findings=tuple(findings_of(results.rows, results.definitions, submissions)),
        records=_records(scope, register, found, files, results),
        history_note=_history_note(scope),
    )


def _title(scope: Scope, register: Register) -> str:
    if scope.study is not None:
        return f"Study {register.names.of(Study, scope.study.pk)}"
    return register.names.of(Vendor, scope.vendor.pk if scope.vendor else None)


def _records(
    scope: Scope,
    register: Register,
    submissions: list[Submission],
    files: list[FileRow],
    results: Results,
) -> Records:
    """Return the ids of the pack's records that are under history; five statements."""
    checks = set(
        Check.objects.filter(submission__in=submissions, checked_at__lt=scope.until).values_list(
            "pk", flat=True
        )
    )
    pointers = CurrentRun.objects.visible_to(scope.user).filter(
        engagement__in=register.engagement_ids,
        period_start__range=(scope.period_from, scope.period_until),
    )
    if scope.study is not None:
        pointers = pointers.filter(study=scope.study)
    studies = {one.pk for one in register.studies}
    return {
        Vendor: {one.pk for one in register.vendors},
        Study: studies,
        Site: set(
            Site.objects.visible_to(scope.user)
            .filter(study__in=studies)
            .values_list("pk", flat=True)
        ),
        Engagement: {one.pk for one in register.engagements},
        Delegation: {one.pk for one in register.delegations},
        Submission: {one.pk for one in submissions},
        SubmittedFile: set(record_ids(files)),
        Check: checks,
        Problem: set(Problem.objects.filter(check_made__in=checks).values_list("pk", flat=True)),
        CurrentRun: set(pointers.values_list("pk", flat=True)) if results.runs else set(),
    }


def _history_note(scope: Scope) -> str:
    """Say when the register's history begins, where it begins after the as-of date."""
    begins = history_begins(Engagement, Delegation, Study, Vendor)
    if begins is not None and begins < scope.until:
        return ""
    if begins is None:
        return "The change history of the register holds nothing yet."
    return (
        f"The change history of the register begins on {utc_text(begins)}, after the as-of date: "
        "what the register held before is not known."
    )
