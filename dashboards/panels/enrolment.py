"""Enrolment of a study: the panel of its S-curve."""

from dashboards.charts.enrolment import enrolment_figure
from dashboards.charts.frame import Figure
from dashboards.findings import plural
from dashboards.panels.panel import Panel
from dashboards.selectors.enrolment import Enrolment
from oversight.look.tables import Column
from oversight.look.times import day_text, month_text


def enrolment_chart(enrolment: Enrolment) -> Figure:
    """Draw the curve."""
    months = [(one.month, one.enrolled, one.total) for one in enrolment.months]
    return enrolment_figure(months, enrolment.planned)


def enrolment_panel(enrolment: Enrolment) -> Panel:
    """Describe the curve."""
    months = enrolment.months
    notes = [
        f"Line: participants enrolled up to the end of each month; bars: in the month. "
        f"Up to {day_text(enrolment.cutoff_date)}."
    ]
    if not enrolment.planned:
        notes.append("No plan is recorded.")
    if enrolment.undated:
        notes.append(f"{enrolment.undated:,} enrolled on a day not given are not in the curve.")
    if enrolment.in_screening:
        notes.append(f"{enrolment.in_screening:,} in screening.")
    return Panel(
        name="enrolment",
        title=_title(enrolment),
        summary=f"Participants enrolled, {plural(len(months), 'month')}, "
        f"{enrolment.total:,} in all.",
        columns=(
            Column("Month"),
            Column("Enrolled", numeric=True),
            Column("Up to its end", numeric=True),
            Column("Screen failures", numeric=True),
        ),
        rows=tuple(
            (
                month_text(one.month),
                f"{one.enrolled:,}",
                f"{one.total:,}",
                f"{one.failed:,}",
            )
            for one in reversed(months)
        ),
        note=" ".join(notes),
    )


def _title(enrolment: Enrolment) -> str:
    words = plural(enrolment.total, "participant is", "participants are")
    last = enrolment.months[-1] if enrolment.months else None
    if last is None:
        return f"{words} enrolled"
    return f"{words} enrolled, {last.enrolled:,} of them in {month_text(last.month)}"
