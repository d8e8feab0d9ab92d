"""What saving a delegation would change in what is due, before it is saved."""

from typing import Any

from kpis.due import Change, difference, duties, duty_of
from kpis.selectors.due_changes import Block, blocks
from studies.models import Delegation, Engagement, Study


def due_changes(
    user: Any, *, delegation: Delegation, held_by: int | None = None
) -> tuple[Change, ...]:
    """Return what saving `delegation` as it is in memory would change.

    `held_by` is the engagement it has in the database, where it is saved already.
    """
    engagements = {one for one in (held_by, delegation.engagement_id) if one is not None}
    rows = Delegation.objects.visible_to(user).filter(engagement__in=engagements)
    own = duty_of(delegation)
    others = duties(rows.exclude(pk=delegation.pk) if delegation.pk else rows)
    return difference(duties(rows), (*others, own) if own else others)


def due_preview(
    user: Any, *, delegation: Delegation, held_by: int | None = None
) -> tuple[Block, ...]:
    """Return the same in words."""
    found = due_changes(user, delegation=delegation, held_by=held_by)
    providers = Engagement.objects.visible_to(user)
    studies = Study.objects.visible_to(user).filter(sponsor=delegation.study.sponsor_id)
    return blocks(
        found,
        providers=dict(
            providers.filter(pk__in={one.item.engagement_id for one in found}).values_list(
                "pk", "vendor__name"
            )
        ),
        studies=dict(studies.values_list("pk", "protocol_number")),
    )
