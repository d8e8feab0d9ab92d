"""Which panels a study's progress has: those whose listings came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.charts.frame import Figure
from dashboards.links import address
from dashboards.milestones import milestones_of
from dashboards.panels.activation import activation_chart, activation_panel, activation_table
from dashboards.panels.enrolment import enrolment_chart, enrolment_panel, enrolment_table
from dashboards.panels.milestones import milestones_chart, milestones_panel, milestones_table
from dashboards.panels.panel import Panel
from dashboards.panels.pareto import deviations_chart, deviations_panel, deviations_table
from dashboards.panels.study import StudyView
from dashboards.periods import Asked

Table = tuple[list[str], list[tuple[object, ...]]]


@dataclass(frozen=True)
class StudyPanel:
    """How one panel is made; `lacks` names the listings that would bring it."""

    there: Callable[[StudyView], bool]
    chart: Callable[[StudyView], Figure]
    panel: Callable[[StudyView], Panel]
    table: Callable[[StudyView], Table]
    lacks: str


PANELS: Mapping[str, StudyPanel] = {
    "enrolment": StudyPanel(
        lambda view: view.enrolment is not None,
        enrolment_chart,
        enrolment_panel,
        enrolment_table,
        "Enrolment: no listing of enrolment or participants with their days came.",
    ),
    "activation": StudyPanel(
        lambda view: any(one.planned or one.activated for one in view.sites),
        activation_chart,
        activation_panel,
        activation_table,
        "Activation of sites: no listing of sites or of their start-up came.",
    ),
    "milestones": StudyPanel(
        lambda view: bool(milestones_of(view.tables)),
        milestones_chart,
        milestones_panel,
        milestones_table,
        "Milestones: no listing of milestones or key dates came.",
    ),
    "deviations": StudyPanel(
        lambda view: "deviations" in view.tables.rows,
        deviations_chart,
        deviations_panel,
        deviations_table,
        "Deviations by category: no listing of deviations came.",
    ),
}


def study_panels(view: StudyView, asked: Asked) -> list[dict[str, Any]]:
    """Return what a page includes for each panel that is there, in order."""
    keep = {"period": view.progress.period, "known": asked.known}
    return [
        {
            "panel": one.panel(view),
            "csv": address("study-csv", view.progress.study_id, name, **keep),
            "src": address("study-chart", view.progress.study_id, name, **keep),
        }
        for name, one in PANELS.items()
        if one.there(view)
    ]


def lacking(view: StudyView | None) -> list[str]:
    """Return a sentence for each panel that is not there."""
    return [one.lacks for one in PANELS.values() if view is None or not one.there(view)]
