"""What came out of a part, month by month; plain values that are stored at its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# A difference in every figure has one cause: a page of them says as much as all.
LISTED = 200


@dataclass(frozen=True)
class Month:
    """One month of an engagement and study: how many results, and what differs.

    `differences` hold slug, country, site, what, stored and computed; `not_possible` says why
    nothing could be computed.
    """

    engagement_id: int
    study_id: int | None
    period_start: date
    results: int = 0
    differs: bool = False
    differences: tuple[Mapping[str, Any], ...] = ()
    not_possible: str = ""


@dataclass
class Found:
    """The sums of a part, and the first LISTED of its differences as rows to be stored."""

    again: int = 0
    differing: int = 0
    not_possible: int = 0
    results: int = 0
    listed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def months(self) -> int:
        """Return how many months were looked at."""
        return self.again + self.differing + self.not_possible

    def add(self, month: Month) -> None:
        """Count a month in."""
        self.results += month.results
        if month.not_possible:
            self.not_possible += 1
            self._list(month, sentence=month.not_possible)
        elif month.differs:
            self.differing += 1
            for difference in month.differences:
                self._list(month, **difference)
        else:
            self.again += 1

    def _list(self, month: Month, **more: Any) -> None:
        if len(self.listed) < LISTED:
            whose = {
                "engagement_id": month.engagement_id,
                "study_id": month.study_id,
                "period_start": month.period_start,
            }
            self.listed.append({**whose, **more})
