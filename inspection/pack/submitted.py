"""Submissions and their original files, with the state they had on the as-of date.

Where the change history reaches back far enough it says how a submission stood. One that was
recorded later than it happened (history brought in from elsewhere) is told from its own dates.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

from django.db.models import Q

from inspection.pack.findings import ALL_STUDIES
from inspection.pack.register import Register
from inspection.pack.rows import FileRow, SubmissionRow
from inspection.pack.scope import Scope
from kpis.models import Check, Submission, SubmittedFile
from oversight.accounts.models import User
from oversight.audit_trail.as_known import as_known
from studies.models import Engagement, Study

LONGEST_NAME = 120


def submissions_of(scope: Scope) -> list[Submission]:
    """Return the submissions of the scope as they stood, oldest month first; four statements.

    One whose month was not confirmed yet counts from the day on which it was received.
    """
    within = Q(study=scope.study) if scope.study else Q(engagement__vendor=scope.vendor)
    today = {
        one.pk: one
        for one in Submission.objects.visible_to(scope.user).filter(
            within, engagement__sponsor=scope.sponsor, received_at__lt=scope.until
        )
    }
    decided = dict(
        Submission.objects.filter(supersedes__in=today, decided_at__lt=scope.until).values_list(
            "supersedes", "decided_at"
        )
    )
    known = {one.pk: one for one in as_known(Submission, today, scope.until)}
    stood = [
        known.get(key) or _from_its_dates(one, scope.until, superseded=key in decided)
        for key, one in today.items()
    ]
    return sorted(
        (one for one in stood if _in_period(one, scope)),
        key=lambda one: (one.period_start or one.received_at.date(), one.pk),
    )


def _in_period(submission: Submission, scope: Scope) -> bool:
    if submission.period_start is None:
        return submission.received_at.date() >= scope.period_from
    return scope.covers(submission.period_start)


def _from_its_dates(row: Submission, until: datetime, *, superseded: bool) -> Submission:
    """Take back what happened at `until` or later; the row is not saved."""
    state = Submission.State
    decided = row.decided_at is not None and row.decided_at < until
    submitted = row.submitted_at is not None and row.submitted_at < until
    if not decided:
        row.decided_at = row.decided_by_id = row.supersedes_id = None
        row.decision_comment = ""
        row.state = state.SUBMITTED
    elif row.state == state.SUPERSEDED and not superseded:
        row.state = state.ACCEPTED
    if not submitted:
        row.submitted_at = row.submitted_by_id = None
        row.state = state.RECEIVED
    return row


def submission_rows(submissions: list[Submission], register: Register) -> list[SubmissionRow]:
    """Return the listing's rows; four statements at most."""
    names, at = register.names, register.names.at
    people = [key for one in submissions for key in (one.submitted_by_id, one.decided_by_id)]
    names.learn(User, people)
    checks = {
        check.submission_id: check
        for check in Check.objects.filter(submission__in=submissions, checked_at__lt=at)
        .order_by("pk")
        .prefetch_related("tables")
    }
    return [
        SubmissionRow(
            id=one.pk,
            number=str(one),
            provider=register.provider_of(one.engagement_id),
            engagement=names.of(Engagement, one.engagement_id),
            study=names.of(Study, one.study_id) or ALL_STUDIES,
            period_start=one.period_start,
            data_cutoff_date=one.data_cutoff_date,
            state=one.get_state_display(),
            received_at=one.received_at,
            submitted_at=one.submitted_at,
            submitted_by=names.of(User, one.submitted_by_id),
            decided_at=one.decided_at,
            decided_by=names.of(User, one.decided_by_id),
            decision_comment=one.decision_comment,
            supersedes="" if one.supersedes_id is None else f"S-{one.supersedes_id}",
            errors=check.error_count if (check := checks.get(one.pk)) else None,
            warnings=check.warning_count if check else None,
            tables=_tables_words(check) if check else "",
        )
        for one in submissions
    ]


def _tables_words(check: Check) -> str:
    return "; ".join(
        f"{table.listing}: {table.row_count} rows, SHA-256 of the rows {table.rows_sha256}"
        for table in check.tables.all()
    )


def file_rows(submissions: list[Submission], register: Register) -> list[FileRow]:
    """Return the original files of these submissions, also those set aside; two statements."""
    names, at = register.names, register.names.at
    files = list(
        SubmittedFile.objects.filter(submission__in=submissions, received_at__lt=at).order_by(
            "submission_id", "pk"
        )
    )
    names.learn(User, (one.uploaded_by_id for one in files))
    return [
        FileRow(
            submission_id=one.submission_id,
            submission=f"S-{one.submission_id}",
            name=one.name,
            received_at=one.received_at,
            uploaded_by=names.of(User, one.uploaded_by_id),
            size=one.size,
            sha256=one.sha256,
            set_aside_at=one.set_aside_at
            if one.set_aside_at is not None and one.set_aside_at < at
            else None,
            path=f"originals/S-{one.submission_id}/{one.pk}_{safe_name(one.name)}",
        )
        for one in files
    ]


def safe_name(name: str) -> str:
    """Return a file name that any system unpacks: no folder, no control or reserved character."""
    kept = "".join(c if c.isalnum() or c in " ._-()+" else "_" for c in name).strip(" .")
    path = PurePath(kept or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix)].rstrip(" .") + path.suffix[:20]


def record_ids(rows: Iterable[FileRow]) -> list[int]:
    """Return the ids of the files, which are the first part of their names in the pack."""
    return [int(row.path.split("/")[-1].partition("_")[0]) for row in rows]
