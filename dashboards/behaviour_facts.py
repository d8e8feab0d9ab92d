"""How a KPI behaves, in words: the second line of figures on its page. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboards.behaviour import Behaviour, behaviour, interval_of, trailing_of, trailing_value
from dashboards.charts.ageing import bucket_words
from dashboards.fractions import DURATION, fraction_words
from dashboards.periods import months_back
from dashboards.selectors.kpi import KpiView
from kpis.engine.ageing import bucket_names
from kpis.engine.statistics.control import ChartKind
from kpis.engine.statistics.icons import ASSURANCE_WORDS, VARIATION_WORDS
from kpis.engine.statistics.rollup import median_bucket, median_range, summed_buckets
from kpis.engine.wording import NBSP, limit_words, value_words

INTERVAL_NAMES = {"event_rate": "exact Poisson interval", "share": "Wilson interval"}


@dataclass(frozen=True)
class BehaviourFact:
    """One figure: name above, value, a few words below; `icon` names the mark beside it."""

    name: str
    value: str
    words: str
    icon: str = ""


def behaviour_facts(view: KpiView) -> tuple[BehaviourFact, ...]:
    """Return three months, interval, variation and assurance; nothing without a result."""
    if view.reading is None:
        return ()
    told = behaviour(view)
    return (*_three_months(view), *_interval(view), _variation(told), _assurance(view, told))


def _three_months(view: KpiView) -> Iterator[BehaviourFact]:
    name, sums = "Trailing 3 months", trailing_of(view, view.period)
    if sums is not None:
        words = fraction_words(view.definition, sums.numerator, sums.denominator)
        missing = "" if sums.there == sums.asked else f", {sums.there} of {sums.asked} months"
        value = value_words(trailing_value(view, sums), view.definition.unit)
        yield BehaviourFact(name, value, f"{words}{missing}")
        yield from _median_age(view)
        return
    if view.definition.formula != DURATION:
        return
    found = [view.by_month.get(one) for one in months_back(view.period, 3)]
    ends = median_range(one.value if one else None for one in found)
    if ends is not None:
        unit = view.definition.unit
        value = value_words(ends[0], unit)
        if ends[0] != ends[1]:
            value = f"{value_words(ends[0], unit)} to {value_words(ends[1], unit)}"
        yield BehaviourFact(name, value, "lowest and highest median; medians do not add up")


def _median_age(view: KpiView) -> Iterator[BehaviourFact]:
    """The median of a stock over three month-ends, as far as bucket counts tell it."""
    if view.definition.formula != "stock_ageing":
        return
    edges = view.definition.parameters["buckets"]
    names = bucket_names(tuple(edges))  # type: ignore[arg-type]  # checked with the catalogue
    found = [view.by_month.get(one) for one in months_back(view.period, 3)]
    counts = summed_buckets(one.detail.get("buckets") or {} for one in found if one)
    middle = median_bucket({name: counts.get(name, 0) for name in names})
    if middle is not None:
        low, high = (bucket_words(name) for name in middle)
        value = low if low == high else f"{low} or {high}"
        yield BehaviourFact("Median age, 3 months", value, "as close as age buckets tell")


def _interval(view: KpiView) -> Iterator[BehaviourFact]:
    found, unit = interval_of(view), view.definition.unit
    if found is not None:
        low, high = value_words(found.low, unit), value_words(found.high, unit)
        name = INTERVAL_NAMES.get(view.definition.formula, INTERVAL_NAMES["share"])
        yield BehaviourFact("95 % interval", f"{low.split(NBSP)[0]} to {high}", name)


def _variation(told: Behaviour) -> BehaviourFact:
    head, _, words = VARIATION_WORDS[told.variation].partition(": ")
    why = signal_words(told, told.months[-1]) if told.months else ""
    return BehaviourFact("Variation", head, why or words, f"variation-{told.variation}")


def _assurance(view: KpiView, told: Behaviour) -> BehaviourFact:
    limits, unit = view.definition.limits, view.definition.unit
    head, _, words = ASSURANCE_WORDS[told.assurance].partition(": ")
    last = told.months[-1] if told.months else None
    if last is not None and told.range_of(last) is not None:
        words = f"usual range {range_words(view, told, last)}"
        if limits is not None:
            ends = limits.amber if isinstance(limits.amber, tuple) else (limits.amber,)
            words += f", asked {' to '.join(limit_words(one, unit) for one in ends)}"
    return BehaviourFact("Assurance", head, words, f"assurance-{told.assurance}")


def range_words(view: KpiView, told: Behaviour, month: date) -> str:
    """Write the usual range of a month; – where it has none. No value lies below 0."""
    spread, unit = told.range_of(month), view.definition.unit
    if spread is None:
        return "–"
    low, high = value_words(max(spread[0], 0.0), unit), value_words(spread[1], unit)
    return f"{low.split(NBSP)[0]} to {high}"


def signal_words(told: Behaviour, month: date) -> str:
    """Say why a month stands out; empty where it does not."""
    return ", ".join(dict.fromkeys(one.words for one in told.signals_of(month)))


def chart_words(told: Behaviour) -> str:
    """Say where the usual range comes from."""
    last = told.chart.last
    if last is None or last.kind is ChartKind.RUN:
        count = 0 if last is None else last.last - last.first + 1
        return f"Line: median; {count} of the 8 months that a usual range needs."
    names = {ChartKind.XMR: "XmR", ChartKind.P: "p-chart", ChartKind.U: "u-chart"}
    count = last.last - last.first + 1
    provisional = ", provisional under 12" if last.provisional else ""
    anew = f", begun anew: {last.reason}" if last.reason else ""
    return (
        f"Grey: the usual range ({names[last.kind]}, {count} months{provisional}{anew}); "
        "a ring is more than common cause."
    )
