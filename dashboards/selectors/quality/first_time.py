"""How many submissions were accepted as first sent, CRO by CRO. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dashboards.selectors.quality.sent import Sent


@dataclass(frozen=True)
class FirstTime:
    """One CRO: of what was `accepted`, how many were never returned, and how many restate."""

    vendor_id: int
    vendor: str
    accepted: int
    right: int
    restated: int

    @property
    def returned(self) -> int:
        """How many were sent back on their way."""
        return self.accepted - self.right

    @property
    def share(self) -> float:
        """The part that was right at first, of 100."""
        return 100 * self.right / self.accepted


def first_time(came: Iterable[Sent]) -> tuple[FirstTime, ...]:
    """Return a line per CRO of which something was accepted, the lowest share first."""
    taken: dict[tuple[int, str], list[Sent]] = defaultdict(list)
    for one in came:
        if one.accepted:
            taken[one.vendor_id, one.vendor].append(one)
    found = [
        FirstTime(
            vendor_id=vendor_id,
            vendor=vendor,
            accepted=len(of_vendor),
            right=sum(not one.returned for one in of_vendor),
            restated=sum(one.restates for one in of_vendor),
        )
        for (vendor_id, vendor), of_vendor in taken.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.share, one.vendor)))
