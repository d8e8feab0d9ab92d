"""Where a matter stands, by name: CROs, studies and functions, of the facts of coverage. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards.attention.matter import Place
from kpis.due import Duty
from studies.coverage.facts import Facts


@dataclass(frozen=True)
class Places:
    """Names by number; `holders` the CRO of each engagement, `works` what it does on each study."""

    vendors: Mapping[int, str]
    sponsors: Mapping[int, int]
    protocols: Mapping[int, str]
    holders: Mapping[int, int]
    works: Mapping[tuple[int, int | None], frozenset[str]]
    critical: frozenset[str]

    @classmethod
    def of(cls, facts: Facts, held: Iterable[Duty]) -> "Places":
        """Gather the names."""
        works: dict[tuple[int, int | None], set[str]] = defaultdict(set)
        for duty in held:
            for study in (None, duty.study_id):
                works[duty.engagement_id, study].add(duty.function)
        return cls(
            vendors={pk: one.name for pk, one in facts.providers.items()},
            sponsors={pk: one.sponsor for pk, one in facts.providers.items()},
            protocols={one.pk: one.protocol_number for one in facts.studies},
            holders={
                one.engagement: one.holder
                for one in facts.held
                if one.engagement is not None and one.holder is not None
            },
            works={scope: frozenset(slugs) for scope, slugs in works.items()},
            critical=frozenset(one.slug for one in facts.works if one.critical),
        )

    def of_engagement(self, engagement_id: int, study_id: int | None) -> Place | None:
        """Return the place of an engagement, or of one of its studies; None where it is unknown."""
        vendor = self.holders.get(engagement_id)
        if vendor is None:
            return None
        return self.of_vendor(vendor, study_id)

    def of_vendor(self, vendor_id: int, study_id: int | None = None) -> Place:
        """Return the place of a provider, on a study or as a whole."""
        return Place(
            self.sponsors[vendor_id],
            vendor_id,
            self.vendors[vendor_id],
            study_id,
            self.protocols.get(study_id or 0, ""),
        )

    def functions(self, engagement_id: int, study_id: int | None) -> frozenset[str]:
        """Return what an engagement does, on one study or on all."""
        return self.works.get((engagement_id, study_id), frozenset())

    def named(self, place: Place) -> str:
        """Say where: "Alpha, NWT-301"; "Alpha, all studies"."""
        return f"{place.vendor}, {place.protocol or 'all studies'}"
