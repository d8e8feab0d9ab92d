"""Slow, obvious twins of the formulas: plain Python, written from the words of the definition."""

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

Row = Mapping[str, Any]


def is_open(row: Row, cutoff: date) -> bool:
    """Opened on or before the cut-off, not closed by its end, not reported closed without a day."""
    if row["opened_at"] is None or row["opened_at"].date() > cutoff:
        return False
    if row["closed_at"] is None:
        return bool(row["state"] != "closed")
    return bool(row["closed_at"].date() > cutoff)


def was_answered(row: Row, cutoff: date) -> bool:
    """Answered by the cut-off, as far as the listing tells."""
    answered: datetime | None = row["answered_at"]
    if row["state"] == "answered":
        return answered is None or answered.date() <= cutoff
    return row["state"] == "closed" and answered is not None and answered.date() <= cutoff


def quantile(values: list[int], share: float) -> float | None:
    """Linear interpolation between the neighbours of position (n − 1)·share."""
    if not values:
        return None
    values = sorted(values)
    position = (len(values) - 1) * share
    below = math.floor(position)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (position - below)


def stock_ageing(rows: Iterable[Row], cutoff: date) -> dict[str, Any]:
    """Return all figures of query aging for one unit's rows."""
    stock = [row for row in rows if is_open(row, cutoff)]
    ages = [(cutoff - row["opened_at"].date()).days for row in stock]
    over_14 = sum(age > 14 for age in ages)
    over_30 = sum(age > 30 for age in ages)
    answered = sum(was_answered(row, cutoff) for row in stock)
    share_14 = 100 * over_14 / len(ages) if ages else None
    return {
        "numerator": over_14,
        "denominator": len(ages),
        "value": share_14,
        "detail": {
            "open": len(ages),
            "open_state": len(ages) - answered,
            "answered_state": answered,
            "older_than_14": over_14,
            "share_over_14": share_14,
            "older_than_30": over_30,
            "share_over_30": 100 * over_30 / len(ages) if ages else None,
            "median_age": quantile(ages, 0.5),
            "p90_age": quantile(ages, 0.9),
            "oldest_age": max(ages, default=None),
            "buckets": {
                "0-3": sum(age <= 3 for age in ages),
                "4-7": sum(4 <= age <= 7 for age in ages),
                "8-14": sum(8 <= age <= 14 for age in ages),
                "15-30": sum(15 <= age <= 30 for age in ages),
                ">30": over_30,
            },
        },
    }
