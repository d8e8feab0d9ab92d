"""What many months say together: counted, in a sentence, and as a figure."""

from collections import Counter
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.definitions import catalogue, coming
from kpis.selectors.shadow_list import shown
from kpis.shadow.beside import COLOURS, ORDER, Beside, Counted, Figures
from kpis.shadow.figure import shadow_figure

JUDGED = [one.value for one in ORDER[:4]]
RAGS = st.sampled_from(JUDGED)


def figures(version: int, rag: str, value: float | None = 9.0) -> Figures:
    return Figures(version, rag, value, "9.0\u00a0%", 9, 100, "9 of 100")


def month(before: str, after: str, why: str = "", *, number: int = 0, study: int = 1) -> Beside:
    return Beside(
        period=date(2024 + number // 12, number % 12 + 1, 1),
        vendor="Alpha",
        engagement="Alpha for NWT-301",
        engagement_id=1,
        study=f"NWT-30{study}" if study else "",
        study_id=study or None,
        before=figures(1, before),
        after=figures(2, after, None if why else 9.0),
        why=why,
    )


@pytest.mark.parametrize(
    ("turns", "sentence"),
    [
        ([], "No month could be judged."),
        ([("green", "green")], "None of 1 judged month would have changed colour."),
        (
            [("green", "green")] * 3 + [("amber", "red")] * 2,
            "Of 5 judged months, 2 would have been red instead of amber; 3 keep their colour.",
        ),
        (
            [("green", "amber"), ("red", "amber"), ("green", "red"), ("green", "insufficient")],
            "Of 4 judged months, 1 would have been red instead of green, 1 would have been amber "
            "instead of green, 1 would have been amber instead of red and 1 would have been too "
            "few to judge instead of green; 0 keep their colour.",
        ),
    ],
)
def test_the_summary_is_a_sentence_that_begins_with_the_worst(
    turns: list[tuple[str, str]], sentence: str
) -> None:
    rows = tuple(month(*turn) for turn in turns)
    assert Counted(rows).sentence == sentence
    lost = (*rows, month("green", "", "The file is not there."))
    assert Counted(lost).sentence == f"{sentence} 1 could not be computed."


@given(st.lists(st.tuples(RAGS, RAGS, st.booleans()), max_size=40))
def test_every_month_is_counted_once_and_nothing_is_lost(
    turns: list[tuple[str, str, bool]],
) -> None:
    rows = tuple(month(before, after, "gone" if lost else "") for before, after, lost in turns)
    counted = Counted(rows)
    assert len(counted.judged) + len(counted.lacking) == len(rows)
    assert sum(counted.turns.values()) == len(counted.judged)
    changed = Counter((one[0], one[1]) for one in turns if not one[2] and one[0] != one[1])
    assert {turn: n for turn, n in counted.turns.items() if turn[0] != turn[1]} == changed
    assert len(counted.changing) == sum(changed.values())
    worse = shown(counted, {"show": "worse"}).rows
    better = shown(counted, {"show": "better"}).rows
    place = {one.value: at for at, one in enumerate(COLOURS)}
    steps = [place[b] - place[a] for a, b, lost in turns if not lost and {a, b} <= set(place)]
    assert len(worse) == sum(step > 0 for step in steps)
    assert len(better) == sum(step < 0 for step in steps)


def test_the_list_is_filtered_and_sorted() -> None:
    rows = (
        month("green", "amber", number=5),
        month("green", "red", number=3, study=2),
        month("red", "green", number=2),
        month("green", "green", number=1, study=0),
        month("green", "", "gone"),
    )
    counted = Counted(rows)

    def found(**wanted: str) -> list[int]:
        return [one.period.month for one in shown(counted, wanted).rows]

    assert found() == [6, 4, 3]
    assert found(show="nonsense", sort="nonsense", engagement="999") == [6, 4, 3]
    assert found(show="all") == [6, 4, 3, 2]
    assert found(show="green.red") == [4]
    assert found(sort="worse") == [4, 6, 3]
    assert found(sort="place") == [6, 3, 4]
    assert found(engagement="1") == [6, 4, 3]
    assert not shown(counted, {}).filtered
    assert shown(counted, {"show": "all"}).filtered
    named = [one.words for one in shown(counted, {}).filters[0].choices]
    assert "Green to red" in named
    assert "Green to green" not in named


@pytest.mark.parametrize("limits", ["one", "band", "none"])
def test_plotly_takes_the_figure_and_a_month_without_a_value_breaks_the_line(limits: str) -> None:
    definition: Any = coming()["query-aging"]
    if limits != "one":
        banded = (one for one in catalogue().values() if one.limits and one.direction == "band")
        bare = (one for one in catalogue().values() if one.limits is None)
        definition = next(banded if limits == "band" else bare)
    months = [
        month("green", "red", number=1),
        month("red", "", "gone", number=2),
        month("insufficient", "amber", number=3),
    ]
    figure = shadow_figure(months, definition)
    go.Figure(data=figure["data"], layout=figure["layout"])
    assert figure["layout"]["xaxis"]["tickvals"] == ["Feb 2024", "Mar 2024", "Apr 2024"]
    before, after = figure["data"]
    assert before["x"] == ["Feb 2024", "Mar 2024", "Apr 2024"]
    assert after["y"] == [9.0, None, 9.0]
    assert after["connectgaps"] is False
    assert after["marker"]["symbol"] == ["square", "circle", "diamond"]
    assert before["customdata"][0]["words"] == "Feb 2024, on record: 9.0\u00a0%, green"
    assert len(figure["layout"]["shapes"]) == {"one": 2, "band": 4, "none": 0}[limits]


@pytest.mark.parametrize(("count", "labelled"), [(8, 8), (9, 5), (24, 8)])
def test_of_many_months_some_are_labelled_the_newest_always(count: int, labelled: int) -> None:
    months = [month("green", "red", number=number) for number in range(count)]
    axis = shadow_figure(months, coming()["query-aging"])["layout"]["xaxis"]
    assert len(axis["tickvals"]) == labelled
    assert axis["tickvals"][-1] == axis["categoryarray"][-1]
    assert len(axis["categoryarray"]) == count
