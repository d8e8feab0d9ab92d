"""The further figures of a formula, in words: what stands beside the value. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.findings import plural
from dashboards.selectors.kpi import KpiView
from kpis.engine.terms import Unit
from kpis.engine.wording import number_words, value_words
from oversight.look.figures import days_text

# The names under which formulas keep the cases of their numerator.
CASES = ("events", "whole", "numerator", "counted", "actual", "amounts", "required", "answers")


@dataclass(frozen=True)
class Fact:
    """One figure with its name above and a few words below."""

    name: str
    value: str
    words: str = ""


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
    yield from _apart(detail, "in the numerator")
    unknown = (view.definition.parameters.get("matched_by"), detail.get("unmatched"))
    if unknown[0]:
        yield Fact(
            "Unmatched", number_words(unknown[1]), f"of an unknown {unknown[0]}: not in the rate"
        )
    yield from _left_out(view, detail)
    yield from _base_left_out(detail, "exposure")


def _share(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    yield from _left_out(view, detail)
    if detail.get("undecided"):
        yield Fact("Undecided", number_words(detail["undecided"]), "in the whole, not in the part")


def _duration(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    if "open" not in detail:
        return
    unit = view.definition.unit

    def time(number: float | None) -> str:
        return value_words(number, unit) if unit is Unit.HOURS else days_text(number)

    low, high = detail.get("low"), detail.get("high")
    if low is None:
        between = "not reached"
    else:
        between = f"over {time(low)}" if high is None else f"{low:.0f} to {time(high)}"
    yield Fact("95 % interval", between, "of the value")
    quarter, most = detail.get("p25"), detail.get("p75")
    three = "not reached" if most is None else f"within {time(most)}"
    yield Fact("A quarter within", time(quarter), f"three quarters {three}")
    yield Fact(
        "Still open", number_words(detail["open"]), f"longest {time(detail['longest_open'])}"
    )
    yield Fact("Withdrawn", number_words(detail["stopped"]), "counted with the time they were open")
    if detail.get("backwards"):
        yield Fact(
            "Left out", plural(int(detail["backwards"]), "row"), "that end before they start"
        )


def _ratio(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    yield from _left_out(view, detail)
    yield from _base_left_out(detail, "denominator")


def _timeliness(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    if "late" not in detail:
        return
    yield Fact("Done late", number_words(detail["late"]), "after they were due")
    yield Fact("Overdue", number_words(detail["overdue"]), "due and not done")
    yield from _apart(detail, "late or overdue")
    if detail["stopped"]:
        yield Fact("Stopped before", number_words(detail["stopped"]), "left out")
    yield from _left_out(view, detail)


def _count(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    yield from _apart(detail, "of these")
    yield from _left_out(view, detail)


def _variance(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    for version, count in detail.get("baselines", {}).items():
        yield Fact(f"Baseline {version}", number_words(count), "rows compared with it")
    yield from _left_out(view, detail)


def _concentration(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    if "holders" in detail:
        share = value_words(detail["largest_share"], Unit.PERCENT)
        yield Fact("Holders", number_words(detail["holders"]), f"the largest has {share}")
    yield from _left_out(view, detail)


def _adherence(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    if "coverage" in detail:
        of = f"{number_words(detail['measured'])} of {number_words(detail['required'])} measured"
        yield Fact("Coverage", value_words(detail["coverage"], Unit.PERCENT), of)
    if detail.get("failed_capping"):
        failed = number_words(detail["failed_capping"])
        yield Fact("Failed, safety", failed, "nothing makes up for these")
    yield from _left_out(view, detail)


def _survey(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    if "gap" not in detail:
        return
    yield Fact("Gap", number_words(detail["gap"], decimals=1), "between the two sides")
    for topic, mean in detail["topics"].items():
        yield Fact(topic.capitalize(), number_words(mean, decimals=1), "mean of this topic")
    steps = detail["distribution"].items()
    spread = ", ".join(f"{number_words(count)} × {step}" for step, count in steps)
    yield Fact("Answers", spread, "by step of the scale")
    yield from _left_out(view, detail)


def _base_left_out(detail: Mapping[str, Any], base: str) -> Iterator[Fact]:
    for key, words in (("undated", "without a day"), ("unknown", "unclear")):
        count = detail.get(f"{base}_{key}")
        if count:
            yield Fact("Denominator", number_words(count), f"{words}: left out")


def _apart(detail: Mapping[str, Any], words: str) -> Iterator[Fact]:
    for key in sorted(detail):
        if key.startswith("by_"):
            for name, count in detail[key].items():
                if name != "other" or count:
                    said = words if name != "other" else "with neither word"
                    yield Fact(name.capitalize(), number_words(count), said)


def _left_out(view: KpiView, detail: Mapping[str, Any]) -> Iterator[Fact]:
    if detail.get("undated"):
        parameters: Mapping[str, Any] = view.definition.parameters
        chosen = (parameters[name] for name in CASES if name in parameters)
        cases: Mapping[str, Any] = next(chosen, {})
        counted = cases.get("dated", {}).get("undated") == "counted"
        words = "rows without the day: counted" if counted else "rows without the day: left out"
        yield Fact("Undated", number_words(detail["undated"]), words)
    if detail.get("unknown"):
        yield Fact("Not said", number_words(detail["unknown"]), "rows that do not say: left out")


BY_FORMULA: Mapping[str, Callable[[KpiView, Mapping[str, Any]], Iterator[Fact]]] = {
    "stock_ageing": _ageing,
    "event_rate": _rate,
    "share": _share,
    "ratio": _ratio,
    "timeliness": _timeliness,
    "duration": _duration,
    "count": _count,
    "variance": _variance,
    "concentration": _concentration,
    "adherence": _adherence,
    "survey_index": _survey,
}
