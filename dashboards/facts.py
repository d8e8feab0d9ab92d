"""The figures at the top of a KPI page, from the formula's further figures. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.findings import movement_words, plural, status_words
from dashboards.fractions import fraction_words, shown_value
from dashboards.periods import month_name, months_back
from dashboards.selectors.kpi import KpiView
from kpis.engine.terms import Unit
from kpis.engine.wording import number_words, value_words
from oversight.look.figures import days_text
from oversight.look.times import month_text


@dataclass(frozen=True)
class Fact:
    """One figure with its name above and a few words below."""

    name: str
    value: str
    words: str = ""


def title(view: KpiView) -> str:
    """Say what happened to the KPI in the scope: value, colour and movement."""
    name, moved = view.definition.name, movement_words(view.spot)
    if not view.spot.value:
        return f"{name} is {status_words(view.spot)} for {month_name(view.period)}"
    words = f"{name} is {status_words(view.spot)}"
    return f"{words}; it {moved}" if moved else words


def facts(view: KpiView) -> tuple[Fact, ...]:
    """Return the figures beside the value, as the formula gives them."""
    if view.reading is None:
        return ()
    before = months_back(view.period, 2)[0]
    there = view.by_month.get(before)
    fraction = (
        fraction_words(view.definition, there.numerator, there.denominator)
        if there and not there.missing
        else ""
    )
    since = Fact(
        f"Since {month_text(before)}",
        view.spot.moved.words or "–",
        f"{fraction} then" if fraction else "no result then",
    )
    detail = view.reading.detail
    return (*_first_figure(view), since, *BY_FORMULA[view.definition.formula](view, detail))


def _first_figure(view: KpiView) -> Iterator[Fact]:
    """What stood for the month before it was restated: both figures are kept and shown."""
    first = view.earlier.get(view.period)
    if first is not None and not first.missing:
        yield Fact(
            "First figure, later restated",
            shown_value(view.definition, first.value, first.longest_open),
            fraction_words(view.definition, first.numerator, first.denominator),
        )


def _ageing(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    if "open_state" in detail:
        yield Fact(
            "Open and answered",
            number_words(detail["open"]),
            f"{number_words(detail['open_state'])} open, "
            f"{number_words(detail['answered_state'])} answered",
        )
    for key in sorted(detail):
        own = f"share_over_{view.definition.parameters.get('older_than')}"
        if key.startswith("share_over_") and key != own:
            count = number_words(detail[key.replace("share_over", "older_than")])
            yield Fact(
                f"Older than {key.rsplit('_', 1)[1]} days",
                value_words(detail[key], Unit.PERCENT),
                f"{count} queries",
            )
    if "median_age" not in detail:
        return
    yield Fact("Median age", days_text(detail["median_age"]), "of all open ones")
    yield Fact("90 % are younger than", days_text(detail["p90_age"]), "90th percentile of age")
    yield Fact("Oldest", days_text(detail["oldest_age"]), "at the data cut-off")


def _rate(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    """The events apart, as the KPI splits them, and what is not in the rate and why."""
    for key in sorted(detail):
        if key.startswith("by_"):
            for name, count in detail[key].items():
                if name != "other" or count:
                    words = "in the numerator" if name != "other" else "with neither word"
                    yield Fact(name.capitalize(), number_words(count), words)
    unknown = (view.definition.parameters.get("matched_by"), detail.get("unmatched"))
    if unknown[0]:
        yield Fact(
            "Unmatched", number_words(unknown[1]), f"of an unknown {unknown[0]}: not in the rate"
        )
    yield from _left_out(view, detail)
    for key, words in (("exposure_undated", "without a day"), ("exposure_unknown", "unclear")):
        if detail.get(key):
            yield Fact("Denominator", number_words(detail[key]), f"{words}: left out")


def _share(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    yield from _left_out(view, detail)
    if detail.get("undecided"):
        yield Fact("Undecided", number_words(detail["undecided"]), "in the whole, not in the part")


def _duration(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    if "open" not in detail:
        return
    yield Fact("95 % interval", _between(detail.get("low"), detail.get("high")), "of the median")
    quarter, most = detail.get("p25"), detail.get("p75")
    three = "not reached" if most is None else f"within {days_text(most)}"
    yield Fact("A quarter within", days_text(quarter), f"three quarters {three}")
    yield Fact(
        "Still open", number_words(detail["open"]), f"longest {days_text(detail['longest_open'])}"
    )
    yield Fact("Withdrawn", number_words(detail["stopped"]), "counted with the time they were open")
    if detail.get("backwards"):
        yield Fact(
            "Left out", plural(int(detail["backwards"]), "row"), "that end before they start"
        )


def _between(low: float | None, high: float | None) -> str:
    if low is None:
        return "not reached"
    return f"over {days_text(low)}" if high is None else f"{low:.0f} to {days_text(high)}"


def _left_out(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    if detail.get("undated"):
        parameters: Mapping[str, Any] = view.definition.parameters
        cases = parameters.get("events") or parameters.get("whole") or {}
        counted = cases.get("dated", {}).get("undated") == "counted"
        words = "rows without the day: counted" if counted else "rows without the day: left out"
        yield Fact("Undated", number_words(detail["undated"]), words)
    if detail.get("unknown"):
        yield Fact("Not said", number_words(detail["unknown"]), "rows that do not say: left out")


BY_FORMULA: Mapping[str, Callable[[KpiView, Mapping[str, Any]], Iterator[Fact]]] = {
    "stock_ageing": _ageing,
    "event_rate": _rate,
    "share": _share,
    "duration": _duration,
}
