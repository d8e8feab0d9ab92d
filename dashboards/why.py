"""Why a rolled-up KPI moved between two months, or why that cannot be told. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.selectors.kpi import KpiView
from dashboards.selectors.move import UnitsOfTwoMonths
from dashboards.selectors.runs import Reading
from kpis.engine.statistics.chart_choice import adds_up, scale_of
from kpis.engine.statistics.movement import Move, counted_movement, movement, with_rest
from kpis.engine.statistics.rollup import Part
from oversight.look.times import month_text

COUNT = "count"
NO_SUM: Mapping[str, str] = {
    "duration": "A median is no sum of its units' medians, so what each unit added to its change "
    "cannot be told. Compare the units' own curves instead.",
    "variance": "Variances are distances that may cancel each other out, so units do not add up to "
    "them.",
    "concentration": "A concentration looks at all units at once: no unit has a part of its own.",
    "survey_index": "An index of answers is a mean of topics, not a ratio that units add up to.",
}
OTHERWISE = "The value is no ratio of sums, so units do not add up to its change."


@dataclass(frozen=True)
class Why:
    """The change taken apart, in the unit of the value; `move` None: `reason` says why not."""

    view: KpiView
    units: UnitsOfTwoMonths
    move: Move | None
    reason: str
    scale: float = 1.0


def why_of(view: KpiView, units: UnitsOfTwoMonths) -> Why:
    """Return why the value moved since the month compared with."""
    was, now = view.by_month.get(units.since), view.reading
    reason = _reason(view, units, was, now)
    if reason or was is None or now is None:
        return Why(view, units, None, reason)
    rest = f"not told by {_one(units.by)}"
    if view.definition.formula == COUNT:
        before, after = (
            _counts(month, one, rest) for month, one in ((units.before, was), (units.now, now))
        )
        return Why(view, units, counted_movement(before, after), "")
    sides = [
        with_rest(month, Part(one.numerator, one.denominator), rest)
        for month, one in ((units.before, was), (units.now, now))
    ]
    return Why(view, units, movement(*sides), "", scale_of(view.definition))


def _reason(
    view: KpiView, units: UnitsOfTwoMonths, was: Reading | None, now: Reading | None
) -> str:
    formula = view.definition.formula
    if formula != COUNT and not adds_up(view.definition):
        return NO_SUM.get(formula, OTHERWISE)
    if not units.by:
        return "The KPI is told for this scope as a whole only: no unit below it has a result."
    for one, month in ((was, units.since), (now, view.period)):
        if one is None or one.value is None:
            return f"{month_text(month)} has no value to compare with."
        if not _is_quotient(view, one):
            return OTHERWISE
    if was is not None and now is not None and was.version != now.version:
        return (
            f"{month_text(units.since)} was computed with version {was.version} of the definition, "
            f"{month_text(view.period)} with version {now.version}: a change of meaning cannot be "
            "told apart from what units did."
        )
    return ""


def _counts(month: Mapping[str, Part], whole: Reading, rest: str) -> dict[str, float]:
    bare = {name: Part(part.numerator, None) for name, part in month.items()}
    every = with_rest(bare, Part(whole.numerator, None), rest)
    return {name: part.numerator or 0.0 for name, part in every.items()}


def _is_quotient(view: KpiView, one: Reading) -> bool:
    """Tell whether the value is what its numerator and denominator make, as sums would."""
    value, top, bottom = one.value, one.numerator, one.denominator
    if value is None or top is None:
        return False
    if view.definition.formula == COUNT:
        return abs(value - top) <= 1e-9 * max(1.0, abs(value))
    if not bottom:
        return False
    return abs(scale_of(view.definition) * top / bottom - value) <= 1e-9 * max(1.0, abs(value))


def _one(by: str) -> str:
    return {"studies": "study", "countries": "country"}.get(by, "site")
