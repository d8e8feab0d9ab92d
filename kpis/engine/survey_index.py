"""The mean of answers on a scale, with what a mean hides: distribution, topics and the gap.

Source: the summated rating scale of Likert (Archives of Psychology 140, 1932). Rolled up by adding
answers and counting them. An answer outside the scale is no answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kpis.engine import cases
from kpis.engine.cases import Cases, Chosen
from kpis.engine.shapes import Array, Figures, Formula, Rows, Selection, Tables, Units, Window
from kpis.engine.statistics import spread


@dataclass(frozen=True)
class SurveyIndexParameters:
    """`answers` are the rows, weighing their answer; the scale runs from `lowest` to `highest`.

    `topic` names the column of what was asked about. `side` names the column of who answered, and
    `sides` the two whose means are compared.
    """

    answers: Cases
    lowest: int
    highest: int
    topic: str
    side: str
    sides: tuple[str, str]

    def __post_init__(self) -> None:
        """Refuse a scale without steps and answers without a number."""
        if self.lowest >= self.highest:
            raise ValueError("lowest must be below highest")
        if not self.answers.weight:
            raise ValueError("answers need the number that was answered")


def columns(parameters: SurveyIndexParameters) -> dict[str, dict[str, str]]:
    """Return listing → column → dtype."""
    texts = dict.fromkeys((parameters.topic, parameters.side), "str")
    return {parameters.answers.listing: cases.columns(parameters.answers) | texts}


def filled(parameters: SurveyIndexParameters) -> Mapping[str, tuple[str, ...]]:
    """Return listing → columns that cannot be blank throughout."""
    return {parameters.answers.listing: cases.filled(parameters.answers)}


def select(tables: Tables, window: Window, parameters: SurveyIndexParameters) -> Selection:
    """Return the answers that count, as numerator and as denominator."""
    mask, _ = _answered(tables, window, parameters)
    rows = Rows(parameters.answers.listing, mask)
    return Selection(rows, rows)


def figures(
    tables: Tables, units: Units, window: Window, parameters: SurveyIndexParameters
) -> Figures:
    """Return the mean answer per unit: the sum of answers over their number.

    Detail: distribution, the answers by step of the scale; topics, the mean of each; gap, the mean
    of the first side less that of the second, where both answered; undated and unknown rows.
    """
    listing = parameters.answers.listing
    table = tables[listing]
    mask, chosen = _answered(tables, window, parameters)
    codes, size = units.codes[listing], len(units.keys)
    answer = chosen.weight

    def total(rows: Array) -> tuple[Array, Array]:
        rows = mask & rows
        added = np.bincount(codes[rows], weights=answer[rows], minlength=size)
        return added, np.bincount(codes[rows], minlength=size)

    everything = np.ones(len(table), bool)
    numerator, denominator = total(everything)
    means = [
        _mean(*total((table[parameters.side] == side).to_numpy(bool))) for side in parameters.sides
    ]
    topics = table[parameters.topic]
    detail: dict[str, Array | Mapping[str, Array]] = {
        "distribution": {
            str(step): total(np.round(answer) == step)[1]
            for step in range(parameters.lowest, parameters.highest + 1)
        },
        "topics": {
            name: _mean(*total((topics == name).to_numpy(bool)))
            for name in sorted(topics[mask].dropna().unique())
        },
        "gap": means[0] - means[1],
        "undated": np.bincount(codes[chosen.undated], minlength=size),
        "unknown": np.bincount(codes[chosen.unknown | (chosen.mask & ~mask)], minlength=size),
    }
    return Figures(numerator, denominator, _mean(numerator, denominator), detail)


def _mean(added: Array, number: Array) -> Array:
    over = number > 0
    return spread(added[over] / number[over], over=over)


def _answered(
    tables: Tables, window: Window, parameters: SurveyIndexParameters
) -> tuple[Array, Chosen]:
    chosen: Chosen = cases.choose(tables[parameters.answers.listing], parameters.answers, window)
    on_scale = (chosen.weight >= parameters.lowest) & (chosen.weight <= parameters.highest)
    return np.asarray(chosen.mask & on_scale), chosen


SURVEY_INDEX = Formula(
    name="survey_index",
    words=(
        "The mean of answers on a scale. Beside it stand how the answers are distributed over the "
        "scale, the mean of each topic, and the gap between the two sides asked, because a mean "
        "alone hides all three. Answers outside the scale are counted apart. Reads one row per "
        "answer."
    ),
    line="mean of {numerator}, over {denominator}",
    parameters=SurveyIndexParameters,
    columns=columns,
    filled=filled,
    select=select,
    figures=figures,
)
