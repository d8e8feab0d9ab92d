"""The figure of the data-quality page: which few rules make most of the problems."""

from dashboards.charts.frame import Figure
from dashboards.charts.pareto import ParetoBar, pareto_figure, pareto_words, ranked
from dashboards.links import address
from dashboards.panels.panel import Panel
from dashboards.selectors.quality.page import QualityPage
from kpis.engine.wording import NBSP, number_words
from oversight.look.tables import Cell, Column

NOUN = "problems"


def rules_bars(page: QualityPage) -> tuple[ParetoBar, ...]:
    """Return a bar for each rule, most problems first; it leads to where the rule was broken."""
    keep = {"period": page.span.period, "known": page.span.asked.known}
    return ranked(
        [(one.title, one.problems) for one in page.hits],
        [address("quality", rule=one.rule, **keep) for one in page.hits],
    )


def rules_chart(page: QualityPage) -> Figure:
    """Draw the rules."""
    return pareto_figure(rules_bars(page), noun=NOUN)


def rules_panel(page: QualityPage) -> Panel:
    """Describe the figure; its table holds every rule."""
    bars = rules_bars(page)
    return Panel(
        name="pareto",
        title=pareto_words(bars, noun=NOUN),
        summary=f"{len(bars)} rules by the problems found in files, most first.",
        columns=(
            Column("Rule"),
            Column("Problems", numeric=True),
            Column("Of all", numeric=True),
            Column("So far", numeric=True),
        ),
        rows=tuple(
            (
                Cell(one.name, one.url),
                number_words(one.count),
                f"{one.share:.1f}{NBSP}%",
                f"{one.so_far:.1f}{NBSP}%",
            )
            for one in bars
        ),
        note="Dark: the rules that are needed to make 80 % of the problems.",
    )
