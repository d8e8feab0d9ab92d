"""What a template is made from, gathered with the eyes of whoever asks for it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from kpis.definitions import in_force
from kpis.due import DueSubmission, due_date, last_day
from kpis.models import Submission
from kpis.submissions.sealing import open_table
from kpis.submissions.template.facts import KnownSite, TemplateFacts
from kpis.submissions.template.plan import MOST_ROWS
from studies.models import Engagement, Site, Study


def facts_of(
    user: Any, engagement: Engagement, study: Study | None, due: DueSubmission, period: date
) -> TemplateFacts:
    """Return the facts of one due submission; sites that closed before the month are left out."""
    studies = Study.objects.visible_to(user).filter(pk__in=due.study_ids)
    before = _accepted_before(user, engagement, study, period)
    return TemplateFacts(
        sponsor=engagement.sponsor.name,
        vendor=engagement.vendor.name,
        engagement=str(engagement),
        engagement_id=engagement.pk,
        study=study.protocol_number if study else None,
        study_id=study.pk if study else None,
        period_start=period,
        due_on=due_date(period, due.terms),
        studies=tuple(one.protocol_number for one in studies),
        sites=_sites(user, studies, period),
        listings=tuple(sorted(due.listings)),
        definitions=tuple(one for slug, one in in_force(period).items() if slug in due.slugs),
        last_tables=_tables(before),
        last_period=before.period_start if before else None,
    )


def _sites(user: Any, studies: Any, period: date) -> tuple[KnownSite, ...]:
    known = Site.objects.visible_to(user).filter(study__in=studies).select_related("study")
    open_then = known.exclude(closed_on__lt=period).exclude(activated_on__gt=last_day(period))
    return tuple(
        KnownSite(site.study.protocol_number, site.number, site.country)
        for site in open_then.order_by("study__protocol_number", "number")
    )


def _accepted_before(
    user: Any, engagement: Engagement, study: Study | None, period: date
) -> Submission | None:
    accepted = Submission.objects.visible_to(user).filter(
        engagement=engagement,
        study=study,
        state=Submission.State.ACCEPTED,
        period_start__lt=period,
    )
    found: Submission | None = accepted.order_by("-period_start").first()
    return found


def _tables(submission: Submission | None) -> Mapping[str, pd.DataFrame]:
    """Open the tables that are short enough to be typed."""
    check = submission.checks.last() if submission else None
    if check is None:
        return {}
    short = check.tables.filter(row_count__lte=MOST_ROWS)
    return {table.listing: open_table(table.sha256) for table in short}
