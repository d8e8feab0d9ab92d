"""Made-up positions of an engagement: approved, filled sooner or later, some people leave.

Requisitions carry numbers and nothing about the people who fill them.
"""

from datetime import date
from functools import cache

import numpy as np
import pandas as pd

from demo.calendar import first_day
from demo.participants import SEED
from demo.plans import Cro, Staff, Wave

NEEDED_IN = 46  # days after approval; made up, a day beyond our limit for time to fill
NOTICE = 30  # days from an accepted offer to the start, made up
LEARNS = (40, 70)  # days to independent work; our limit is 60
REASONS = ("Left for another employer", "Left for another employer", "Moved to another project")


@cache
def positions(cro: Cro, today: date) -> pd.DataFrame:
    """Return one row per requisition, with all its days."""
    if cro.staff is None:
        raise ValueError(f"{cro.name} has no positions of its own")
    rng = np.random.default_rng([SEED, *cro.name.encode()])
    rows = pd.concat(
        [_wave(rng, cro.staff, wave, today) for wave in cro.staff.waves], ignore_index=True
    )
    rows["requisition"] = [f"REQ-{number:03d}" for number in range(1, len(rows) + 1)]
    rows["left_on"] = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    rows["left_reason"] = None
    gone = 0
    for wave in cro.staff.waves:
        for place in range(wave.replaces):
            begin = pd.Timestamp(first_day(today, months_ago=wave.months_ago))
            rows.loc[gone, "left_on"] = begin + pd.Timedelta(days=1 + 4 * place)
            rows.loc[gone, "left_reason"] = REASONS[gone % len(REASONS)]
            gone += 1
    return rows


def positions_at(cutoff: date, cro: Cro, *, today: date) -> pd.DataFrame:
    """Return the requisitions approved by `cutoff`, with what had happened to them by then."""
    day = pd.Timestamp(cutoff)
    whole = positions(cro, today)
    found = whole[whole["approved_on"] <= day].reset_index(drop=True)
    for column in ("accepted_on", "started_on", "productive_on", "left_on"):
        found[column] = found[column].where(found[column] <= day)
    found["left_reason"] = found["left_reason"].where(found["left_on"].notna())
    return found


def _wave(rng: np.random.Generator, staff: Staff, wave: Wave, today: date) -> pd.DataFrame:
    size = wave.count
    begin = pd.Timestamp(first_day(today, months_ago=wave.months_ago))
    # The first of them replace who left within days; the rest follow until the 12th.
    approved = begin + pd.to_timedelta(np.linspace(4, 11, size).astype(int), unit="D")
    days = wave.days + rng.integers(-wave.spread, wave.spread + 1, size)
    started = approved + pd.to_timedelta(days, unit="D")
    notice = NOTICE - 3 + np.arange(size) % 7  # people leave where they are at different speed
    productive = started + pd.to_timedelta(rng.integers(*LEARNS, size), unit="D")
    return pd.DataFrame(
        {
            "role": [staff.roles[place % len(staff.roles)] for place in range(size)],
            "function": staff.function,
            "country": [staff.countries[place % len(staff.countries)] for place in range(size)],
            "approved_on": approved,
            "needed_by": approved + pd.Timedelta(days=NEEDED_IN),
            "accepted_on": started - pd.to_timedelta(notice, unit="D"),
            "started_on": started,
            "productive_on": productive,
        }
    )
