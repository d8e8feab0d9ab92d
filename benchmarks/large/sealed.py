"""Sealed tables that the pages open: enrolment as sent, and results by site.

One of each for a study, shared by its months: a page opens those of one month only.
"""

import json
import tempfile
from datetime import date, timedelta
from random import Random

import pandas as pd

from benchmarks.large.register import COUNTRIES, SITES_OF_A_STUDY
from benchmarks.large.variations import COUNT, Variation
from kpis.engine.tables import LISTINGS
from kpis.submissions.sealing import seal_table
from oversight import storage

PARTICIPANTS = 400


def seal_enrolment(protocol: str, *, first: date, months: int) -> tuple[str, str, int]:
    """Seal an enrolment listing of 400 participants over 50 sites; SHA-256s and rows."""
    random = Random(protocol)  # noqa: S311 - made-up figures, the same every time
    listing = LISTINGS["enrolment"]
    rows = []
    for number in range(PARTICIPANTS):
        site = random.randrange(SITES_OF_A_STUDY)
        rows.append(
            {
                "study": protocol,
                "country": COUNTRIES[site % len(COUNTRIES)],
                "site": f"{site:03}",
                "participant": f"{site:03}-{number:04}",
                "outcome": "screen-failure" if random.random() < 0.2 else "enrolled",
                "decided_on": first + timedelta(days=random.randrange(30 * months)),
                "file": 0,
                "sheet": 0,
                "row": number + 2,
            }
        )
    table = pd.DataFrame(rows)
    for column in listing.columns:
        if column.name not in table:
            table[column.name] = pd.Series([None] * len(table), dtype="str")
    table["decided_on"] = pd.to_datetime(table["decided_on"])
    return (*seal_table(table, engine_order=listing.engine_order), len(table))


def seal_sites(seed: str, pools: dict[str, tuple[Variation, ...]]) -> str:
    """Seal results of some KPIs by site, as a run of a study keeps them; return the SHA-256."""
    random = Random(seed)  # noqa: S311 - made-up figures, the same every time
    rows = []
    for slug, pool in pools.items():
        for number in range(SITES_OF_A_STUDY):
            one = pool[random.randrange(COUNT)]
            rows.append(
                {
                    "slug": slug,
                    "site": f"{number:03}",
                    "country": COUNTRIES[number % len(COUNTRIES)],
                    "numerator": one.numerator,
                    "denominator": one.denominator,
                    "value": one.value,
                    "rag": one.rag,
                    "detail": json.dumps(json.loads(one.detail), sort_keys=True),
                }
            )
    with tempfile.TemporaryFile() as stream:
        pd.DataFrame(rows).to_parquet(stream, engine="pyarrow", compression="zstd", index=False)
        return storage.keep(stream)
