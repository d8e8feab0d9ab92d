"""Sixty months of a study's sealed tables, made up from a fixed seed: no file is read for them.

A study is made once, as rows that appear over its five years; the table of a month holds the rows
that had appeared by its end, and of each only the days that had come. So a closed case is closed in
every later month, and what is listed grows.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from kpis.engine.listing import PROVENANCE, Column, ListingType
from kpis.engine.tables import LISTINGS
from kpis.submissions.reading.typed import DTYPES
from kpis.submissions.sealing import seal_table

MONTHS = 60
FIRST = date(2021, 1, 1)
COUNTRIES = ("DEU", "ESP", "USA")
SITES, PARTICIPANTS = 12, 150
DAY = np.timedelta64(1, "D")
ALL_DAYS = 30 * MONTHS
# Rows of a listing after five years. Two of what was due comes late, one of twelve never.
ROWS = {
    "queries": 480,
    "page-entry": 480,
    "sdv": 480,
    "visits": 360,
    "participants": PARTICIPANTS,
    "enrolment": 180,
    "missing-pages": 60,
    "deviations": 90,
    "sae-reconciliation-dm": 60,
    "sae-timeliness": 120,
    "capa": 60,
    "audit-findings": 60,
    "audits": 24,
    "deliverables": 180,
    "sites": SITES,
    "site-start-up": SITES,
}
ENDS = frozenset({"closed_on", "closed_at"})


@dataclass(frozen=True)
class Sealed:
    """One table of one month, as a submission refers to it."""

    listing: str
    sha256: str
    rows_sha256: str
    rows: int


@dataclass(frozen=True)
class StudyOfYears:
    """All rows of all listings of one study, by listing."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def made(cls, *, protocol_number: str, seed: int) -> "StudyOfYears":
        """Make the study that the seed gives."""
        chance = np.random.default_rng(seed)
        return cls({name: _rows(LISTINGS[name], protocol_number, chance) for name in ROWS})

    def sealed(self, cutoff: date) -> list[Sealed]:
        """Seal every table as it stood at the end of a day."""
        return [self._seal(name, np.datetime64(cutoff) + DAY) for name in sorted(self.tables)]

    def _seal(self, name: str, end: np.datetime64) -> Sealed:
        whole = self.tables[name]
        table = whole[whole["appeared"].to_numpy() < end].drop(columns="appeared")
        table = table.reset_index(drop=True)
        for column in table.select_dtypes("datetime").columns:
            table[column] = table[column].where(table[column].to_numpy() < end)
        if "state" in table:
            ended = table[next(one for one in table.columns if one in ENDS)].notna()
            table["state"] = table["state"].where(~ended, "closed")
        sha256, rows = seal_table(table, engine_order=LISTINGS[name].engine_order)
        return Sealed(name, sha256, rows, len(table))


def cutoffs() -> list[date]:
    """Return the last day of each month."""
    months = [(FIRST.year + number // 12, number % 12 + 1) for number in range(MONTHS)]
    return [date(year, month, monthrange(year, month)[1]) for year, month in months]


def _rows(listing: ListingType, protocol_number: str, chance: np.random.Generator) -> Any:
    count = ROWS[listing.name]
    appeared = np.datetime64(FIRST) + np.sort(chance.integers(0, ALL_DAYS, count)) * DAY
    site = chance.integers(0, SITES, count) if count != SITES else np.arange(SITES)
    moment = appeared.astype("datetime64[us]")
    columns: dict[str, Any] = {"appeared": appeared}
    for column in listing.columns:
        if column.kind in ("date", "datetime"):
            moment = moment + chance.integers(0, 30, count) * DAY
            absent = (chance.random(count) < 1 / 12) & (not column.required)
            columns[column.name] = pd.Series(moment).where(~absent)
        else:
            columns[column.name] = _values(column, protocol_number, site, chance)
    columns |= {name: pd.Series(np.arange(count)) for name in PROVENANCE}
    return pd.DataFrame(columns).assign(file=0, sheet="Export")


def _values(column: Column, protocol_number: str, site: Any, chance: Any) -> "pd.Series[Any]":
    count = len(site)
    number = chance.integers(0, 40, count)
    if column.kind in ("integer", "number"):
        return pd.Series(number, dtype=DTYPES[column.kind])
    if column.choices:
        words = [choice.value for choice in column.choices if choice.value != "closed"]
        return pd.Series(np.array(words, object)[number % len(words)], dtype="str")
    texts = {
        "study": np.full(count, protocol_number, object),
        "country": np.array(COUNTRIES, object)[site % len(COUNTRIES)],
        "site": np.array([f"{one:03d}" for one in site], object),
        "participant": np.array(
            [
                f"{one:03d}-{other % (PARTICIPANTS // SITES):03d}"
                for one, other in zip(site, number, strict=True)
            ],
            object,
        ),
    }
    other = np.array([f"{column.name} {place}" for place in range(count)], object)
    return pd.Series(texts.get(column.name, other), dtype="str")
