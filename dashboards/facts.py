"""The figures at the top of a KPI page, from the formula's further figures. Pure."""

from collections.abc import Iterator

from dashboards.findings import movement_words, status_words
from dashboards.formula_facts import BY_FORMULA, Fact
from dashboards.fractions import fraction_words, shown_value
from dashboards.periods import month_name, months_back
from dashboards.selectors.kpi import KpiView
from oversight.look.times import month_text

__all__ = ["Fact", "facts", "title"]


def title(view: KpiView) -> str:
    """Say what happened to the KPI in the scope: value, colour and movement."""
    name, moved = view.definition.name, movement_words(view.spot)
    if not view.spot.value:
        return f"{name} is {status_words(view.spot)} for {month_name(view.period)}"
    words = f"{name} is {status_words(view.spot)}"
    return f"{words}; it {moved}" if moved else words


def facts(view: KpiView) -> tuple[Fact, ...]:
    """Return the figures beside the value, as the formula gives them."""
    if view.reading is None:
        return ()
    before = months_back(view.period, 2)[0]
    there = view.by_month.get(before)
    fraction = (
        fraction_words(view.definition, there.numerator, there.denominator)
        if there and not there.missing
        else ""
    )
    since = Fact(
        f"Since {month_text(before)}",
        view.spot.moved.words or "–",
        f"{fraction} then" if fraction else "no result then",
    )
    detail = view.reading.detail
    return (*_first_figure(view), since, *BY_FORMULA[view.definition.formula](view, detail))


def _first_figure(view: KpiView) -> Iterator[Fact]:
    """What stood for the month before it was restated: both figures are kept and shown."""
    first = view.earlier.get(view.period)
    if first is not None and not first.missing:
        yield Fact(
            "First figure, later restated",
            shown_value(view.definition, first.value, first.longest_open),
            fraction_words(view.definition, first.numerator, first.denominator),
        )
