"""A portfolio in which every study reported every month, every month accepted and computed.

One CRO with its studies is made, computed and stored the ordinary way; the others are copied from
it row by row in the database, so that a portfolio of 300 studies is there in minutes. Each has
submissions, runs and results of its own, named by the hash of its own inputs; the sealed files are
shared, which nothing that is measured knows or makes use of.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.months import FIRST, StudyOfYears, cutoffs
from kpis.models import Check, ChosenKpi, Submission, SubmittedTable
from kpis.snapshots.compute import compute_for
from oversight.accounts.models import User
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Function, Study
from vendors.access import Role
from vendors.models import Membership, Sponsor, Vendor

STUDIES_OF_A_CRO = 6
SYSTEM = Actor.system("benchmark")
ACCEPTED_AT = datetime(2026, 1, 10, 9, tzinfo=UTC)
COMPUTED_AT = ACCEPTED_AT + timedelta(hours=1)
FUNCTIONS = ("clinical-monitoring", "data-management")
# With the twelve that are asked of everybody for these functions, forty told by study.
CHOSEN = (
    "audit-finding-score",
    "audit-findings-open",
    "capa-effectiveness",
    "capa-extended",
    "capa-on-time",
    "consent-findings",
    "critical-findings-open",
    "data-entry-lag",
    "deliverable-on-time",
    "deliverable-review-cycles",
    "deviation-closure-on-time",
    "eligibility-deviations",
    "first-time-quality",
    "major-findings-per-audit",
    "pages-awaiting-entry",
    "pages-entered-on-time",
    "pages-not-entered",
    "queries-answered-not-closed",
    "query-backlog-days",
    "query-closure-time",
    "query-rate",
    "query-reopen-rate",
    "query-turnaround",
    "repeat-findings",
    "sae-reporting-on-time",
    "sdv-days-to-clear",
    "site-activation-cycle",
    "site-activation-vs-plan",
)


@dataclass(frozen=True)
class Reported:
    """A sponsor, who acts for it, and the one CRO of which everything is stored."""

    sponsor: Sponsor
    person: User
    engagement: Engagement
    submissions: tuple[Submission, ...]


def made(*, months: int) -> Reported:
    """Make one CRO with its studies, the last `months` of five years accepted and computed."""
    with acting(SYSTEM, reason="Benchmark"):
        sponsor = Sponsor.objects.create(name="Sponsor")
        person = User.objects.create(email="manager@example.org", name="Manager")
        Membership.objects.create(
            user=person, sponsor=sponsor, role=Role.OVERSIGHT_MANAGER, from_date=FIRST
        )
        engagement = registered(sponsor, person, 0)
        submissions = [
            one
            for place, study in enumerate(studies_of(engagement))
            for one in _accepted(engagement, study, person, seed=place, months=months)
        ]
    for submission in submissions:
        compute_for(submission=submission, now=COMPUTED_AT)
    return Reported(sponsor, person, engagement, tuple(submissions))


def registered(sponsor: Sponsor, person: User, number: int) -> Engagement:
    """Register a CRO with its engagement, studies, delegations and chosen KPIs."""
    engagement = Engagement.objects.create(
        sponsor=sponsor,
        vendor=Vendor.objects.create(sponsor=sponsor, name=f"CRO {number:02}"),
        name=f"Engagement {number:02}",
        model=Engagement.Model.FULL_SERVICE,
        start_date=FIRST,
    )
    studies = Study.objects.bulk_create(
        Study(sponsor=sponsor, protocol_number=f"S-{number:02}-{place}")
        for place in range(STUDIES_OF_A_CRO)
    )
    functions = Function.objects.filter(slug__in=FUNCTIONS)
    Delegation.objects.bulk_create(
        Delegation(
            study=study,
            function=function,
            kind=Delegation.Kind.TRANSFERRED,
            engagement=engagement,
            from_date=FIRST,
        )
        for study in studies
        for function in functions
    )
    ChosenKpi.objects.bulk_create(
        ChosenKpi(
            engagement=engagement,
            slug=slug,
            from_month=FIRST,
            chosen_by=person,
            chosen_at=ACCEPTED_AT,
        )
        for slug in CHOSEN
    )
    return engagement


def studies_of(engagement: Engagement) -> list[Study]:
    """Return the studies of an engagement in the order in which they were made."""
    return list(Study.objects.filter(delegations__engagement=engagement).distinct().order_by("pk"))


def submission_of(engagement: Engagement, study: Study, person: User, cutoff: Any) -> Submission:
    """Return an accepted submission, not saved."""
    decided = {"decided_at": ACCEPTED_AT, "decided_by": person}
    return Submission(
        engagement=engagement,
        study=study,
        state=Submission.State.ACCEPTED,
        period_start=cutoff.replace(day=1),
        data_cutoff_date=cutoff,
        created_by=person,
        received_at=ACCEPTED_AT,
        submitted_at=ACCEPTED_AT,
        submitted_by=person,
        **decided,
    )


def _accepted(
    engagement: Engagement, study: Study, person: User, *, seed: int, months: int
) -> list[Submission]:
    rows = StudyOfYears.made(protocol_number=study.protocol_number, seed=seed)
    days = cutoffs()[-months:]
    submissions = Submission.objects.bulk_create(
        submission_of(engagement, study, person, day) for day in days
    )
    checks = Check.objects.bulk_create(
        Check(submission=one, checked_at=ACCEPTED_AT, file_ids=[]) for one in submissions
    )
    SubmittedTable.objects.bulk_create(
        SubmittedTable(
            check_made=check,
            listing=table.listing,
            sha256=table.sha256,
            rows_sha256=table.rows_sha256,
            row_count=table.rows,
        )
        for check, day in zip(checks, days, strict=True)
        for table in rows.sealed(day)
    )
    return submissions
