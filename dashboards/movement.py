"""What a value did since the month before: direction, better or worse, and in words. Pure."""

from dataclasses import dataclass

from kpis.engine.definition import KpiDefinition, Limit
from kpis.engine.terms import Direction, Unit
from kpis.engine.wording import MINUS, NBSP, value_words


@dataclass(frozen=True)
class Movement:
    """`direction` is "up", "down" or "flat"; empty where one of the two values is not there."""

    direction: str = ""
    worse: bool = False
    words: str = ""


def movement(definition: KpiDefinition, now: float | None, before: float | None) -> Movement:
    """Compare two values; what does not show in the figure as written is steady."""
    if now is None or before is None:
        return Movement()
    words = change_words(now - before, definition.unit)
    if value_words(now, definition.unit) == value_words(before, definition.unit):
        return Movement("flat", False, words)
    return Movement("up" if now > before else "down", _worse(definition, now, before), words)


def change_words(change: float, unit: Unit) -> str:
    """Write a change with its sign: +3.4 points."""
    suffix = f"{NBSP}points" if unit is Unit.PERCENT else ""
    shown = f"{abs(change):.1f}" if unit is Unit.PERCENT else value_words(abs(change), unit)
    if shown in ("0.0", value_words(0.0, unit)):
        return f"0{suffix}"
    return f"{'+' if change > 0 else MINUS}{shown}{suffix}"


def _worse(definition: KpiDefinition, now: float, before: float) -> bool:
    if definition.direction is Direction.LOWER:
        return now > before
    if definition.direction is Direction.HIGHER:
        return now < before
    limits = definition.limits
    return limits is not None and _outside(limits.amber, now) > _outside(limits.amber, before)


def _outside(limit: Limit, value: float) -> float:
    low, high = limit if isinstance(limit, tuple) else (limit, limit)
    return max(low - value, value - high, 0.0)
