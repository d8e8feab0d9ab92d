"""What is known of a submission beside its files: its study, its sites, what was accepted before.

The checks hold the rows against it; they know no database themselves.
"""

from datetime import date, datetime

from kpis.due import asked_of
from kpis.engine.tables import LISTINGS
from kpis.models import Submission, Waiver
from kpis.submissions.checks import CheckContext
from kpis.submissions.comparing.against import AcceptedTables, accepted_last
from kpis.submissions.reach import studies_of
from kpis.submissions.reading import ReadResult
from studies.models import Delegation, Site


def context_of(submission: Submission, result: ReadResult, *, now: datetime) -> CheckContext:
    """Return what the checks are told; until the cut-off is confirmed, with the one proposed."""
    cutoff = submission.data_cutoff_date or result.proposed_cutoff_date or now.date()
    studies = studies_of(submission)
    numbers: dict[int, set[str]] = {study.pk: set() for study in studies}
    countries: dict[str, str] = {}
    active: set[str] = set()
    for site in Site.objects.filter(study__in=studies):
        numbers[site.study_id].add(site.number)
        countries[site.number] = site.country
        if _active(site, cutoff):
            active.add(site.number)
    names = {study.pk: {study.protocol_number, *study.names_in_files} for study in studies}
    before = accepted_last(submission, period=cutoff.replace(day=1))
    due = asked_of(submission.engagement, submission.study_id, on=cutoff)
    return CheckContext(
        cutoff_date=cutoff,
        protocol_number=str(submission.study or submission.engagement),
        study_names=frozenset().union(*names.values()),
        known_sites=frozenset().union(*numbers.values()),
        sites_by_study={}
        if submission.study
        else {name: frozenset(numbers[pk]) for pk, own in names.items() for name in own},
        previous=AcceptedTables(before) if before else None,
        previous_cutoff=before.data_cutoff_date if before else None,
        restates=before is not None and before.period_start == cutoff.replace(day=1),
        due=due.listings - _waived(submission, cutoff) if due else frozenset(),
        functions=_functions(submission),
        vendor_names=frozenset({submission.engagement.vendor.name}),
        countries=countries,
        active_sites=frozenset(active),
    )


def _waived(submission: Submission, day: date) -> frozenset[str]:
    """Return the listings without which the sponsor does this month."""
    waived = Waiver.objects.filter(
        engagement=submission.engagement_id,
        study=submission.study_id,
        period_start=day.replace(day=1),
        taken_back_at=None,
    ).values_list("listing", flat=True)
    return frozenset(LISTINGS) if "" in waived else frozenset(waived)


def _active(site: Site, day: date) -> bool:
    begun = site.activated_on is not None and site.activated_on <= day
    return begun and (site.closed_on is None or site.closed_on > day)


def _functions(submission: Submission) -> frozenset[str]:
    """Return the slugs and names of what was ever delegated to the engagement."""
    rows = Delegation.objects.filter(engagement=submission.engagement, function__isnull=False)
    return frozenset(
        name for pair in rows.values_list("function__slug", "function__name") for name in pair
    )
