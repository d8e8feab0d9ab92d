"""What a KPI chooses of the formula `duration`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kpis.engine.cases import Cases, Dated, Span


class Step(StrEnum):
    """In what durations are counted."""

    DAYS = "days"
    HOURS = "hours"


@dataclass(frozen=True)
class DurationParameters:
    """The listing, the columns of start and end, and the column of the day a case was stopped.

    `share` is the part of cases that must have ended: 0.5 gives the median, 0.9 the 90th
    percentile. With `ended_within` only the cases that ended in that span count.
    """

    listing: str
    started: str
    ended: str
    stopped: str | None = None
    where: Mapping[str, tuple[str, ...]] | None = None
    unless: Mapping[str, tuple[str, ...]] | None = None
    share: float = 0.5
    unit: Step = Step.DAYS
    ended_within: Span | None = None

    def __post_init__(self) -> None:
        """Refuse a share that is none, and a cohort of endings that may have been stopped."""
        if not 0 < self.share < 1:
            raise ValueError("share must lie between 0 and 1")
        if self.ended_within and self.stopped:
            raise ValueError("cases that ended were not stopped")

    @property
    def cases(self) -> Cases:
        """The cases that count: those that started by the cut-off, or that ended in the span."""
        dated = Dated(self.started, Span.CUTOFF)
        if self.ended_within:
            dated = Dated(self.ended, self.ended_within)
        return Cases(self.listing, where=self.where, unless=self.unless, dated=dated)
