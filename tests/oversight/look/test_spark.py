"""Sparklines: inside their box, gaps stay gaps, the last value has the dot."""

from hypothesis import given
from hypothesis import strategies as st

from oversight.look.spark import spark_segments, spark_svg

VALUES = st.one_of(st.none(), st.floats(min_value=-1e9, max_value=1e9, allow_subnormal=False))


@given(st.lists(VALUES, max_size=60), st.one_of(st.none(), st.floats(-1e9, 1e9)))
def test_all_points_lie_in_the_box(points: list[float | None], reference: float | None) -> None:
    runs, level = spark_segments(points, reference=reference)
    assert sum(len(run) for run in runs) == sum(point is not None for point in points)
    assert all(0 <= x <= 48 and 0 <= y <= 18 for run in runs for x, y in run)
    assert level is None or 0 <= level <= 18


def test_the_highest_value_lies_on_top() -> None:
    runs, _ = spark_segments([1, 3, 2])
    assert runs == [[(3.0, 15.0), (24.0, 3.0), (45.0, 9.0)]]


def test_a_month_without_value_breaks_the_line() -> None:
    runs, _ = spark_segments([1, None, 2, float("nan"), 3])
    assert [len(run) for run in runs] == [1, 1, 1]


def test_values_that_do_not_change_lie_in_the_middle() -> None:
    runs, _ = spark_segments([5, 5])
    assert {y for _, y in runs[0]} == {9.0}


def test_nothing_known_draws_nothing() -> None:
    assert spark_svg([]) == ""
    assert spark_svg([None, float("nan")]) == ""


def test_the_drawing_has_a_dot_at_the_last_value_and_is_silent() -> None:
    svg = spark_svg([1, 2])
    assert '<circle cx="45.0" cy="3.0" r="2.1"/>' in svg
    assert 'aria-hidden="true"' in svg


def test_a_label_is_spoken_and_escaped() -> None:
    svg = spark_svg([1, 2], label='12 months, "rising"', wide=True, reference=1.5)
    assert 'role="img" aria-label="12 months, &quot;rising&quot;"' in svg
    assert 'class="spark wide"' in svg
    assert '<path class="ref" d="M0 11.0H88"/>' in svg
