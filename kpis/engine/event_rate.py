"""Events of one listing per so many units of exposure from another.

Source: the incidence rate of epidemiology, events over exposure, as risk-based monitoring uses it
for deviations (per day on study, per visit). Rolled up by adding events and adding exposure.

Exposure is counted rows (visits, participants), an added number (days on study) or active time
(site-months). Events that belong to nobody known (`matched_by`: a participant or site that the
register does not hold) are counted apart and not in the rate: their exposure is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kpis.engine import cases, tallies
from kpis.engine.cases import Cases, Chosen
from kpis.engine.conditions import Split
from kpis.engine.remembering import remembered
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import spread


@dataclass(frozen=True)
class EventRateParameters:
    """What counts as an event, what as exposure, and per how many units of it.

    `matched_by` names a column of both listings: an event counts only when a row of the `register`
    has the same value. Without `register` it is the exposure listing: its rows of the sort that
    counts, of any day. `once_per` names a column of the events: of rows with the same value only
    the first counts, so that participants with an event are counted instead of events.
    """

    events: Cases
    exposure: Cases
    factor: float
    matched_by: str | None = None
    register: str | None = None
    split: Split | None = None
    once_per: str | None = None

    def __post_init__(self) -> None:
        """Refuse events that would be no whole number."""
        if self.events.weight:
            raise ValueError("events are counted rows; only exposure may be added up")
        if self.register and not self.matched_by:
            raise ValueError("a register needs the column to match by")


def columns(parameters: EventRateParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    events = cases.columns(parameters.events)
    exposure = cases.columns(parameters.exposure)
    for name in (parameters.split.column if parameters.split else None, parameters.once_per):
        if name:
            events[name] = "str"
    merged: dict[str, dict[str, str]] = {parameters.events.listing: events}
    merged[parameters.exposure.listing] = merged.get(parameters.exposure.listing, {}) | exposure
    if parameters.matched_by:
        register = parameters.register or parameters.exposure.listing
        for listing in (parameters.events.listing, register):
            merged.setdefault(listing, {})[parameters.matched_by] = "str"
    return merged


def filled(parameters: EventRateParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    found: dict[str, tuple[str, ...]] = {}
    for part in (parameters.events, parameters.exposure):
        found[part.listing] = (*found.get(part.listing, ()), *cases.filled(part))
    return found


def select(tables: Tables, window: Window, parameters: EventRateParameters) -> Selection:
    """Return the matched events (numerator) and the exposure rows (denominator)."""
    events, exposure, matched = _chosen(tables, window, parameters)
    return Selection(
        Rows(parameters.events.listing, events.mask & matched),
        Rows(parameters.exposure.listing, exposure.mask),
    )


def figures(
    tables: Tables, units: Units, window: Window, parameters: EventRateParameters
) -> Figures:
    """Return factor × events / exposure per unit.

    Detail, all counts of rows: unmatched; undated and unknown among the events;
    exposure_undated and exposure_unknown; `by_<column>` with `split`. Undated rows are told
    whether or not they count.
    """
    events, exposure, matched = _chosen(tables, window, parameters)
    event_codes = units.codes[parameters.events.listing]
    exposure_codes = units.codes[parameters.exposure.listing]
    size = len(units.keys)
    counted = events.mask & matched
    numerator = np.bincount(event_codes[counted], minlength=size)
    denominator = tallies.sums(exposure, exposure_codes, size)
    over = denominator > 0
    detail: dict[str, Array | Mapping[str, Array]] = {
        "unmatched": np.bincount(event_codes[events.mask & ~matched], minlength=size),
        "undated": np.bincount(event_codes[events.undated], minlength=size),
        "unknown": np.bincount(event_codes[events.unknown], minlength=size),
        "exposure_undated": np.bincount(exposure_codes[exposure.undated], minlength=size),
        "exposure_unknown": np.bincount(exposure_codes[exposure.unknown], minlength=size),
    }
    if parameters.split:
        words = tables[parameters.events.listing][parameters.split.column]
        detail |= tallies.apart(words, parameters.split, counted, event_codes, size)
    value = spread(parameters.factor * numerator[over] / denominator[over], over=over)
    return Figures(numerator, denominator, value, detail)


@remembered
def _chosen(
    tables: Tables, window: Window, parameters: EventRateParameters
) -> tuple[Chosen, Chosen, Array]:
    """Return events, exposure, and which events are matched."""
    event_table = tables[parameters.events.listing]
    exposure_table = tables[parameters.exposure.listing]
    events = cases.choose(event_table, parameters.events, window)
    exposure = cases.choose(exposure_table, parameters.exposure, window)
    if parameters.matched_by is None:
        return _once(event_table, events, parameters), exposure, np.ones(len(event_table), bool)
    if parameters.register:
        known = tables[parameters.register][parameters.matched_by].dropna()
    else:
        known = exposure_table[parameters.matched_by][exposure.known].dropna()
    matched = event_table[parameters.matched_by].isin(known).to_numpy(bool)
    return _once(event_table, events, parameters), exposure, matched


def _once(table: pd.DataFrame, events: Chosen, parameters: EventRateParameters) -> Chosen:
    """Keep the first event of each value of `once_per`; a blank one is nobody's: unknown."""
    if parameters.once_per is None:
        return events
    blank = table[parameters.once_per].isna().to_numpy(bool)
    mask = events.mask & ~blank
    again = table[parameters.once_per][mask].duplicated().to_numpy(bool)
    first = mask.copy()
    first[mask] = ~again
    return replace(events, mask=first, unknown=events.unknown | (events.mask & blank))


EVENT_RATE = Formula(
    name="event_rate",
    words=(
        "Events of one listing per a number of units of exposure from another: counted rows, "
        "an added number such as days on study, or active time, in which a month that is active "
        "in part counts its part. Events count up to the cut-off or within the period, as the KPI "
        "says. Events of a participant or site that the listing of these does not hold are counted "
        "apart and not in the rate; so are rows that lack what a condition asks for. Reads one row "
        "per event and one per unit of exposure."
    ),
    line="{factor}{numerator} / {denominator}",
    parameters=EventRateParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
