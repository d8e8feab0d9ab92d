"""Which agreed limits hold, and which KPIs were chosen, in a month."""

from datetime import date

from django.db.models import Q

from kpis.agreed.judging import limits_of
from kpis.engine.definition import Limits
from kpis.models import AgreedLimits
from studies.models import Engagement


def holding(period: date) -> Q:
    """Return the condition for rows that hold in the month beginning on `period`."""
    return Q(from_month__lte=period) & (Q(until_month=None) | Q(until_month__gte=period))


def limits_in_force(engagement: Engagement, period: date) -> dict[str, Limits]:
    """Return agreed limits by slug: the engagement's before the sponsor's; one statement."""
    rows = AgreedLimits.objects.filter(
        holding(period),
        Q(engagement=engagement) | Q(engagement=None),
        sponsor=engagement.sponsor_id,
    )
    ordered = sorted(rows, key=lambda row: row.engagement_id is not None)
    return {row.slug: limits_of(row) for row in ordered}
