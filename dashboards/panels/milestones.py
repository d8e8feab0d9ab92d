"""Milestones of a study: the panel of its dumbbells."""

from collections.abc import Sequence
from datetime import date

from dashboards.charts.dumbbells import ROWS_SHOWN, Dumbbell, dumbbell_figure
from dashboards.charts.frame import Figure
from dashboards.findings import plural
from dashboards.milestones import Milestone, milestones_of
from dashboards.panels.panel import Panel
from dashboards.panels.study import StudyView
from kpis.engine.wording import MINUS, NBSP
from oversight.look.tables import Column
from oversight.look.times import day_text

WEEK = 7


def milestones_chart(view: StudyView) -> Figure:
    """Draw the milestones."""
    return dumbbell_figure(
        [
            Dumbbell(_name(one), one.baseline, one.planned, one.reached, slip_words(one.slip))
            for one in milestones_of(view.tables)
        ],
        cutoff=view.tables.cutoff_date,
    )


def milestones_panel(view: StudyView) -> Panel:
    """Describe the dumbbells; the table has every milestone."""
    found, cutoff = milestones_of(view.tables), view.tables.cutoff_date
    header, rows = milestones_table(view)
    note = "Hollow: first and newest plan; solid: reached. Beside: slip against the first plan."
    if len(found) > ROWS_SHOWN:
        note += f" The first {ROWS_SHOWN} are drawn."
    return Panel(
        name="milestones",
        title=_title(found, cutoff),
        summary=f"{plural(len(found), 'milestone')}, "
        f"{sum(one.reached is not None for one in found)} reached.",
        columns=tuple(Column(name, numeric=name == "Slip, days") for name in header),
        rows=tuple(tuple(_text(cell) for cell in row) for row in rows),
        note=note,
    )


def milestones_table(view: StudyView) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return header and rows of all milestones."""
    header = ["Milestone", "Country", "First plan", "Newest plan", "Reached", "Slip, days"]
    return [*header, "Plan version", "Reason"], [
        (
            *(one.name, one.country, one.baseline, one.planned, one.reached),
            *(one.slip, one.version, one.reason),
        )
        for one in milestones_of(view.tables)
    ]


def slip_words(days: int | None) -> str:
    """Say a slip: "+9 d", "−3 d", from two weeks on in weeks: "+5 weeks"."""
    if days is None:
        return ""
    if days == 0:
        return "on plan"
    sign = "+" if days > 0 else MINUS
    if abs(days) < 2 * WEEK:
        return f"{sign}{abs(days)}{NBSP}d"
    return f"{sign}{abs(days) / WEEK:.0f}{NBSP}weeks"


def _name(one: Milestone) -> str:
    return f"{one.name}, {one.country}" if one.country else one.name


def _title(found: Sequence[Milestone], cutoff: date) -> str:
    """Say the worst slip ahead, or the worst there was, and how many are overdue."""
    slipped = [one for one in found if one.slip is not None]
    if not slipped:
        return f"{plural(len(found), 'key date')}; no first plan to hold them against"
    ahead = [one for one in slipped if one.reached is None] or slipped
    worst = max(ahead, key=lambda one: one.slip or 0)
    late = sum(one.overdue(cutoff) for one in found)
    words = "No milestone is behind its first plan"
    if (worst.slip or 0) > 0:
        verb = "came" if worst.reached else "is expected"
        days = worst.slip or 0
        by = plural(round(days / WEEK), "week") if days >= 2 * WEEK else plural(days, "day")
        words = f"{_name(worst)} {verb} {by} after the first plan"
    return f"{words}; {plural(late, 'milestone is', 'milestones are')} overdue" if late else words


def _text(cell: object) -> str:
    if cell is None:
        return "–"
    return day_text(cell) if isinstance(cell, date) else str(cell)
