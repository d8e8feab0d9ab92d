"""Enrolment of a study as an S-curve: plan, actual, forecast, and the shift against the plan."""

from collections.abc import Iterator, Sequence
from datetime import date

from dashboards.charts.curves import Fan, Mark, PlanLine, curve_figure
from dashboards.charts.frame import Figure
from dashboards.enrolling.actual import Enrolment
from dashboards.enrolling.ahead import Forecast, shift_words, weeks_between
from dashboards.findings import plural
from dashboards.panels.panel import Panel
from dashboards.panels.study import StudyView, month_end, version_name
from oversight.look.tables import Column
from oversight.look.times import day_text, month_text

LINES = "Dashed: plan; dotted: earlier versions; bands: 80 and 95 % of what is to come."


def enrolment_chart(view: StudyView) -> Figure:
    """Draw the curve."""
    enrolment, forecast = _both(view)
    return curve_figure(
        _actual(enrolment),
        noun="enrolled",
        plans=[
            PlanLine(version_name(view.plans, one), [(p.day, p.participants) for p in one.points])
            for one in view.plans
        ],
        fan=_fan(forecast),
        target=forecast.target,
        mark=_mark(forecast),
        cutoff=enrolment.cutoff_date,
    )


def enrolment_panel(view: StudyView) -> Panel:
    """Describe the curve; its table has the months that were and the days ahead."""
    enrolment, forecast = _both(view)
    header, rows = enrolment_table(view)
    return Panel(
        name="enrolment",
        title=_title(view, enrolment, forecast),
        summary=f"Participants enrolled, {plural(len(enrolment.months), 'month')}, "
        f"{enrolment.total:,} in all up to {day_text(enrolment.cutoff_date)}. {_last(forecast)}",
        columns=tuple(Column(name, numeric=place > 0) for place, name in enumerate(header)),
        rows=tuple(
            tuple("–" if cell is None else _text(cell) for cell in row) for row in reversed(rows)
        ),
        note=" ".join(_notes(view, enrolment, forecast)),
    )


def enrolment_table(view: StudyView) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return header and rows: each month up to the cut-off, then the days ahead."""
    enrolment, forecast = _both(view)
    names = [f"Planned, {one.name}" for one in view.plans]
    header = ["Up to", "Enrolled in the month", "Enrolled", "Screen failures", *names]
    header += ["Expected", "80 % from", "80 % to", "95 % from", "95 % to"]
    rows: list[tuple[object, ...]] = []
    for one in enrolment.months:
        day = month_end(one.month, enrolment.cutoff_date)
        planned = [plan.planned_by(day) for plan in view.plans]
        rows.append((day, one.enrolled, one.total, one.failed, *planned, *([None] * 5)))
    if forecast.bands:
        for place, day in enumerate(forecast.bands.days):
            if place:
                planned = [plan.planned_by(day) for plan in view.plans]
                wide, narrow, middle, narrow_to, wide_to = (
                    series[place] for series in forecast.bands.levels
                )
                bands = (middle, narrow, narrow_to, wide, wide_to)
                rows.append((day, None, None, None, *planned, *bands))
    return header, rows


def _both(view: StudyView) -> tuple[Enrolment, Forecast]:
    if view.enrolment is None or view.forecast is None:
        raise LookupError("no listing tells who was enrolled")
    return view.enrolment, view.forecast


def _actual(enrolment: Enrolment) -> Sequence[tuple[date, float]]:
    first = [(enrolment.months[0].month, 0.0)] if enrolment.months else []
    return [
        *first,
        *(
            (month_end(one.month, enrolment.cutoff_date), float(one.total))
            for one in enrolment.months
        ),
    ]


def _fan(forecast: Forecast) -> Fan | None:
    """Enrolment stops at the target: what lies above it will not be."""
    if forecast.bands is None:
        return None
    most = forecast.target or float("inf")
    low95, low80, median, high80, high95 = (
        [min(one, most) for one in series] for series in forecast.bands.levels
    )
    return Fan(forecast.bands.days, low95, low80, median, high80, high95)


def _mark(forecast: Forecast) -> Mark | None:
    last, target = forecast.last, forecast.target
    if last is None or target is None or last.median is None:
        return None
    return Mark(
        last.median, target, f"Last participant: {_last(forecast)}", last.days[1], last.days[3]
    )


def _last(forecast: Forecast) -> str:
    """Say when the last participant is expected, with both intervals."""
    last = forecast.last
    if last is None:
        return ""
    if last.median is None:
        return "The target is not reached within ten years at these rates."
    wide, narrow, _, narrow_to, wide_to = (day_text(one) or "beyond ten years" for one in last.days)
    return (
        f"Last participant expected on {day_text(last.median)}"
        f" (80 %: {narrow} to {narrow_to}; 95 %: {wide} to {wide_to})."
    )


def _title(view: StudyView, enrolment: Enrolment, forecast: Forecast) -> str:
    """Say the shift against the plan, or what can be said without one."""
    count = f"{enrolment.total:,}"
    if view.plans:
        plan = view.plans[-1]
        whole = f"{count} of {plan.target:,} are enrolled"
        if forecast.last is not None and forecast.last.median and plan.ends:
            words = shift_words(weeks_between(plan.ends, forecast.last.median))
            return f"{whole}; the last participant is expected {words} planned"
        return whole
    last = enrolment.months[-1] if enrolment.months else None
    words = plural(enrolment.total, "participant is", "participants are").replace(
        str(enrolment.total), count
    )
    return f"{words} enrolled" + (
        f", {last.enrolled:,} of them in {month_text(last.month)}" if last else ""
    )


def _notes(view: StudyView, enrolment: Enrolment, forecast: Forecast) -> Iterator[str]:
    if told := _last(forecast):
        yield told
    for one in view.plans:
        if forecast.last is not None and forecast.last.median and one.ends:
            words = shift_words(weeks_between(one.ends, forecast.last.median))
            yield f"That is {words} {one.name} ({day_text(one.ends)})."
    if view.plans and (there := view.plans[-1].day_of(enrolment.total)):
        weeks = weeks_between(there, enrolment.cutoff_date)
        words = f"{plural(abs(weeks), 'week')} {'behind' if weeks > 0 else 'ahead'}"
        yield (
            f"{enrolment.total:,} were planned for {day_text(there)}: "
            f"{words if weeks else 'as planned'} at the cut-off."
        )
    yield from forecast.notes
    if enrolment.undated:
        yield f"{enrolment.undated:,} enrolled on a day not given are not in the curve."
    if enrolment.in_screening:
        yield f"{enrolment.in_screening:,} in screening."
    if forecast.bands or view.plans:
        yield LINES


def _text(cell: object) -> str:
    return day_text(cell) if isinstance(cell, date) else f"{cell:,}"
