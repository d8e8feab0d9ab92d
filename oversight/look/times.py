"""Dates and times as text, "9 Nov 2026, 08:12 UTC"; month names never follow a locale."""

from datetime import UTC, date, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(value: date | None) -> str:
    """Say a date: "22 Nov 2026". A datetime is taken at its day in UTC; None → ""."""
    if not isinstance(value, date):
        return ""
    if isinstance(value, datetime):
        value = _in_utc(value)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month_text(value: date | None) -> str:
    """Say the month of a date: "Nov 2026"; None → ""."""
    if not isinstance(value, date):
        return ""
    return f"{MONTHS[value.month - 1]} {value.year}"


def utc_text(value: datetime | None) -> str:
    """Say a moment to the minute, in UTC: "9 Nov 2026, 08:12 UTC"; None → ""."""
    if not isinstance(value, datetime):
        return ""
    moment = _in_utc(value)
    return f"{day_text(moment)}, {moment:%H:%M} UTC"


def _in_utc(value: datetime) -> datetime:
    """Refuse a moment without a time zone: guessing one would put a wrong time on a record."""
    if value.tzinfo is None:
        raise ValueError("A moment needs a time zone before it can be shown in UTC.")
    return value.astimezone(UTC)
