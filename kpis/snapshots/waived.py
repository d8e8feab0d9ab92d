"""KPIs that the sponsor does without for a month: what stands for them, and why.

Not MISSING, which would blame the CRO, and no status of its own: NOT_APPLICABLE with its reason.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from kpis.definitions import catalogue
from kpis.due import duties
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from kpis.models import Submission, Waiver
from kpis.snapshots.outcomes import Scored, waived
from kpis.standing import entries, standings
from studies.models import Delegation


def waived_kpis(
    engagement_id: int, study_id: int | None, period: date, *, until: datetime | None = None
) -> dict[str, str]:
    """Return why, by slug, for each KPI of a scope that all submissions it needs are waived for.

    With `until` by the waivers that stood just before that moment; the duties are today's.
    """
    mine = {"engagement": engagement_id}
    waivers = Waiver.objects.filter(**mine, period_start=period)
    if until is None:
        waivers = waivers.filter(taken_back_at=None)
    if not waivers.exists():
        return {}
    known = standings(Submission.objects.none(), waivers, first=period, last=period, until=until)
    held = duties(Delegation.objects.filter(**mine))
    found = entries(held, known, period=period, on=period)
    why: dict[str, str] = {}
    for slug in catalogue():
        serving = [one for one in found if one.serves(engagement_id, study_id, slug)]
        if serving and all(one.waives(slug) for one in serving):
            why[slug] = sentence(" ".join(dict.fromkeys(one.reasons for one in serving)))
    return why


def sentence(reason: str) -> str:
    """Say that it is waived, and why."""
    return f"The sponsor does without it for this month: {reason}"


def excused(
    definition: KpiDefinition, found: Iterable[Scored], waivers: Mapping[str, str]
) -> Iterable[Scored]:
    """Put the waiver in the place of what is missing; what could be computed stays."""
    for one in found:
        missing = one.rag is RagStatus.MISSING and definition.slug in waivers
        yield waived(waivers[definition.slug]) if missing else one


def name_with(sha256: str, waivers: Mapping[str, str]) -> str:
    """Return the hash that names a run with waivers; without any it stays as it is."""
    if not waivers:
        return sha256
    content = json.dumps([sha256, sorted(waivers.items())])
    return hashlib.sha256(content.encode()).hexdigest()
