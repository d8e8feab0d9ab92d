"""The time from start to end with open cases counted: the panel of the formula `duration`."""

from collections.abc import Mapping

from dashboards.charts.frame import Figure
from dashboards.charts.survival import Curve, survival_figure
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
    return Panel(
        name="survival",
        title=_title(view, curve),
        summary=f"Share not filled by day, over {plural(curve.longest, 'day')}; "
        f"{number_words(detail.get('open'))} still open.",
        columns=(
            Column("Day", numeric=True),
            Column("Watched", numeric=True),
            Column("Not filled after it", numeric=True),
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
        note="Kaplan-Meier. A tick is a position seen open for so many days and not filled then: "
        "still open, or withdrawn. Grey band: 95 % interval of the median.",
    )


def curve_of(view: KpiView) -> Curve:
    """Return the curve that the result keeps."""
    if view.reading is None:
        return Curve({}, {})
    detail = view.reading.detail
    return Curve(
        survival=_by_day(detail.get("survival", {})),
        censored={day: int(n) for day, n in _by_day(detail.get("censored", {})).items()},
        median=view.reading.value,
        low=detail.get("low"),
        high=detail.get("high"),
    )


def _title(view: KpiView, curve: Curve) -> str:
    if not curve.survival and not curve.censored:
        return "No position was approved yet"
    if curve.median is None:
        return "Fewer than half of the positions are filled: no median yet"
    return f"Half of the positions were filled within {plural(int(curve.median), 'day')}"


def _by_day(found: Mapping[str, float]) -> dict[int, float]:
    return {int(day): number for day, number in found.items()}
