"""Risk × time × neglect: three factors from what is known of a matter on a day. Pure.

Each grows, or stays, when its evidence does: severity, safety or critical function and size for
risk; days since it began, or past its day, for time; days of silence for neglect.
"""

import math
from collections.abc import Iterable
from datetime import date

from dashboards.attention import weights
from dashboards.attention.matter import Factor, Item, Matter
from dashboards.findings import plural
from oversight.look.times import day_text


def ranked(matters: Iterable[Matter], *, on: date) -> tuple[Item, ...]:
    """Return the matters as items of a day, what wants attention most first.

    What scores the same stands in the order of when it began, then of its key: never by chance.
    """
    items = [item_of(one, on=on) for one in matters]
    return tuple(sorted(items, key=lambda one: (-one.score, one.matter.began, one.matter.key)))


def item_of(matter: Matter, *, on: date) -> Item:
    """Return one matter with its factors on a day."""
    clock, state = _clock(matter, on)
    return Item(matter, risk(matter), time(matter, on=on), neglect(matter, on=on), clock, state)


def risk(matter: Matter) -> Factor:
    """Severity × function × size."""
    function, words = weights.OTHER_WEIGHT, ""
    if matter.functions & weights.SAFETY:
        function, words = weights.SAFETY_WEIGHT, "safety function"
    elif matter.critical:
        function, words = weights.CRITICAL_WEIGHT, "critical function"
    value = weights.SEVERITIES[matter.severity] * function * size_weight(matter.size)
    return Factor(value, ", ".join(one for one in (words, matter.size_words) if one))


def time(matter: Matter, *, on: date) -> Factor:
    """How long it lasts; before its day, how near that is."""
    if matter.due is not None and matter.due >= on:
        left = (matter.due - on).days
        far = min(left, weights.FURTHEST_DAYS) / weights.FURTHEST_DAYS
        return Factor(1 - far * (1 - weights.FURTHEST_WEIGHT), matter.since_words)
    return Factor(duration_weight((on - (matter.due or matter.began)).days), matter.since_words)


def neglect(matter: Matter, *, on: date) -> Factor:
    """How long nobody said or did anything about it."""
    since = max(matter.last_word or matter.began, matter.began)
    days = max(0, (on - since).days)
    value = 1 + min(days, weights.SILENT_DAYS) / weights.SILENT_DAYS * (weights.SILENT_WEIGHT - 1)
    if days == 0:
        return Factor(value, "")
    return Factor(value, f"{matter.silence_words} since {day_text(since)}")


def size_weight(size: float) -> float:
    """Return 1 for one case, more by the power of ten, up to the largest weight."""
    most = math.log10(weights.LARGEST)
    grown = min(math.log10(max(size, 1)), most) / most
    return 1 + grown * (weights.LARGEST_WEIGHT - 1)


def duration_weight(days: int) -> float:
    """Return 1 for none, growing with the days up to the longest weight."""
    lasted = min(max(days, 0), weights.LONGEST_DAYS) / weights.LONGEST_DAYS
    return 1 + lasted * (weights.LONGEST_WEIGHT - 1)


def _clock(matter: Matter, on: date) -> tuple[str, str]:
    """Say the time in a few words, with the look of the clock: "overdue", "soon" or ""."""
    if matter.due is None:
        return f"since {day_text(matter.began)}", ""
    left = (matter.due - on).days
    if left < 0:
        return f"{plural(-left, 'day')} over", "overdue"
    return ("today" if left == 0 else f"{plural(left, 'day')} left"), "soon" if left < 30 else ""
