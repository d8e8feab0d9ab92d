"""Months of results made by the real pipeline: a query listing as CSV, received to computed."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from kpis.models import Problem, Submission
from kpis.snapshots.compute import compute_for
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept
from kpis.submissions.receive import Upload, receive
from kpis.submissions.submit import add_sites, explain, submit, unknown_sites
from oversight.accounts.models import User
from studies.models import Engagement, Study
from vendors.access import actor_of

HEADER = (
    "Study",
    "Country",
    "Site Number",
    "Subject Name",
    "Form",
    "Field OID",
    "Log #",
    "Query Status",
    "Marking Group Name",
    "Query Open Date",
)


@dataclass(frozen=True)
class Queries:
    """So many open queries of a site: how many days before the cut-off they were opened."""

    site: str
    country: str
    ages: tuple[int, ...]
    answered: int = 0


def queries(site: str, *, old: int, young: int, country: str = "FRA", answered: int = 0) -> Queries:
    """Return `old` queries of 20 days and `young` ones of 3 days; the first are answered."""
    return Queries(site, country, (20,) * old + (3,) * young, answered)


def listing(study: Study, sites: Iterable[Queries], *, cutoff: date) -> bytes:
    """Write the query listing as the CSV that data management would send."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for site in sites:
        for place, age in enumerate(site.ages):
            opened = cutoff - timedelta(days=age)
            state = "Answered" if place < site.answered else "Open"
            row = (study.protocol_number, site.country, site.site, f"{site.site}-{place:04}", "AE")
            writer.writerow([*row, "AETERM", place + 1, state, "DM", opened.isoformat()])
    return text.getvalue().encode()


def send(
    *,
    by: User,
    engagement: Engagement,
    study: Study | None,
    cutoff: date,
    sites: Iterable[Queries] = (),
    files: Mapping[str, bytes] | None = None,
    now: datetime | None = None,
) -> Submission:
    """Hand a month over: received, checked, sites added, warnings explained, submitted.

    With `files` these, by listing; otherwise a query listing of the `sites`.
    """
    now = now or datetime.combine(cutoff + timedelta(days=3), time(9), UTC)
    if files is None:
        assert study is not None
        files = {"queries": listing(study, sites, cutoff=cutoff)}
    actor = actor_of(by)
    submission = receive(
        actor=actor,
        engagement=engagement,
        study=study,
        uploads=[
            Upload(f"{name}-{cutoff}.csv", io.BytesIO(content), len(content))
            for name, content in files.items()
        ],
        data_cutoff_date=cutoff,
        now=now,
    )
    submission = _checked(submission, now)
    new = [site.key for site in unknown_sites(submission)]
    if new:
        add_sites(actor=actor, submission=submission, keys=new, now=now)
        submission = _checked(submission, now)
    for problem in Problem.objects.filter(check_made=submission.checks.last(), severity="warning"):
        explain(actor=actor, problem=problem, explanation="As exported.", now=now)
    restated: dict[str, Any] = {
        "reason": "Rows were missing.",
        "cause": "late-data",
        "found_by": "cro",
    }
    submit(actor=actor, submission=submission, now=now, **restated)
    return Submission.objects.get(pk=submission.pk)


def report(*, sponsor: User, now: datetime | None = None, **month: object) -> Submission:
    """Send a month and have the sponsor accept it; the results are computed."""
    submission = send(now=now, **month)  # type: ignore[arg-type]  # passes on what `send` takes
    now = now or submission.received_at
    accept(actor=actor_of(sponsor), submission=submission, comment="", now=now)
    submission = Submission.objects.get(pk=submission.pk)
    compute_for(submission=submission, now=now)
    return submission


def _checked(submission: Submission, now: datetime) -> Submission:
    submission = Submission.objects.get(pk=submission.pk)
    assert check_submission(submission=submission, now=now)
    return Submission.objects.get(pk=submission.pk)


def scope(engagement: Engagement, study: Study | None = None, **more: str) -> Mapping[str, str]:
    """Return the query of a KPI page."""
    found = {"engagement": str(engagement.pk)} | ({"study": str(study.pk)} if study else {})
    return found | more
