"""The slow, obvious twin of the due day: count the days one by one."""

from datetime import date, timedelta

from kpis.due.public_holidays import country_code, holidays_of


def day_off(day: date, countries: tuple[str, ...]) -> bool:
    codes = {country_code(name) for name in countries} - {""}
    return day.weekday() >= 5 or any(day in holidays_of(code, day.year) for code in codes)


def slow_due_date(period: date, business_day: int, countries: tuple[str, ...]) -> date:
    """Walk from the first day of the next month until so many working days have passed."""
    day = period.replace(day=28) + timedelta(days=4)
    day = day.replace(day=1) - timedelta(days=1)
    while business_day:
        day += timedelta(days=1)
        business_day -= not day_off(day, countries)
    return day


def slow_business_days_after(first: date, last: date, countries: tuple[str, ...]) -> int:
    """Count the working days after `first` up to and with `last`."""
    span = (last - first).days
    return sum(not day_off(first + timedelta(days=n), countries) for n in range(1, span + 1))
