"""What kinds of deviation a value is made of: the panel of KPIs that count deviations."""

from collections.abc import Sequence

from dashboards.charts.frame import Figure
from dashboards.charts.pareto import ParetoBar, pareto_figure, ranked
from dashboards.panels.panel import Panel
from dashboards.panels.pareto import UNSAID, pareto_panel, pareto_table
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.rows import rows_behind

LISTING, COLUMN, KIND = "deviations", "deviation_category", "Category"


def counts_deviations(view: KpiView) -> bool:
    """True where the KPI reads the listing of deviations first: it is what it counts."""
    return view.definition.listings[0] == LISTING


def categories_chart(view: KpiView) -> Figure:
    """Draw the categories of the rows behind the value."""
    return pareto_figure(bars_of(view), noun=view.definition.numerator_words)


def categories_panel(view: KpiView) -> Panel:
    """Describe them."""
    return pareto_panel(
        "categories",
        bars_of(view),
        noun=view.definition.numerator_words,
        kind=KIND,
        note="The rows behind the value, by category.",
    )


def categories_table(view: KpiView) -> tuple[Sequence[str], list[Sequence[object]]]:
    """Return header and rows of all categories."""
    header, rows = pareto_table(bars_of(view), kind=KIND)
    return header, [*rows]


def bars_of(view: KpiView) -> tuple[ParetoBar, ...]:
    """Return the categories of the rows behind the value, most first."""
    behind = rows_behind(
        view.definition,
        view.parts,
        period=view.period,
        of_study=view.of_study,
        country=view.scope.country,
    )
    if behind.listing != LISTING or not len(behind):
        return ()
    kinds = behind.table[COLUMN].fillna(UNSAID)
    return ranked([(str(name), int(count)) for name, count in kinds.value_counts().items()])
