"""The scope of a KPI page: an engagement, perhaps one study, perhaps one country of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from dashboards.selectors.picture import EngagementFact, engagement_facts
from kpis.definitions import catalogue, definition_from
from kpis.due import Duty
from kpis.engine.definition import KpiDefinition
from kpis.models import DefinitionSnapshot
from studies.models import Study


@dataclass(frozen=True)
class Scope:
    """What a KPI page is about; without a study it is the whole engagement."""

    engagement: EngagementFact
    study_id: int | None = None
    protocol_number: str = ""
    country: str = ""

    @property
    def words(self) -> str:
        """The scope in words: Alpha, full service, NWT-301, FRA."""
        model = self.engagement.model
        place = self.protocol_number or self.engagement.name
        return ", ".join(
            part for part in (self.engagement.vendor_name, model, place, self.country) if part
        )

    @property
    def query(self) -> dict[str, str]:
        """The scope as the address carries it."""
        found = {"engagement": str(self.engagement.id)}
        if self.study_id is not None:
            found["study"] = str(self.study_id)
        return found | ({"country": self.country} if self.country else {})


def find_scope(
    user: Any, *, held: Iterable[Duty], engagement_id: int, study_id: int | None, country: str
) -> Scope | None:
    """Return the scope, or None where the user cannot see it or the two do not belong together."""
    facts = engagement_facts(user, pk=engagement_id)
    if not facts:
        return None
    if study_id is None:
        return None if country else Scope(facts[0])
    protocol = next(
        (
            duty.protocol_number
            for duty in held
            if (duty.engagement_id, duty.study_id) == (engagement_id, study_id)
        ),
        "",
    ) or _protocol(user, engagement_id, study_id)
    return Scope(facts[0], study_id, protocol, country) if protocol else None


def definition_used(slug: str, version: int | None) -> KpiDefinition:
    """Return the definition of that version; None is the catalogue's. KeyError for an unknown slug.

    One version has one meaning for good, so the catalogue's serves where the version is the same.
    """
    current = catalogue()[slug]
    if version is None or version == current.version:
        return current
    content = DefinitionSnapshot.objects.get(slug=slug, version=version).content
    return definition_from(content)


def _protocol(user: Any, engagement_id: int, study_id: int) -> str:
    """A study on which this engagement reported without holding a function of the catalogue."""
    study = Study.objects.visible_to(user).filter(
        Q(delegations__engagement=engagement_id) | Q(runs__engagement=engagement_id), pk=study_id
    )
    return str(study.values_list("protocol_number", flat=True).first() or "")
