"""A due submission as lists show it: where it stands, by when, what to do next."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.due import last_day
from kpis.engine.tables import LISTINGS
from kpis.selectors.due_names import Names
from kpis.standing import Entry, Standing
from kpis.standing.came import Stage
from kpis.standing.states import OWED
from vendors.access import Permission, permissions_of


@dataclass(frozen=True)
class DueRow:
    """One due submission. `listings` and `waived` are titles; `study_key` is 0 across studies.

    `scope_key` and `cutoff` prepare the upload page; `may_upload` and `to_decide` say whose turn
    it is, as far as this reader goes. `moved_by` says which public holidays made it later.
    """

    period: date
    vendor: str
    engagement: str
    engagement_id: int
    study: str
    study_key: int
    standing: Standing
    words: str
    overdue: bool
    due_by: date
    moved_by: tuple[str, ...]
    listings: tuple[str, ...]
    waived: tuple[str, ...]
    submission_id: int | None
    may_upload: bool
    to_decide: bool

    @property
    def said(self) -> str:
        """Return where it stands, to go on a sentence."""
        return self.words[:1].lower() + self.words[1:]

    @property
    def scope_key(self) -> str:
        """Return what stands for it in the upload form."""
        return f"{self.study_key}-{self.engagement_id}"

    @property
    def cutoff(self) -> date:
        """The last day of the month: the usual cut-off."""
        return last_day(self.period)


def due_row(names: Names, entry: Entry, user: Any) -> DueRow:
    """Return the entry as `user` sees it; no statement beside the memberships asked for once."""
    engagement = names.engagements[entry.due.engagement_id]
    allowed = permissions_of(user, engagement)
    came = entry.came
    nothing = entry.standing in OWED and came is None
    return DueRow(
        period=entry.period,
        vendor=engagement.vendor.name,
        engagement=engagement.name,
        engagement_id=engagement.pk,
        study=names.study(entry),
        study_key=entry.due.study_id or 0,
        standing=entry.standing,
        words=entry.words,
        overdue=entry.overdue,
        due_by=entry.due_day.day,
        moved_by=entry.due_day.why,
        listings=titles(entry.asked),
        waived=titles(entry.due.listings - entry.asked),
        submission_id=came.submission_id if came else None,
        may_upload=nothing and Permission.UPLOAD in allowed,
        to_decide=came is not None
        and came.stage is Stage.SUBMITTED
        and Permission.DECIDE in allowed,
    )


def titles(listings: frozenset[str]) -> tuple[str, ...]:
    """Return the titles of listings, in the order in which they are documented."""
    return tuple(one.title for name, one in LISTINGS.items() if name in listings)
