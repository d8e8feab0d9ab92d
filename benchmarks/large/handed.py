"""Submissions as they were handed over and accepted, with the listing that pages open."""

from datetime import UTC, date, datetime, time, timedelta

from benchmarks.large.register import Register
from kpis.due import DueSubmission
from kpis.models import Check, Submission, SubmittedTable


def submissions(
    register: Register,
    due: list[DueSubmission],
    cutoff: date,
    *,
    days: int,
    earlier: dict[DueSubmission, Submission] | None = None,
) -> dict[DueSubmission, Submission]:
    at = moment(cutoff, days)
    by_engagement = {one.pk: one for one in register.engagements}
    made = Submission.objects.bulk_create(
        Submission(
            engagement_id=one.engagement_id,
            study_id=one.study_id,
            period_start=cutoff.replace(day=1),
            data_cutoff_date=cutoff,
            state=Submission.State.ACCEPTED,
            created_by=register.managers[by_engagement[one.engagement_id].vendor_id],
            received_at=at,
            submitted_at=at,
            submitted_by=register.managers[by_engagement[one.engagement_id].vendor_id],
            decided_at=at + timedelta(hours=4),
            decided_by=register.reader,
            supersedes=(earlier or {}).get(one),
            restatement_reason="Rows came in later." if earlier else "",
            restatement_cause=Submission.RestatementCause.LATE_DATA if earlier else "",
        )
        for one in due
    )
    return dict(zip(due, made, strict=True))


def tables(
    sent: dict[DueSubmission, Submission], enrolment: dict[int, tuple[str, str, int]]
) -> None:
    """The listing that pages open; of the others only the results are kept here."""
    with_it = {
        due: submission
        for due, submission in sent.items()
        if "enrolment" in due.listings and due.study_id is not None
    }
    checks = Check.objects.bulk_create(
        Check(
            submission=submission,
            checked_at=submission.received_at,
            data_cutoff_date=submission.data_cutoff_date,
            file_ids=[],
        )
        for submission in with_it.values()
    )
    SubmittedTable.objects.bulk_create(
        SubmittedTable(
            check_made=check,
            listing="enrolment",
            sha256=enrolment[due.study_id or 0][0],
            rows_sha256=enrolment[due.study_id or 0][1],
            row_count=enrolment[due.study_id or 0][2],
        )
        for due, check in zip(with_it, checks, strict=True)
    )


def moment(cutoff: date, days: int) -> datetime:
    return datetime.combine(cutoff + timedelta(days=days), time(9), UTC)
