"""What the steps so far have chosen, checked; each step may ask for the earlier ones."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from studies.models import Engagement, Study
from studies.selectors.starting import holders_of, works_of
from studies.starting.drafting import Draft, Pick, drafts
from studies.starting.proposing import Holder, Proposed, proposed, reason_for
from vendors.models import Sponsor, Vendor
from vendors.regions import region_label


@dataclass
class Chosen:
    """The cleaned values of the steps that are complete, by field; `today` is the reader's day."""

    user: Any
    sponsors: tuple[Sponsor, ...]
    today: date
    values: dict[str, Any] = field(default_factory=dict)

    def vendors(self) -> Any:
        """Return the CROs of the person's registers that have not left."""
        visible = Vendor.objects.visible_to(self.user).select_related("sponsor")
        return visible.filter(sponsor__in=self.sponsors, ended_on__isnull=True)

    @property
    def vendor(self) -> Vendor:
        """The CRO."""
        found: Vendor = self.values["vendor"]
        return found

    @property
    def model(self) -> str:
        """A value of `Engagement.Model`."""
        return str(self.values["model"])

    @property
    def model_name(self) -> str:
        """The model in words."""
        return str(Engagement.Model(self.model).label)

    @property
    def studies(self) -> tuple[Study, ...]:
        """The studies, by protocol number."""
        return tuple(self.values["studies"])

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions; everywhere (empty) where none is chosen."""
        return tuple(self.values.get("regions") or ("",))

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Each region with its name."""
        return tuple((one, region_label(one)) for one in self.regions)

    def holders(self, since: date) -> tuple[Holder, ...]:
        """Return who holds what on the studies on a day or later; one statement."""
        return holders_of(self.user, [one.pk for one in self.studies], since=since)

    def proposals(self) -> tuple[Proposed, ...]:
        """Return a row for each function and obligation."""
        return self._proposals

    @cached_property
    def _proposals(self) -> tuple[Proposed, ...]:
        return proposed(
            works_of(self.user, self.vendor.sponsor),
            model=self.model,
            size=self.vendor.sponsor.size,
            holders=self.holders(self.today),
            device=all(one.product_type == Study.ProductType.DEVICE for one in self.studies),
        )

    @property
    def why(self) -> str:
        """Why what is ticked at first is ticked."""
        return reason_for(model=self.model, size=self.vendor.sponsor.size)

    def drafts(self) -> tuple[Draft, ...]:
        """Return the delegations that would be written."""
        shared = set(self.values.get("shared", ()))
        cells = [cell.split(":", 1) for cell in self.values["take"]]
        picks = [
            Pick(int(pk), region, self.values[f"split-{pk}"] if pk in shared else "")
            for pk, region in cells
        ]
        return drafts(
            picks,
            studies=[one.pk for one in self.studies],
            holders=self.holders(self.values["start_date"]),
            first=self.values["start_date"],
            last=self.values["end_date"],
        )
