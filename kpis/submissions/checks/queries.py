"""Rules for the query listing that need two cells of a row, or the cut-off date.

Each rule is a mask over the whole table and one sentence for each row that it marks.
"""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from kpis.engine.tables import QUERIES
from kpis.submissions.checks.naming import problem_at
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem

Sentence = Callable[[pd.Series], str]


def check_queries(result: ReadResult, cutoff_date: date) -> list[Problem]:
    """Return everything wrong within the rows of the query listing."""
    queries = result.tables["queries"]
    opened, answered, closed = (
        queries[name].dt.normalize() for name in ("opened_at", "answered_at", "closed_at")
    )
    end = pd.Timestamp(cutoff_date)

    def rows(mask: pd.Series, rule: str, column: str, sentence: Sentence) -> list[Problem]:
        return [
            problem_at(
                result,
                QUERIES,
                rule,
                f"Row {row['row']}: {sentence(row)}",
                place=(int(row["file"]), str(row["sheet"]), int(row["row"])),
                column=column,
                value=_shown(row[column]),
            )
            for _, row in queries[mask.to_numpy(dtype=bool)].iterrows()
        ]

    found = rows(
        _before(queries["closed_at"], queries["opened_at"]),
        "closed-before-opened",
        "closed_at",
        lambda row: (
            f"the query was closed on {_shown(row['closed_at'])}, before it was opened on"
            f" {_shown(row['opened_at'])}. Correct one of the dates."
        ),
    )
    found += rows(
        _before(queries["answered_at"], queries["opened_at"]),
        "answered-before-opened",
        "answered_at",
        lambda row: (
            f"the query was answered on {_shown(row['answered_at'])}, before it was opened on"
            f" {_shown(row['opened_at'])}. Correct one of the dates."
        ),
    )
    found += rows(
        (queries["state"] == "answered") & queries["answered_at"].isna(),
        "answered-without-date",
        "answered_at",
        lambda row: "the query is answered, but has no answer date. Add the date, or explain.",
    )
    for name, dates, word in (
        ("opened_at", opened, "opened"),
        ("answered_at", answered, "answered"),
        ("closed_at", closed, "closed"),
    ):
        found += rows(
            dates > end,
            "after-cutoff",
            name,
            _after(name, word, cutoff_date),
        )
    return found + rows(
        age_disagrees(queries, end),
        "reported-age",
        "reported_age",
        lambda row: (
            f"the report says {row['reported_age']} days; from {_shown(row['opened_at'])} to the"
            f" data cut-off of {cutoff_date} it is {(end - row['opened_at'].normalize()).days}."
            " Correct the cut-off or the days, or explain."
        ),
    )


def _after(name: str, word: str, cutoff_date: date) -> Sentence:
    return lambda row: (
        f"the query was {word} on {_shown(row[name])}, after the data cut-off of {cutoff_date}."
        " Correct the date or the cut-off, or explain."
    )


def age_disagrees(queries: pd.DataFrame, cutoff: pd.Timestamp) -> pd.Series:
    """Mark rows whose reported age fits no end that a report may count to.

    A report may count to the cut-off, to the answer or to the closing, and may count the first
    day as 0 or as 1; which of the two is decided once, by what fits more rows.
    """
    ages = queries["reported_age"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    opened = queries["opened_at"].dt.normalize()
    ends = [queries["answered_at"].dt.normalize(), queries["closed_at"].dt.normalize()]
    counted = [(cutoff - opened).dt.days, *((end - opened).dt.days for end in ends)]
    stack = np.vstack([days.to_numpy(dtype=float) for days in counted])
    # What was opened after the cut-off has a problem of its own and no age.
    speaks = ~np.isnan(ages) & (opened <= cutoff).to_numpy()
    fits = [(stack + first == ages).any(axis=0) for first in (0, 1)]
    best = max(fits, key=lambda fit: int((fit & speaks).sum()))
    return pd.Series(speaks & ~best, index=queries.index)


def _before(later: pd.Series, earlier: pd.Series) -> pd.Series:
    """Compare to the second only where both carry a time of day; else by the day."""
    bare = (later == later.dt.normalize()) | (earlier == earlier.dt.normalize())
    return (later < earlier).where(~bare, later.dt.normalize() < earlier.dt.normalize())


def _shown(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        bare = value == value.normalize()
        return value.date().isoformat() if bare else value.strftime("%Y-%m-%d %H:%M")
    return "" if value is None or value is pd.NaT or value != value else str(value)
