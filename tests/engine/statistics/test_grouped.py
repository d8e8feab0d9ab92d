"""Quantiles of many groups at once agree with numpy's, one group at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.statistics import grouped_quantile, spread

GROUPS = st.lists(st.lists(st.integers(0, 5000), max_size=30), min_size=1, max_size=8)


@settings(deadline=None)  # the machine may be busy
@given(groups=GROUPS, share=st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]))
def test_it_agrees_with_numpy(groups: list[list[int]], share: float) -> None:
    counts = np.array([len(group) for group in groups])
    values = np.array([value for group in groups for value in sorted(group)], dtype=int)
    starts = np.cumsum(counts) - counts
    found = grouped_quantile(values, starts=starts, counts=counts, share=share).tolist()
    expected = [float(np.quantile(group, share)) if group else None for group in groups]
    assert found == [pytest.approx(value) if value is not None else None for value in expected]


def test_values_are_spread_over_their_places() -> None:
    column = spread(np.array([1.5, 2.5]), over=np.array([True, False, True]))
    assert column.tolist() == [1.5, None, 2.5]
