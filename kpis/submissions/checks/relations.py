"""How the columns of a listing hang together: which date comes first, what is part of what.

Data only. A listing without an entry is checked by what its columns are called and hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kpis.engine.tables import Column, ListingType


@dataclass(frozen=True)
class Relations:
    """What must hold between columns of one listing.

    `chains` name dates in the order in which they happen. `parts` are (part, whole): no part is
    more than its whole. `sums` are (parts, whole): together they are the whole; `within`
    likewise, at most the whole. `balance` is (opening, added, removed, closing). `cumulative`
    counts never fall. `life` is (begun, ended) of what a row stands for; `period` the first and
    last day that a row covers.
    """

    chains: tuple[tuple[str, ...], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    sums: tuple[tuple[tuple[str, ...], str], ...] = ()
    within: tuple[tuple[tuple[str, ...], str], ...] = ()
    balance: tuple[str, str, str, str] | None = None
    cumulative: tuple[str, ...] = ()
    life: tuple[str, str] | None = None
    period: tuple[str, str] | None = None

    def columns(self) -> frozenset[str]:
        """Return the names of all columns that are spoken of."""
        names: list[str] = [*self.cumulative, *(self.balance or ()), *(self.life or ())]
        names += self.period or ()
        for chain in (*self.chains, *self.parts):
            names += chain
        for parts, whole in (*self.sums, *self.within):
            names += [*parts, whole]
        return frozenset(names)


RELATIONS: Mapping[str, Relations] = {
    "queries": Relations(life=("opened_at", "closed_at")),
    "positions": Relations(
        chains=(
            ("approved_on", "accepted_on", "started_on", "productive_on"),
            ("started_on", "left_on"),
            ("approved_on", "withdrawn_on"),
        ),
    ),
    "sites": Relations(chains=(("activated_on", "closed_on"),)),
}

PLANS = ("planned", "plan", "expected", "projected", "due", "needed", "baseline", "forecast")
PLANS_END = ("due", "expiry", "expires", "until", "end")
SHARES = ("percent", "share", "pct")
DAYS = ("day", "days", "age", "weeks", "hours", "minutes")


def relations_of(listing: ListingType) -> Relations:
    """Return what must hold between the columns of a listing."""
    return RELATIONS.get(listing.name, Relations())


def is_planned(column: Column) -> bool:
    """Tell whether a date says what is meant to happen, so that it may lie after the cut-off."""
    words = column.name.split("_")
    return bool({*PLANS, "valid", "extracted", "expiry"} & set(words)) or words[-1] in PLANS_END


def is_share(column: Column) -> bool:
    """Tell whether a number is a percentage."""
    unit = column.unit.name if column.unit else ""
    return unit in {"%", "percent"} or bool(set(SHARES) & set(column.name.split("_")))


def is_count(column: Column) -> bool:
    """Tell whether a whole number counts things, and not days or years."""
    words = set(column.name.split("_"))
    return column.kind == "integer" and column.unit is None and not words & {*DAYS, "year", "log"}
