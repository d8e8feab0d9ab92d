"""The funnel against its slow twin and on a case worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.engine.statistics.funnel import (
    HIGH_ONLY,
    LOW_ONLY,
    TWO_SIDED,
    Counted,
    FunnelKind,
    LeastCount,
    Thresholds,
    funnel,
)
from tests.engine.statistics import twins

KINDS = list(FunnelKind)
PAIRS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 300)).map(lambda pair: (min(pair), max(pair))),
    min_size=1,
    max_size=20,
).filter(lambda pairs: any(whole for _, whole in pairs))

# Operations and deaths at twelve centres. Made up, after the case that is often drawn as a funnel
# (Aylin and others, Lancet 358, 2001): one centre, here the first, with twice the others' share.
CENTRES = (
    (143, 41), (187, 25), (323, 24), (122, 23), (164, 25), (405, 42),
    (239, 24), (482, 53), (195, 26), (177, 25), (581, 58), (301, 31),
)  # fmt: skip


@given(pairs=PAIRS, kind=st.sampled_from(KINDS), few=st.sampled_from([1, 5]))
def test_it_agrees_with_its_twin(pairs: list[tuple[int, int]], kind: FunnelKind, few: int) -> None:
    top, bottom = zip(*pairs, strict=True)
    found = funnel(top, bottom, kind=kind, least_units=few)
    phi, scores = twins.funnel_scores(
        pairs, proportion=kind is FunnelKind.PROPORTION, least_units=few
    )
    assert found.factor == pytest.approx(phi, rel=1e-9, abs=1e-18)
    near = [None if one is None else pytest.approx(one, rel=1e-6, abs=1e-6) for one in scores]
    assert found.score.tolist() == near
    assert found.score_before.tolist() == near
    flags = [
        None if one is None else twins.flag(one, TWO_SIDED.cuts, TWO_SIDED.flags)
        for one in found.score.tolist()
    ]
    assert found.flag.tolist() == flags
    assert found.value.tolist() == [n / d if d else None for n, d in pairs]


def test_one_centre_far_out_comes_out_as_worked_by_hand() -> None:
    bottom, top = zip(*CENTRES, strict=True)
    flat = funnel(top, bottom, kind=FunnelKind.PROPORTION, least_units=99)
    assert flat.centre == pytest.approx(397 / 3319)
    assert not flat.estimated
    assert flat.score[0] == pytest.approx(6.158, abs=0.001)  # (41/143 − µ) / √(µ(1 − µ)/143)
    upper = flat.bounds(np.array([143.0]))[3.0]
    assert upper[0] == pytest.approx(0.2010, abs=0.0001)  # 41/143 = 0.287 lies far above it
    # The first alone lies outside three, the third and the fourth outside two.
    assert flat.flag.tolist() == [2, 0, -1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    found = funnel(top, bottom, kind=FunnelKind.PROPORTION)
    phi, scores = twins.funnel_scores([(n, d) for d, n in CENTRES], proportion=True)
    assert found.factor == pytest.approx(phi)
    assert found.score.tolist() == pytest.approx(scores)
    assert found.score[0] == pytest.approx(6.158 / 4.839**0.5, abs=0.001)
    # One unit far out widens the funnel for all, itself too: it is still the only one flagged.
    assert found.flag.tolist() == [1] + [0] * 11


def test_bounds_are_where_the_score_reaches_the_cut() -> None:
    found = funnel([3, 9, 4, 0, 5], [30, 30, 40, 50, 60], kind=FunnelKind.RATE)
    at = np.array([10.0, 30.0])
    bounds = found.bounds(at)
    assert list(bounds) == [-3.0, -2.0, 0.0, 2.0, 3.0]
    centre = found.centre or 0.0
    assert bounds[0.0].tolist() == [centre, centre]
    for cut in (2.0, 3.0):
        score = (bounds[cut] - centre) / np.sqrt(found.factor * centre / at)
        assert score.tolist() == pytest.approx([cut, cut])
    assert bounds[-3.0].tolist() == [None, None]  # below zero means nothing
    share = funnel([3, 9, 4, 0, 5], [10, 10, 10, 10, 10], kind=FunnelKind.PROPORTION)
    assert share.bounds(np.array([1.0]))[3.0].tolist() == [None]  # nor does more than all


def test_nothing_happened_or_everything_did() -> None:
    for kind, top in ((FunnelKind.RATE, 0), (FunnelKind.PROPORTION, 0), (FunnelKind.PROPORTION, 9)):
        found = funnel([top] * 6, [9] * 6, kind=kind)
        assert found.score.tolist() == [0.0] * 6
        assert found.flag.tolist() == [0] * 6
    same = funnel([1] * 7, [3] * 7, kind=FunnelKind.PROPORTION)
    assert same.score.tolist() == [0.0] * 7
    nobody = funnel([2, 0], [0, 0], kind=FunnelKind.RATE)
    assert (nobody.centre, nobody.factor, nobody.estimated) == (None, 1.0, False)
    assert nobody.score.tolist() == nobody.flag.tolist() == nobody.value.tolist() == [None, None]
    assert nobody.bounds(np.array([5.0])) == {}


def test_a_unit_without_a_denominator_takes_no_part() -> None:
    found = funnel([4, 2, 9], [10, 10, 0], kind=FunnelKind.RATE)
    assert found.centre == pytest.approx(0.3)
    assert found.value.tolist() == [0.4, 0.2, None]


@pytest.mark.parametrize(
    ("counted", "least", "judged"),
    [
        (Counted.DENOMINATOR, 30, [True, True, False]),
        (Counted.NUMERATOR, 3, [False, True, True]),
        (Counted.DIFFERENCE, 20, [True, True, False]),
    ],
)
def test_below_the_minimum_there_is_no_score(
    counted: Counted, least: int, judged: list[bool]
) -> None:
    top, bottom = [2, 9, 3], [30, 31, 20]
    bare = funnel(top, bottom, kind=FunnelKind.PROPORTION)
    found = funnel(top, bottom, kind=FunnelKind.PROPORTION, least=[LeastCount(least, counted)])
    assert [one is not None for one in found.score.tolist()] == judged
    assert [one is not None for one in found.flag.tolist()] == judged
    assert (found.centre, found.factor) == (bare.centre, bare.factor)  # all count for the whole
    assert found.score_before.tolist() == bare.score.tolist()


def test_one_side_only_and_scores_on_a_cut() -> None:
    # Two units 1 above and 1 below with φ taken as 1: scores are ±√(d/µ)·(x − µ).
    both = funnel([8, 0], [4, 4], kind=FunnelKind.RATE)
    assert both.score.tolist() == [2.0, -2.0]
    assert both.flag.tolist() == [1, 0]  # a score on a cut is past it
    high = funnel([8, 0], [4, 4], kind=FunnelKind.RATE, thresholds=HIGH_ONLY)
    low = funnel([9, 0], [4, 5], kind=FunnelKind.RATE, thresholds=LOW_ONLY)
    assert high.flag.tolist() == [1, 0]
    assert low.flag.tolist() == [0, -1]


def test_what_makes_no_funnel_is_refused() -> None:
    with pytest.raises(ValueError, match="more cases in the part"):
        funnel([3], [2], kind=FunnelKind.PROPORTION)
    with pytest.raises(ValueError, match="must rise"):
        Thresholds((2.0, 2.0), (0, 1, 2))
    with pytest.raises(ValueError, match="one flag more"):
        Thresholds((2.0,), (0,))
