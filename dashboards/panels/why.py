"""Why a KPI moved: the panel of its waterfall, with the sentence and every unit in the table."""

from collections.abc import Iterator, Sequence

from dashboards.charts.frame import Figure
from dashboards.charts.waterfall import Step, waterfall_figure
from dashboards.fractions import amount_words
from dashboards.movement import change_words
from dashboards.panels.panel import Panel
from dashboards.why import Why
from kpis.engine.statistics.movement import Move, UnitMove, leading
from kpis.engine.statistics.rollup import Part
from kpis.engine.terms import Unit
from kpis.engine.wording import NBSP, value_words
from oversight.look.tables import Cell, Column
from oversight.look.times import month_text

NAMED = {"performance": 6, "mix": 4, "loose": 1}
METHOD = (
    "Performance: what units' own values did, at the mean of their weights in both months. Mix:"
    " what became of the weights, with units that entered or left. The parts add up to the change."
)


def why_chart(why: Why) -> Figure:
    """Draw the waterfall; LookupError where the change cannot be taken apart."""
    percent = why.view.definition.unit is Unit.PERCENT
    return waterfall_figure(steps_of(why), suffix=f"{NBSP}%" if percent else "")


def why_panel(why: Why) -> Panel:
    """Describe the waterfall; LookupError where the change cannot be taken apart."""
    move = _move(why)
    header, rows = why_table(why)
    return Panel(
        name="why",
        title=sentence(why),
        summary=f"From {_value(why, move.before)} in {month_text(why.units.since)} to "
        f"{_value(why, move.now)} in {month_text(why.view.period)}, by {why.units.by}.",
        columns=tuple(Column(name, numeric=place > 0) for place, name in enumerate(header)),
        rows=tuple(
            (Cell(str(row[0]), why.units.links.get(str(row[0]), "")), *_texts(why, row[1:]))
            for row in rows
        ),
        note=f"{month_text(why.units.since)} to {month_text(why.view.period)}, by {why.units.by}. "
        f"{METHOD}",
    )


def why_table(why: Why) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return header and rows: counts of both months and the parts, unit by unit, unrounded."""
    units = sorted(_move(why).units, key=lambda one: -abs(one.whole))
    header = ["Unit", "Numerator then", "Denominator then", "Numerator now", "Denominator now"]
    return [*header, "Performance", "Mix", "Without a denominator", "Together"], [
        (
            one.name,
            *_counts(why.units.before.get(one.name)),
            *_counts(why.units.now.get(one.name)),
            *(why.scale * part for part in (one.performance, one.mix, one.loose, one.whole)),
        )
        for one in units
    ]


def sentence(why: Why) -> str:
    """Say it in one sentence: Up 3.1 points: +2.6 performance, of which NWT-302 +1.9; +0.5 mix."""
    move, unit = _move(why), why.view.definition.unit
    change = change_words(why.scale * move.change, unit)
    moved = "Up" if move.change > 0 else "Down"
    head = f"{moved} {change[1:]}" if change[0] in "+−" else "Unchanged"
    parts = [f"{_short(why, move.performance)} performance"]
    first, _ = leading([(one.name, one.performance) for one in move.units], 1)
    if first and len(move.units) > 1:
        parts[0] += f", of which {first[0][0]} {_short(why, first[0][1])}"
    if any(one.mix for one in move.units):
        parts.append(f"{_short(why, move.mix)} mix")
    if move.loose:
        parts.append(f"{_short(why, move.loose)} without a denominator")
    return f"{head}: {'; '.join(parts)}"


def steps_of(why: Why) -> list[Step]:
    """Return the bars: the value then, performance, mix, what has no denominator, the value now."""
    move = _move(why)
    return [
        _total(why, month_text(why.units.since), move.before),
        *_parts(why, "performance", "", move.units),
        *_parts(why, "mix", "mix", move.units),
        *_parts(why, "loose", "no denominator", move.units),
        _total(why, f"{month_text(why.view.period)} ", move.now),
    ]


def _parts(why: Why, kind: str, word: str, units: Sequence[UnitMove]) -> Iterator[Step]:
    named = {one.name: one for one in units}
    chosen, others = leading([(one.name, getattr(one, kind)) for one in units], NAMED[kind])
    for name, amount in chosen:
        one = named[name]
        how = "entered" if one.entered else "left" if one.left else word
        yield _step(why, f"{name}, {how}" if how else name, amount, kind)
    if others:
        rest = f"{len(others)} others, {word or 'performance'}"
        yield _step(why, rest, sum(amount for _, amount in others), kind)


def _step(why: Why, name: str, amount: float, kind: str) -> Step:
    words = change_words(why.scale * amount, why.view.definition.unit)
    label = _short(why, amount)
    return Step(name, why.scale * amount, kind, label, f"{name}: {words} {kind}".strip())


def _total(why: Why, name: str, value: float) -> Step:
    words = _value(why, value)
    return Step(name, why.scale * value, "total", words, f"{name.strip()}: {words}")


def _move(why: Why) -> Move:
    if why.move is None:
        raise LookupError(why.reason)
    return why.move


def _value(why: Why, value: float) -> str:
    return value_words(why.scale * value, why.view.definition.unit)


def _short(why: Why, amount: float) -> str:
    """Write an amount with its sign; its unit stands in the value beside."""
    return change_words(why.scale * amount, why.view.definition.unit).split(NBSP)[0]


def _counts(part: Part | None) -> tuple[float | None, float | None]:
    return (part.numerator, part.denominator) if part else (None, None)


def _texts(why: Why, cells: Sequence[object]) -> Iterator[str]:
    for place, cell in enumerate(cells):
        if cell is None or isinstance(cell, int | float):
            amount = None if cell is None else float(cell)
            yield (
                amount_words(amount)
                if place < 4 or amount is None
                else (change_words(amount, why.view.definition.unit))
            )
