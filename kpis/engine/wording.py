"""How values, limits and formulas are written, so that pages, API and reference say the same.

English, no-break space before units, comma between thousands, − (U+2212) for minus. Rounding
happens here and only for display.
"""

from collections.abc import Mapping

from kpis.engine.definition import KpiDefinition, Limit
from kpis.engine.formulas import FORMULAS
from kpis.engine.shapes import Number, Outcome
from kpis.engine.terms import Direction, ProvenanceKind, Unit

NBSP = "\u00a0"
MINUS = "\u2212"
NO_VALUE = "–"

SUFFIXES = {
    Unit.PERCENT: f"{NBSP}%",
    Unit.DAYS: f"{NBSP}d",
    Unit.HOURS: f"{NBSP}h",
    Unit.PER_100: f"{NBSP}per{NBSP}100",
    Unit.PER_SITE_MONTH: f"{NBSP}per{NBSP}site{NBSP}and{NBSP}month",
    Unit.COUNT: "",
    Unit.RATIO: "",
    Unit.SCORE: "",
    Unit.CURRENCY: "",
    Unit.KILOGRAMS: f"{NBSP}kg",
}
DECIMALS = {Unit.COUNT: 0, Unit.RATIO: 2, Unit.PER_SITE_MONTH: 2, Unit.CURRENCY: 0}

PROVENANCE_WORDS = {
    ProvenanceKind.CONTRACT: "contract",
    ProvenanceKind.SPONSOR_STANDARD: "sponsor standard",
    ProvenanceKind.INDUSTRY: "industry",
    ProvenanceKind.OWN_HISTORY: "own history",
    ProvenanceKind.DEFAULT: "default, not an industry standard",
}


def number_words(number: Number, *, decimals: int = 0) -> str:
    """Return a number for reading: 2,239; −1.5; – when there is none."""
    if number is None:
        return NO_VALUE
    text = f"{abs(number):,.{decimals}f}"
    negative = number < 0 and any(digit in text for digit in "123456789")
    return MINUS + text if negative else text


def value_words(value: Number, unit: Unit) -> str:
    """Return a value with its unit: 18.4 %, 12.0 d, 1.02; – without a value, never with a unit."""
    if value is None:
        return NO_VALUE
    return number_words(value, decimals=DECIMALS.get(unit, 1)) + SUFFIXES[unit]


def outcome_words(outcome: Outcome, unit: Unit) -> str:
    """Return the value with its unit, or “> 61.0 d” where only a lower bound is known."""
    if outcome.value is None and outcome.lower_bound is not None:
        return f">{NBSP}{value_words(outcome.lower_bound, unit)}"
    return value_words(outcome.value, unit)


def limit_words(limit: float, unit: Unit) -> str:
    """Return a limit with as many decimals as it has, so that none hides in rounding."""
    decimals = len(f"{limit:.6f}".rstrip("0").partition(".")[2])
    return number_words(limit, decimals=decimals) + SUFFIXES[unit]


def formula_words(definition: KpiDefinition) -> str:
    """Return the formula as one line, such as numerator over denominator."""
    return formula_line(
        definition.formula,
        definition.parameters,
        unit=definition.unit,
        numerator=definition.numerator_words,
        denominator=definition.denominator_words,
    )


def formula_line(
    name: str, parameters: Mapping[str, object], *, unit: Unit, numerator: str, denominator: str
) -> str:
    """Return the line of a named formula with these words in it."""
    return FORMULAS[name].line.format(
        factor="100 × " if unit in (Unit.PERCENT, Unit.PER_100) else "",
        numerator=numerator,
        denominator=denominator,
        quantile=_quantile_words(float(str(parameters.get("share", 0.5)))),
        steps="hours" if unit is Unit.HOURS else "days",
    )


def _quantile_words(share: float) -> str:
    return "median" if share == 0.5 else f"{100 * share:.0f}th percentile of the"


def limits_words(definition: KpiDefinition) -> dict[str, str]:
    """Return green, amber and red in words; empty for a KPI without limits.

    The limit itself still has the better colour: up to 5 % green, over 5 % amber, over 10 % red.
    """
    if definition.limits is None:
        return {}
    amber, red, unit = definition.limits.amber, definition.limits.red, definition.unit
    if isinstance(amber, tuple):
        green = f"{limit_words(amber[0], unit)} to {limit_words(amber[1], unit)}"
    else:
        better = "up to" if definition.direction is Direction.LOWER else "at least"
        green = f"{better} {limit_words(amber, unit)}"
    return {
        "green": green,
        "amber": _beyond(amber, definition),
        "red": _beyond(red, definition),
    }


def _beyond(limit: Limit, definition: KpiDefinition) -> str:
    unit = definition.unit
    if isinstance(limit, tuple):
        return f"under {limit_words(limit[0], unit)} or over {limit_words(limit[1], unit)}"
    word = "over" if definition.direction is Direction.LOWER else "under"
    return f"{word} {limit_words(limit, unit)}"
