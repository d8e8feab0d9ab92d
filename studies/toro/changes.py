"""Reading what changed on one study between two days."""

from datetime import date
from typing import Any

from studies.models import Study
from studies.toro.differences import Change, changes
from studies.toro.records import records_of
from studies.toro.taxonomy import items_of
from studies.toro.transfers import submissions_of


def changes_of(*, user: Any, study: Study, after: date | None, until: date) -> tuple[Change, ...]:
    """Return what took effect after one day up to another; a fixed number of statements."""
    device = study.product_type == Study.ProductType.DEVICE
    return changes(
        items_of(user=user, study=study),
        records_of(user=user, study=study),
        () if device else submissions_of(user=user, study=study),
        after=after,
        until=until,
        device=device,
    )
