"""Signs beside the figures: what is not counted any more, what pays for it, what was changed."""

import math
from datetime import date
from statistics import fmean

from kpis.engine.believable.history import (
    Evidence,
    History,
    PastMonth,
    Sign,
    SignName,
    badness,
)
from kpis.engine.terms import RagStatus
from kpis.engine.wording import DECIMALS, number_words, value_words

STRETCH = 3  # months against the same number before them
SHRUNK = 0.75
WORSE_BY = 0.10
BAD = (RagStatus.AMBER, RagStatus.RED)


def shrinking(history: History) -> Sign:
    """Fewer cases are counted while the value gets better."""
    name, definition = SignName.SHRINKING, history.definition
    there = [one for one in history.told if one.denominator]
    if len(there) < 2 * STRETCH:
        return Sign(name, unasked=f"fewer than {2 * STRETCH} months have a denominator")
    now, before = there[-STRETCH:], there[-2 * STRETCH : -STRETCH]
    size, was = (fmean(one.denominator or 0.0 for one in some) for some in (now, before))
    if size > SHRUNK * was or _bad(history, now) >= _bad(history, before):
        return Sign(name)
    return Sign(
        name,
        f"The denominator fell from {number_words(was)} to {number_words(size)} a month while the "
        "value got better: ask what is no longer counted.",
        tuple(
            Evidence(
                one.period,
                f"{value_words(one.value, definition.unit)}, {number_words(one.denominator)}",
            )
            for one in (*before, *now)
        ),
    )


def partner_worse(history: History) -> Sign:
    """The KPI that pays when this one is gamed is past a limit, or gets worse."""
    name, partner = SignName.PARTNER, history.partner
    if partner is None:
        return Sign(name, unasked="the KPI has no balancing partner")
    there = [one for one in history.partner_months if one.value is not None]
    last = history.months[-1].period if history.months else None
    if not there or there[-1].period != last:
        return Sign(name, unasked=f"{partner.name} has no value in this month")
    shown = tuple(
        Evidence(one.period, f"{partner.short_name}: {value_words(one.value, partner.unit)}")
        for one in there[-2 * STRETCH :]
    )
    if there[-1].rag in BAD:
        return Sign(name, f"Its balancing partner, {partner.name}, is {there[-1].rag}.", shown)
    if len(there) < 2 * STRETCH:
        return Sign(name)
    now, was = (
        fmean(badness(partner, one.value or 0.0) for one in some)
        for some in (there[-STRETCH:], there[-2 * STRETCH : -STRETCH])
    )
    if now - was <= WORSE_BY * abs(was):
        return Sign(name)
    return Sign(name, f"Its balancing partner, {partner.name}, gets worse.", shown)


def restated(history: History) -> Sign:
    """A month was green when a meeting saw it, and worse once it was restated."""
    name = SignName.RESTATED
    if history.meetings is None:
        return Sign(name, unasked="no meetings are on record")
    found = []
    for one in history.recent:
        seen = _meeting(one, history)
        if seen is not None and one.restatement is not None:
            unit, first = history.definition.unit, one.restatement.first_value
            found.append(
                Evidence(
                    one.period,
                    f"{value_words(first, unit)} when it was shown on {_day(seen)}, "
                    f"{value_words(one.value, unit)} since {_day(one.restatement.restated_on)}",
                )
            )
    if not found:
        return Sign(name)
    many = "One month was" if len(found) == 1 else f"{len(found)} months were"
    return Sign(
        name,
        f"{many} green when a meeting saw the figure and worse once it was restated.",
        tuple(found),
    )


def reported_differs(history: History) -> Sign:
    """What the CRO reported is not what its rows say."""
    name, unit = SignName.REPORTED, history.definition.unit
    told = [one for one in history.told if one.reported is not None]
    if not told:
        return Sign(name, unasked="the CRO sends no figure of its own")
    step = 0.5 * 10.0 ** -DECIMALS.get(unit, 1)  # what rounding for display may hide
    apart = [
        one for one in told if abs((one.reported or 0.0) - (one.value or 0.0)) > step * (1 + 1e-9)
    ]
    if not apart:
        return Sign(name)
    better = sum(
        badness(history.definition, one.reported or 0.0)
        < badness(history.definition, one.value or 0.0)
        for one in apart
    )
    return Sign(
        name,
        f"The CRO's own figure differs from its rows in {len(apart)} of {len(told)} months; "
        f"in {better} it looks better.",
        tuple(
            Evidence(
                one.period,
                f"reported {value_words(one.reported, unit)}, rows {value_words(one.value, unit)}",
            )
            for one in apart
        ),
    )


def _bad(history: History, months: list[PastMonth]) -> float:
    return fmean(badness(history.definition, one.value or 0.0) for one in months)


def _meeting(one: PastMonth, history: History) -> date | None:
    """Return the last meeting that saw the first, green figure of a month that is worse now."""
    first = one.restatement
    if first is None or first.first_rag is not RagStatus.GREEN or one.value is None:
        return None
    was = -math.inf if first.first_value is None else badness(history.definition, first.first_value)
    if one.rag not in BAD and badness(history.definition, one.value) <= was:
        return None
    seen = [day for day in history.meetings or () if first.first_on <= day <= first.restated_on]
    return max(seen, default=None)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
