"""Slow, obvious twins of the formulas: plain Python, written from the words of the definition."""

import math
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
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


def _on_or_before(row: Row, name: str, last: date) -> bool:
    return row[name] is not None and row[name].date() <= last


def event_rate(
    deviations: Iterable[Row], visits: list[Row], listed: set[str], cutoff: date
) -> dict[str, Any]:
    """Return the deviation rate per 100 visits; `listed` are the participants of all visits."""
    counted, unmatched, undated = [], 0, 0
    for row in deviations:
        if row["pd_status"] == "rejected":
            continue
        undated += row["deviation_date"] is None
        if row["deviation_date"] is None or _on_or_before(row, "deviation_date", cutoff):
            if row["participant"] in listed:
                counted.append(row)
            else:
                unmatched += 1
    made = [row for row in visits if _on_or_before(row, "visit_date", cutoff)]
    return {
        "numerator": len(counted),
        "denominator": len(made),
        "value": 100 * len(counted) / len(made) if made else None,
        "unmatched": unmatched,
        "undated": undated,
        "exposure_undated": sum(row["visit_date"] is None for row in visits),
        "by_pd_status": {
            "confirmed": sum(row["pd_status"] == "confirmed" for row in counted),
            "proposed": sum(row["pd_status"] == "proposed" for row in counted),
            "other": sum(row["pd_status"] is None for row in counted),
        },
    }


def site_months(rows: Iterable[Row], first: date, cutoff: date) -> float:
    """Return the months in which sites were active, adding day by day."""
    months = 0.0
    for number in range((cutoff - first).days + 1):
        day = first + timedelta(number)
        length = monthrange(day.year, day.month)[1]
        for row in rows:
            begun, ended = row["activated_on"], row["closed_on"]
            if begun and begun.date() <= day and (ended is None or day <= ended.date()):
                months += 1 / length
    return months


def on_time(rows: Iterable[Row], first: date, cutoff: date) -> tuple[int, int]:
    """Return positions started by the day of need, and positions due in the period."""
    due = [
        row
        for row in rows
        if row["needed_by"] is not None
        and first <= row["needed_by"].date() <= cutoff
        and not _before_need(row)
    ]
    return sum(_on_or_before(row, "started_on", row["needed_by"].date()) for row in due), len(due)


def _before_need(row: Row) -> bool:
    return _on_or_before(row, "withdrawn_on", row["needed_by"].date() - timedelta(1))


def followed(row: Row, cutoff: date) -> tuple[int, str] | None:
    """Return the days a requisition was seen and how it ended; None when it does not count."""
    if not _on_or_before(row, "approved_on", cutoff):
        return None
    begun = row["approved_on"].date()
    ends = [(cutoff, 2, "open")]
    for name, rank, how in (("started_on", 0, "filled"), ("withdrawn_on", 1, "withdrawn")):
        if _on_or_before(row, name, cutoff):
            ends.append((row[name].date(), rank, how))
    day, _, how = min(ends)
    return ((day - begun).days, how) if day >= begun else None


def survival(followed: list[tuple[int, str]]) -> dict[int, float]:
    """Return the share not yet filled after each day on which a position was filled."""
    left, curve = Fraction(1), {}
    for day in sorted({days for days, how in followed if how == "filled"}):
        watched = sum(days >= day for days, _ in followed)
        filled = sum(days == day and how == "filled" for days, how in followed)
        left *= 1 - Fraction(filled, watched)
        curve[day] = float(left)
    return curve
