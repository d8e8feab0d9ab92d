"""Starting an engagement: itself and what is delegated under it, in one transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.history import last_change_id
from studies.delegating import change_delegation, create_delegation
from studies.models import Delegation, Engagement
from studies.services import create_engagement
from studies.starting.drafting import Draft
from vendors.models import Sponsor

Values = Mapping[str, Any]


def start_engagement(
    *,
    actor: Actor,
    sponsor: Sponsor,
    values: Values,
    rows: Iterable[Draft],
    of_each: Values,
    today: date,
    reason: str,
) -> Engagement:
    """Write the engagement and a delegation for each row, confirmed by `actor`; all or none.

    `of_each` holds what all delegations share, such as the agreement. What the sponsor kept by
    record ends on the day before. Raises ValidationError with the first refusal.
    """
    wanted = tuple(rows)
    with acting(actor, reason=reason):
        engagement = create_engagement(actor=actor, sponsor=sponsor, values=values, reason=reason)
        first, last = engagement.start_date, engagement.end_date
        for pk in {one.delegation_id for row in wanted for one in row.ended}:
            _end(actor, pk, first - timedelta(days=1), today, reason)
        for row in wanted:
            create_delegation(
                actor=actor,
                values={
                    **of_each,
                    "study_id": row.study_id,
                    "function_id": row.function_id,
                    "region": row.region,
                    "kind": row.kind,
                    "split": row.split,
                    "engagement": engagement,
                    "from_date": first,
                    "until_date": last,
                },
                today=today,
                reason=reason,
            )
    return engagement


def _end(actor: Actor, pk: int, last: date, today: date, reason: str) -> None:
    kept = Delegation._base_manager.get(pk=pk)
    change_delegation(
        actor=actor,
        delegation=kept,
        values={"until_date": last},
        today=today,
        seen=last_change_id(kept),
        reason=reason,
    )
