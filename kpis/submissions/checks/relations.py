"""How the columns of a listing hang together: which date comes first, what is part of what.

Data only. A listing without an entry is checked by what its columns are called and hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kpis.engine.tables import Column, ListingType


@dataclass(frozen=True)
class Relations:
    """What must hold between columns of one listing.

    `chains` name dates in the order in which they happen. `within` are (parts, whole): together
    the parts are at most the whole. `ratio` is (numerator, denominator). `leaving` is (opening,
    removed, closing): what was there, less what left, is at most what is there at the end, and the
    end of one month is the opening of the next. `cumulative` counts never fall. `life` is (begun,
    ended) of what a row stands for, `spell` likewise where two of the same thing cannot overlap.
    """

    chains: tuple[tuple[str, ...], ...] = ()
    within: tuple[tuple[tuple[str, ...], str], ...] = ()
    ratio: tuple[str, str] | None = None
    leaving: tuple[str, tuple[str, ...], str] | None = None
    cumulative: tuple[str, ...] = ()
    life: tuple[str, str] | None = None
    spell: tuple[str, str] | None = None

    def columns(self) -> frozenset[str]:
        """Return the names of all columns that are spoken of."""
        names = {*self.cumulative, *(self.life or ()), *(self.spell or ()), *(self.ratio or ())}
        for chain in self.chains:
            names |= set(chain)
        for parts, whole in self.within:
            names |= {*parts, whole}
        if self.leaving:
            names |= {self.leaving[0], *self.leaving[1], self.leaving[2]}
        return frozenset(names)


RELATIONS: Mapping[str, Relations] = {
    "queries": Relations(life=("opened_at", "closed_at")),
    "audit-findings": Relations(
        chains=(("opened_on", "closed_on"),), life=("opened_on", "closed_on")
    ),
    "capa": Relations(chains=(("opened_on", "closed_on"),), life=("opened_on", "closed_on")),
    "sae-reconciliation-dm": Relations(
        chains=(("created_at", "closed_on"),), life=("created_at", "closed_on")
    ),
    "sae-reconciliation-safety": Relations(
        chains=(("created_at", "closed_on"),), life=("created_at", "closed_on")
    ),
    "monitoring-visits": Relations(
        chains=(
            ("started_on", "ended_on", "report_submitted_on", "report_final_on"),
            ("started_on", "letter_sent_on"),
        ),
        within=((("sdv_done",), "sdv_required"),),
    ),
    "site-start-up": Relations(
        chains=(
            ("selected_on", "submitted_on", "ethics_on", "activated_on"),
            ("selected_on", "budget_sent_on", "contract_on", "activated_on"),
            ("selected_on", "initiated_on", "activated_on"),
        )
    ),
    "enrolment-by-site": Relations(
        within=(
            (("screen_failures", "enrolled"), "screened"),
            (("on_treatment", "completed", "discontinued"), "enrolled"),
        ),
        cumulative=("screened", "screen_failures", "enrolled", "completed", "discontinued"),
    ),
    "sdv": Relations(chains=(("visit_date", "verified_on"),)),
    "page-entry": Relations(chains=(("visit_date", "entered_at"),)),
    "disposition": Relations(chains=(("enrolled_on", "left_on"),)),
    "tmf-documents": Relations(chains=(("document_on", "filed_on"),)),
    "sae-timeliness": Relations(chains=(("aware_at", "received_at"),)),
    "susar-timeliness": Relations(chains=(("aware_on", "submitted_on"),)),
    "data-latency": Relations(chains=(("entered_at", "available_at"),)),
    "outages": Relations(chains=(("began_at", "ended_at"),), spell=("began_at", "ended_at")),
    "change-orders": Relations(chains=(("requested_on", "executed_on"),)),
    "invoices": Relations(chains=(("received_on", "paid_on"),)),
    "reported-figures": Relations(ratio=("numerator", "denominator")),
    "units-and-budget": Relations(cumulative=("units_done", "cost_actual", "pass_through")),
    "head-count": Relations(
        leaving=(
            "people_at_start",
            ("left_voluntarily", "left_otherwise", "reassigned"),
            "people_at_end",
        )
    ),
    "positions": Relations(
        chains=(
            ("approved_on", "accepted_on", "started_on", "productive_on"),
            ("started_on", "left_on"),
            ("approved_on", "withdrawn_on"),
        ),
    ),
    "sites": Relations(chains=(("activated_on", "closed_on"),)),
}

# Words in the names of dates that say what is meant to happen.
PLANS = frozenset(
    {"planned", "expected", "projected", "due", "needed", "baseline", "scheduled", "extended"}
    | {"expires", "until", "extracted"}
)
SHARES = frozenset({"percent", "share", "pct"})
NO_COUNT = frozenset({"day", "days", "age", "weeks", "hours", "minutes", "year", "log"})
MONTHS = ("month", "period")  # columns that say which month a row is about


def relations_of(listing: ListingType) -> Relations:
    """Return what must hold between the columns of a listing."""
    return RELATIONS.get(listing.name, Relations())


def month_column(listing: ListingType) -> str | None:
    """Return the column that says which month a row is about, or None."""
    dates = {column.name for column in listing.columns if column.kind == "date"}
    return next((name for name in MONTHS if name in dates), None)


def is_planned(column: Column) -> bool:
    """Tell whether a date says what is meant to happen, so that it may lie after the cut-off."""
    return bool(PLANS & set(column.name.split("_")))


def is_share(column: Column) -> bool:
    """Tell whether a number is a percentage."""
    unit = column.unit.name if column.unit else ""
    return unit in {"%", "percent"} or bool(SHARES & set(column.name.split("_")))


def is_count(column: Column) -> bool:
    """Tell whether a whole number counts things, and not days or years."""
    words = set(column.name.split("_"))
    return column.kind == "integer" and column.unit is None and not words & NO_COUNT
