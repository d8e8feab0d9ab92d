"""Rules for the query listing that need two cells of a row, or the cut-off date."""

import numpy as np
import pandas as pd

from kpis.submissions.checks.dates import before
from kpis.submissions.checks.naming import Checked, Sentences, shown
from kpis.submissions.reading.problems import Problem

BUSINESS = 0.8  # of the disagreeing ages fit business days: then that is what was counted


def check_queries(checked: Checked) -> list[Problem]:
    """Return everything wrong within the rows of the query listing."""
    if checked.listing.name != "queries":
        return []
    queries = checked.table
    return [
        *checked.rows(
            before(queries["closed_at"], queries["opened_at"]),
            "closed-before-opened",
            "closed_at",
            _two_dates(queries, "closed", "closed_at"),
        ),
        *checked.rows(
            before(queries["answered_at"], queries["opened_at"]),
            "answered-before-opened",
            "answered_at",
            _two_dates(queries, "answered", "answered_at"),
        ),
        *checked.rows(
            (queries["state"] == "answered") & queries["answered_at"].isna(),
            "answered-without-date",
            "answered_at",
            "the query is answered, but has no answer date. Add the date, or explain.",
        ),
        *checked.rows(
            (queries["state"] == "open") & queries["closed_at"].notna(),
            "open-with-close-date",
            "closed_at",
            "the query is open and has a close date. Which of the two holds? Correct it, or"
            " explain.",
        ),
        *_ages(checked),
    ]


def _two_dates(queries: pd.DataFrame, word: str, column: str) -> Sentences:
    return lambda at: (
        f"the query was {word} on "
        + shown(queries.loc[at, column])
        + ", before it was opened on "
        + shown(queries.loc[at, "opened_at"])
        + ". Correct one of the dates."
    )


def _ages(checked: Checked) -> list[Problem]:
    cutoff = checked.context.cutoff_date
    end, queries = pd.Timestamp(cutoff), checked.table
    wrong = age_disagrees(queries, end)
    if not wrong.any():
        return []
    if _in_business_days(queries[wrong], end):
        return checked.once(
            wrong,
            "business-days",
            "reported_age",
            f"{int(wrong.sum()):,} reported ages fit business days and not calendar days. Ages are"
            " computed here in calendar days: say that this is meant, or send calendar days.",
        )
    opened = queries["opened_at"]

    def sentences(at: pd.Index) -> "pd.Series[str]":
        days = (end - opened[at].dt.normalize()).dt.days
        return (
            "the report says "
            + queries.loc[at, "reported_age"].astype("str")
            + " days; from "
            + shown(opened[at])
            + f" to the data cut-off of {cutoff} it is "
            + days.astype("str")
            + ". Correct the cut-off or the days, or explain."
        )

    return checked.rows(wrong, "reported-age", "reported_age", sentences)


def _in_business_days(rows: pd.DataFrame, end: pd.Timestamp) -> bool:
    """Tell whether nearly all of the disagreeing ages count Monday to Friday, and enough do."""
    if len(rows) < 5:
        return False
    opened = rows["opened_at"].to_numpy(dtype="datetime64[D]")
    days = np.busday_count(opened, np.datetime64(end, "D"))
    ages = rows["reported_age"].to_numpy(dtype=int)
    return bool(max(np.mean(days + first == ages) for first in (0, 1)) >= BUSINESS)


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
