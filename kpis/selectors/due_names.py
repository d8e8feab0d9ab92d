"""The names that a calendar needs: of engagements, their CROs, and studies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kpis.due import Duty
from kpis.standing import Entry
from studies.models import Engagement


@dataclass(frozen=True)
class Names:
    """Engagements by key, and protocol numbers by study."""

    engagements: Mapping[int, Engagement]
    protocols: Mapping[int, str]

    def study(self, entry: Entry) -> str:
        """Return the study, or "all studies"."""
        return self.of_study(entry.due.study_id)

    def of_study(self, study_id: int | None) -> str:
        """Return the protocol number, or "all studies"."""
        return "all studies" if study_id is None else self.protocols[study_id]

    def vendor(self, entry: Entry) -> str:
        """Return the CRO."""
        return self.engagements[entry.due.engagement_id].vendor.name


def names_of(engagements: Any, held: Iterable[Duty]) -> Names:
    """Load the names of a queryset of engagements; one statement."""
    rows = engagements.select_related("vendor", "sponsor")
    return Names(
        {one.pk: one for one in rows}, {duty.study_id: duty.protocol_number for duty in held}
    )
