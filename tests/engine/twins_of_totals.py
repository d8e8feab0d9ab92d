"""Slow, obvious twins of the formulas that add up, wait for a due day or compare holders."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

Row = Mapping[str, Any]


def in_month(row: Row, name: str, first: date, cutoff: date) -> bool:
    """The day lies in the period."""
    return row[name] is not None and first <= row[name].date() <= cutoff


def percent(part: float, whole: float) -> float | None:
    """Return 100 × part / whole; None unless there is something to divide by."""
    return 100 * part / whole if whole > 0 else None


def hours_billed(rows: Iterable[Row], first: date, cutoff: date) -> tuple[float, float]:
    """Return billed and available hours of the months in the period, where a row has both."""
    both = [
        row
        for row in rows
        if in_month(row, "month", first, cutoff)
        and row["billable_hours"] is not None
        and row["available_hours"] is not None
    ]
    return (
        sum(row["billable_hours"] for row in both),
        sum(row["available_hours"] for row in both),
    )


def business_days_later(day: date, number: int) -> date:
    """Walk day by day and count Monday to Friday."""
    while number:
        day += timedelta(1)
        number -= day.weekday() < 5
    return day


def due_day(row: Row, unit: str, number: int) -> datetime:
    """Return the last moment that is in time."""
    since: datetime = row["ended_on"]
    if unit == "hours":
        return since + timedelta(hours=number)
    day = since.date()
    day = business_days_later(day, number) if unit == "business-days" else day + timedelta(number)
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999)  # noqa: DTZ001 - naive UTC


def in_time(
    rows: Iterable[Row], unit: str, number: int, first: date, cutoff: date
) -> dict[str, int]:
    """Return how the visit reports that fell due in the period were delivered."""
    found = dict.fromkeys(("on_time", "late", "overdue", "undated"), 0)
    for row in rows:
        if row["ended_on"] is None:
            found["undated"] += 1
            continue
        due = due_day(row, unit, number)
        if not first <= due.date() <= cutoff:
            continue
        done = row["report_submitted_on"]
        if done is None or done.date() > cutoff:
            found["overdue"] += 1
        else:
            found["on_time" if done <= due else "late"] += 1
    return found


def variance(rows: Iterable[Row], shape: str) -> tuple[float, float, float | None]:
    """Return numerator, added baseline and the value, from rows that have both."""
    both = [
        (row["cost_actual"], row["cost_planned"])
        for row in rows
        if row["cost_actual"] is not None and row["cost_planned"] is not None
    ]
    away = sum((a - b) if shape == "signed" else abs(a - b) for a, b in both)
    base = sum(b for _, b in both)
    above = base - away if shape == "accuracy" else away
    return above, base, percent(above, base)


def concentration(rows: Iterable[Row]) -> Fraction | None:
    """Return the sum of squared shares of the holders."""
    held: dict[str, Fraction] = {}
    for row in rows:
        if row["role"] is not None and row["amount"] is not None and row["amount"] > 0:
            held[row["role"]] = held.get(row["role"], Fraction(0)) + Fraction(row["amount"])
    whole = sum(held.values())
    return sum((part / whole) ** 2 for part in held.values()) if whole else None  # type: ignore[return-value]  # sum() of fractions may be the int 0


def adherence(rows: Iterable[Row]) -> tuple[float, float]:
    """Return the weight that holds and the weight measured."""
    held = measured = 0.0
    for row in rows:
        if row["weight"] is None:
            continue
        if row["status"] in ("green", "amber", "red"):
            measured += row["weight"]
        if row["status"] == "green":
            held += row["weight"]
    return held, measured


def mean(numbers: list[float]) -> float | None:
    """Return the mean; None of nothing."""
    return sum(numbers) / len(numbers) if numbers else None
