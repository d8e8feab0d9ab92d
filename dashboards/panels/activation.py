"""Activation of a study's sites as a curve: planned, actual."""

from collections.abc import Iterator, Sequence
from datetime import date

from dashboards.charts.curves import PlanLine, curve_figure
from dashboards.charts.frame import Figure
from dashboards.enrolling.sites import usual_delay
from dashboards.findings import plural
from dashboards.panels.panel import Panel
from dashboards.panels.study import StudyView, month_end, version_name
from dashboards.periods import months_between
from oversight.look.tables import Column
from oversight.look.times import day_text

BY_SITE = "site by site"


def activation_chart(view: StudyView) -> Figure:
    """Draw the curve."""
    return curve_figure(
        _steps(_activated(view), until=view.tables.cutoff_date),
        noun="active",
        plans=_plans(view),
        cutoff=view.tables.cutoff_date,
        stepped=True,
    )


def activation_panel(view: StudyView) -> Panel:
    """Describe the curve."""
    header, rows = activation_table(view)
    return Panel(
        name="activation",
        title=_title(view),
        summary=f"{plural(len(_activated(view)), 'site')} activated up to "
        f"{day_text(view.tables.cutoff_date)}, against what was planned.",
        columns=tuple(Column(name, numeric=place > 0) for place, name in enumerate(header)),
        rows=tuple(
            tuple("–" if one is None else _text(one) for one in row) for row in reversed(rows)
        ),
        note=" ".join(_notes(view)),
    )


def activation_table(view: StudyView) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return header and rows, a month each, up to the last day planned."""
    activated, plans, cutoff = _activated(view), _plans(view), view.tables.cutoff_date
    days = [*activated, cutoff, *(day for one in plans for day, _ in one.points)]
    rows: list[tuple[object, ...]] = []
    for month in months_between(min(days), max(days)):
        end = month_end(month, date.max)
        reached = sum(day <= end for day in activated) if month <= cutoff else None
        rows.append((end, reached, *(_planned(one, end) for one in plans)))
    return ["Up to", "Sites activated", *(f"Planned, {one.name}" for one in plans)], rows


def _activated(view: StudyView) -> list[date]:
    cutoff = view.tables.cutoff_date
    return sorted(one.activated for one in view.sites if one.activated and one.activated <= cutoff)


def _plans(view: StudyView) -> list[PlanLine]:
    """Return the versions of the plan that count sites, then the planned days of the sites."""
    found = [
        PlanLine(
            version_name(view.plans, one),
            [(point.day, float(point.sites)) for point in one.points if point.sites is not None],
        )
        for one in view.plans
    ]
    by_site = sorted(one.planned for one in view.sites if one.planned)
    if by_site:
        found.append(PlanLine(BY_SITE, _steps(by_site)))
    return [one for one in found if one.points]


def _steps(days: Sequence[date], *, until: date | None = None) -> list[tuple[date, float]]:
    """Return how many lie up to each day on which the number grows."""
    found = {day: float(place) for place, day in enumerate(days, start=1)}
    if until is not None and days:
        found.setdefault(until, float(len(days)))
    return list(found.items())


def _planned(one: PlanLine, day: date) -> int:
    return max((int(height) for at, height in one.points if at <= day), default=0)


def _title(view: StudyView) -> str:
    active, plans = len(_activated(view)), _plans(view)
    if not plans:
        return f"{plural(active, 'site is', 'sites are')} activated"
    due = _planned(plans[-1], view.tables.cutoff_date)
    words = f"{active} of {plural(due, 'site')} planned by now {'is' if active == 1 else 'are'}"
    return f"{words} activated"


def _notes(view: StudyView) -> Iterator[str]:
    plans = _plans(view)
    if not plans:
        yield (
            "No plan of activation came: the listings Plan of enrolment and Site start-up"
            " milestones would tell it."
        )
    if delay := usual_delay(view.sites):
        yield f"Half of the sites came {plural(delay, 'day')} or more after their planned day."
    elif any(one.planned and one.activated for one in view.sites):
        yield "At least half of the sites came on their planned day or before."
    if plans:
        yield "Dashed: the plan that counts; dotted: other versions."


def _text(cell: object) -> str:
    return day_text(cell) if isinstance(cell, date) else f"{cell:,}"
