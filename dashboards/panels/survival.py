"""The time from start to end with open cases counted: the panel of the formula `duration`."""

from collections.abc import Mapping
from typing import Any

from dashboards.charts.frame import Figure
from dashboards.charts.survival import Curve, survival_figure
from dashboards.durations import duration_words
from dashboards.findings import plural
from dashboards.panels.panel import Panel
from dashboards.selectors.kpi import KpiView
from kpis.engine.wording import NBSP, number_words
from oversight.look.tables import Column


def survival_chart(view: KpiView) -> Figure:
    """Draw the curve of the period."""
    return survival_figure(view.definition, curve_of(view))


def survival_panel(view: KpiView) -> Panel:
    """Describe the curve; its table has a row for each day on which something ended."""
    curve, detail = curve_of(view), view.reading.detail if view.reading else {}
    at_risk = _by_day(detail.get("at_risk", {}))
    days = sorted({*curve.survival, *curve.censored})
    words = duration_words(view.definition)
    return Panel(
        name="survival",
        title=_title(view, curve),
        summary=f"Share not {words.ended} by {words.step}, over "
        f"{plural(curve.longest, words.step)}; "
        f"{number_words(detail.get('open'))} still open.",
        columns=(
            Column(words.step.capitalize(), numeric=True),
            Column("Watched", numeric=True),
            Column(f"Not {words.ended} after it", numeric=True),
            Column("Seen open until it", numeric=True),
        ),
        rows=tuple(
            (
                str(day),
                number_words(at_risk.get(day)),
                f"{100 * curve.left_on(day):.0f}{NBSP}%",
                number_words(curve.censored.get(day)),
            )
            for day in days
        ),
        note=f"Kaplan-Meier. A tick is a {words.case} seen open for so many {words.step}s and not "
        f"{words.ended} then: still open, or withdrawn. Grey band: 95 % interval of the value.",
    )


def curve_of(view: KpiView) -> Curve:
    """Return the curve that the result keeps."""
    if view.reading is None:
        return Curve({}, {})
    return curve_of_detail(view.reading.value, view.reading.detail)


def curve_of_detail(median: float | None, detail: Mapping[str, Any]) -> Curve:
    """Return the curve that a result's further figures hold."""
    return Curve(
        survival=_by_day(detail.get("survival", {})),
        censored={day: int(n) for day, n in _by_day(detail.get("censored", {})).items()},
        median=median,
        low=detail.get("low"),
        high=detail.get("high"),
    )


def _title(view: KpiView, curve: Curve) -> str:
    words = duration_words(view.definition)
    if not curve.survival and not curve.censored:
        return f"No {words.case} has begun yet"
    if curve.median is None:
        return f"Fewer than {words.part} of the {words.case}s are {words.ended}: no value yet"
    within = plural(int(curve.median), words.step)
    return f"{words.part.capitalize()} of the {words.case}s were {words.ended} within {within}"


def _by_day(found: Mapping[str, float]) -> dict[int, float]:
    return {int(day): number for day, number in found.items()}
