"""Handing a template out: made, sealed, kept with who asked for it and when."""

import io
from datetime import date, datetime
from typing import Any

from kpis.due import DueSubmission
from kpis.models import TemplateIssue
from kpis.submissions.template.build import build_template
from kpis.submissions.template.gather import facts_of
from oversight import progress, storage
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from studies.models import Engagement, Study


def job_name(engagement_id: int, study_id: int | None, period: date) -> str:
    """Return the name under which the making reports its progress."""
    return f"template-{engagement_id}-{study_id or 0}-{period:%Y-%m}"


def issue_template(
    *,
    actor: Actor,
    user: Any,
    engagement: Engagement,
    study: Study | None,
    due: DueSubmission,
    period: date,
    now: datetime,
) -> TemplateIssue:
    """Make the workbook with what `user` sees, and keep it; the newest again if nothing changed."""
    job = job_name(engagement.pk, study.pk if study else None, period)
    try:
        progress.report(job, "Gathering what is known", 0.05)
        facts = facts_of(user, engagement, study, due, period)
        content = build_template(facts, lambda words, share: progress.report(job, words, share))
        sha256 = storage.keep(io.BytesIO(content))
        handed_out = TemplateIssue.objects.filter(
            engagement=engagement, study=study, period_start=period
        )
        newest: TemplateIssue | None = handed_out.last()
        if newest is not None and newest.sha256 == sha256:
            return newest
        with acting(actor, reason=f"Template for {facts.about}"):
            issue = TemplateIssue.objects.create(
                engagement=engagement,
                study=study,
                period_start=period,
                version=facts.mark.version,
                sha256=sha256,
                made_at=now,
                made_by_id=actor.person_id,
            )
            detail = {"template": facts.about, "version": issue.version, "sha256": sha256}
            record(Event.CREATED, actor=actor, subject=issue, detail=detail)
        return issue
    finally:
        progress.finish(job)
