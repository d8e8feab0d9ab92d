"""A listing of data queries over 2,000 sites, made from a fixed seed and sealed by the product.

Queries are opened at any time of 25 months and stay open for 7 days in the median (log-normal, so
that one in ten stays for a month); one closed query in 200 has no closing day. Every column that
the intake keeps is there, with as many different texts as a large study has.
"""

import os
import sys
from pathlib import Path

import django
import numpy as np
import pandas as pd
from numpy.typing import NDArray

SITES, COUNTRIES, PARTICIPANTS_OF_A_SITE = 2_000, 40, 25
BEGIN, END = (np.datetime64(day, "us").astype(np.int64) for day in ("2024-10-01", "2026-11-01"))
SECOND = 1_000_000
DAY = 86_400 * SECOND
NOTHING = np.iinfo(np.int64).min  # how numpy writes a time that is not there
Places = NDArray[np.int64]


def table(rows: int) -> pd.DataFrame:
    """Return the listing as the intake has it before it is sealed: texts as categories."""
    dice = np.random.default_rng(20261031)
    site = dice.integers(0, SITES, rows)
    opened = _seconds(BEGIN + dice.random(rows) * (END - BEGIN))
    lasting = np.exp(dice.normal(np.log(7), 1.1, rows)) * DAY
    closed = _seconds(opened + lasting)
    answered = _seconds(opened + lasting * dice.random(rows))
    stands, replied = closed >= END, answered < END
    undated = stands | (dice.random(rows) < 1 / 200)
    participant = site * PARTICIPANTS_OF_A_SITE + dice.integers(0, PARTICIPANTS_OF_A_SITE, rows)
    return pd.DataFrame(
        {
            "study": _texts(["ABC-301"], np.zeros(rows, int)),
            "region": _texts(["Americas", "Asia", "Europe"], site % 3),
            "country": _texts([f"C{number:02}" for number in range(COUNTRIES)], site % COUNTRIES),
            "site": _texts([f"{number:04}" for number in range(SITES)], site),
            "participant": _texts(
                [
                    f"{number:04}-{own:03}"
                    for number in range(SITES)
                    for own in range(PARTICIPANTS_OF_A_SITE)
                ],
                participant,
            ),
            "folder": _any("Visit ", 40, rows, dice),
            "form": _any("Form ", 60, rows, dice),
            "field": _any("FIELD", 300, rows, dice),
            "log_line": _any("", 9, rows, dice),
            "state": _texts(["answered", "closed", "open"], np.where(stands, 2 * ~replied, 1)),
            "marking_group": _any("Group ", 5, rows, dice),
            "opened_at": opened.view("datetime64[us]"),
            "answered_at": np.where(replied, answered, NOTHING).view("datetime64[us]"),
            "closed_at": np.where(undated, NOTHING, closed).view("datetime64[us]"),
            "file": np.zeros(rows, int),
            "sheet": _texts(["Query Report"], np.zeros(rows, int)),
            "row": np.arange(2, rows + 2),
        }
    )


def seal(rows: int, folder: Path) -> Path:
    """Seal the listing below `folder` as the intake does; return its file."""
    from kpis.engine.listings.queries import QUERIES  # noqa: PLC0415 - below Django's set-up
    from kpis.submissions.sealing import seal_table  # noqa: PLC0415 - needs Django
    from oversight import storage  # noqa: PLC0415 - needs Django

    sha256, _ = seal_table(table(rows), engine_order=QUERIES.engine_order)
    return folder / storage.address(sha256)


def _seconds(times: NDArray[np.floating]) -> Places:
    """Return microseconds on whole seconds, as EDC systems write them."""
    return times.astype(np.int64) // SECOND * SECOND


def _texts(words: list[str], places: Places) -> pd.Categorical:
    small = places.astype(np.min_scalar_type(-len(words)))
    return pd.Categorical.from_codes(small, categories=pd.Index(words, dtype="str"))


def _any(name: str, count: int, rows: int, dice: np.random.Generator) -> pd.Categorical:
    words = [f"{name}{number:0{len(str(count - 1))}}" for number in range(count)]
    return _texts(words, dice.integers(0, count, rows))


if __name__ == "__main__":
    os.environ |= {"OVERSIGHT_MODE": "test", "STORAGE_ROOT": sys.argv[2]}
    os.environ["DJANGO_SETTINGS_MODULE"] = "oversight.settings"
    django.setup()
    print(seal(int(sys.argv[1]), Path(sys.argv[2])))
