"""What each side owes the other, out of the attention list: both sides read the same two lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.attention.kinds import Kind
from dashboards.attention.listing import attention
from dashboards.attention.reader import Line
from dashboards.periods import Asked
from kpis.selectors.steps import is_sponsor_side

# What one side waits for and the other can do. A KPI past its limit is both sides' turn; what the
# sponsor judges of a CRO by itself (qualification, coverage, belief) is nobody's debt.
BY_SPONSOR = (Kind.DECISION, Kind.DISPUTE, Kind.CONFIRMATION, Kind.AGREEMENT)
BY_CRO = (Kind.MISSING, Kind.LATE, Kind.REPAIR)
SHOWN = 8


@dataclass(frozen=True)
class Debt:
    """One line with the days that it has waited by the day shown."""

    line: Line
    days: int

    @property
    def where(self) -> str:
        """CRO and study."""
        place = self.line.item.matter.place
        return ", ".join(part for part in (place.vendor, place.protocol) if part)


@dataclass(frozen=True)
class Owed:
    """One side's list, what has waited longest first."""

    debts: tuple[Debt, ...]

    @property
    def shown(self) -> tuple[Debt, ...]:
        """Those with room on another page."""
        return self.debts[:SHOWN]

    @property
    def others(self) -> int:
        """How many have none."""
        return max(0, len(self.debts) - SHOWN)

    @property
    def longest(self) -> int:
        """How long the first has waited, in days; 0 without any."""
        return self.debts[0].days if self.debts else 0


@dataclass(frozen=True)
class OwedPage:
    """The two lists; `vendor` names the one CRO they are about, "" for all that the reader sees."""

    on: date
    own: bool
    vendor: str
    by_sponsor: Owed
    by_cro: Owed

    @property
    def sponsors(self) -> str:
        """Name the list of the sponsor's debts to its reader."""
        if not self.own:
            return "What the sponsor owes you"
        return f"What you owe {self.vendor}" if self.vendor else "What you owe the CROs"

    @property
    def cros(self) -> str:
        """Name the list of the CRO's debts to its reader."""
        if not self.own:
            return "What you owe the sponsor"
        return f"What {self.vendor} owes you" if self.vendor else "What CROs owe you"


def owed_page(user: Any, *, asked: Asked, cro: str = "") -> OwedPage | None:
    """Return both lists, or None for a CRO (a number) that is none the user sees."""
    found = attention(user, asked=asked, wanted={"cro": cro})
    offered = next(one for one in found.filters if one.name == "cro")
    if cro and offered.chosen != cro:
        return None
    names = {one.value: one.words for one in offered.choices}
    return OwedPage(
        on=asked.day,
        own=is_sponsor_side(user),
        vendor=names[cro] if cro else "",
        by_sponsor=_of(found.lines, BY_SPONSOR, asked.day),
        by_cro=_of(found.lines, BY_CRO, asked.day),
    )


def _of(lines: Iterable[Line], kinds: Iterable[Kind], on: date) -> Owed:
    """Keep what is of one CRO: what concerns none of them is owed to nobody."""
    found = [
        Debt(one, max(0, (on - one.item.matter.began).days))
        for one in lines
        if one.item.matter.kind in kinds and one.item.matter.place.vendor_id is not None
    ]
    return Owed(tuple(sorted(found, key=lambda one: (-one.days, one.where))))
