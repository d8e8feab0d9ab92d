"""Deviations of a study by category: which few kinds make most of them."""

from dashboards.charts.frame import Figure
from dashboards.charts.pareto import KINDS_SHOWN, ParetoBar, pareto_figure, pareto_words, ranked
from dashboards.panels.panel import Panel
from dashboards.panels.study import StudyView
from kpis.engine.wording import NBSP, number_words
from oversight.look.tables import Column

LISTING, NOUN, UNSAID = "deviations", "deviations", "no category given"
REJECTED = "rejected"


def deviations_chart(view: StudyView) -> Figure:
    """Draw the categories."""
    return pareto_figure(_bars(view), noun=NOUN)


def deviations_panel(view: StudyView) -> Panel:
    """Describe them; the table has every category."""
    return pareto_panel(
        "deviations",
        _bars(view),
        noun=NOUN,
        kind="Category",
        note="All in the listing up to the cut-off, without those rejected as no deviation.",
    )


def deviations_table(view: StudyView) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return header and rows of all categories."""
    return pareto_table(_bars(view), kind="Category")


def pareto_panel(
    name: str, bars: tuple[ParetoBar, ...], *, noun: str, kind: str, note: str = ""
) -> Panel:
    """Describe any Pareto; `kind` heads the column of names."""
    header, _ = pareto_table(bars, kind=kind)
    more = f" The first {KINDS_SHOWN} are drawn." if len(bars) > KINDS_SHOWN else ""
    return Panel(
        name=name,
        title=pareto_words(bars, noun=noun),
        summary=f"{number_words(sum(one.count for one in bars))} {noun} by {kind.lower()}.",
        columns=tuple(Column(title, numeric=place > 0) for place, title in enumerate(header)),
        rows=tuple(
            (
                one.name,
                number_words(one.count),
                f"{one.share:.1f}{NBSP}%",
                f"{one.so_far:.1f}{NBSP}%",
            )
            for one in bars
        ),
        note=f"{note} Strong bars: the kinds that make 80{NBSP}%.{more}".strip(),
    )


def pareto_table(
    bars: tuple[ParetoBar, ...], *, kind: str
) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return header and rows of any Pareto."""
    header = [kind, "Count", "Percent of all", "Percent so far"]
    return header, [(one.name, one.count, one.share, one.so_far) for one in bars]


def _bars(view: StudyView) -> tuple[ParetoBar, ...]:
    rows = view.tables.rows[LISTING]
    kinds = rows[rows["pd_status"].fillna("") != REJECTED]["deviation_category"].fillna(UNSAID)
    return ranked([(str(name), int(count)) for name, count in kinds.value_counts().items()])
