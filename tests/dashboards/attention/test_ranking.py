"""Risk × time × neglect: a table, a slow twin, and that no factor falls when its evidence grows."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.attention import weights
from dashboards.attention.kinds import KINDS, Kind
from dashboards.attention.matter import Matter, Place
from dashboards.attention.ranking import item_of, ranked
from dashboards.attention.weights import SEVERITIES, Severity

DAY = date(2026, 11, 23)
PLAIN = Matter(
    key="one",
    kind=Kind.KPI,
    severity=Severity.AMBER,
    what="Query aging is amber",
    place=Place(1),
    link="/",
    act="/",
    began=DAY,
    since_words="amber for 1 month",
)


@pytest.mark.parametrize(
    ("known", "risk", "time", "neglect"),
    [
        ({}, 2.0, 1.0, 1.0),
        ({"severity": Severity.RED}, 6.0, 1.0, 1.0),
        ({"functions": frozenset({"pharmacovigilance"}), "critical": True}, 4.0, 1.0, 1.0),
        ({"critical": True, "functions": frozenset({"data-management"})}, 3.0, 1.0, 1.0),
        ({"size": 100}, 3.0, 1.0, 1.0),
        ({"size": 1_000_000}, 4.0, 1.0, 1.0),
        ({"began": DAY - timedelta(days=90)}, 2.0, 2.0, 2.0),
        ({"began": DAY - timedelta(days=90), "last_word": DAY}, 2.0, 2.0, 1.0),
        ({"began": DAY - timedelta(days=90), "last_word": date(2020, 1, 1)}, 2.0, 2.0, 2.0),
        ({"due": DAY + timedelta(days=45)}, 2.0, 0.75, 1.0),
        ({"due": DAY + timedelta(days=900)}, 2.0, 0.5, 1.0),
        ({"due": DAY}, 2.0, 1.0, 1.0),
        ({"due": DAY - timedelta(days=900)}, 2.0, 3.0, 1.0),
    ],
)
def test_the_factors_of_what_is_known(
    known: dict[str, Any], risk: float, time: float, neglect: float
) -> None:
    item = item_of(replace(PLAIN, **known), on=DAY)
    found = (item.risk.value, item.time.value, item.neglect.value)
    assert found == pytest.approx((risk, time, neglect))
    assert item.score == pytest.approx(risk * time * neglect)


def test_the_evidence_is_said_in_words() -> None:
    grave = replace(
        PLAIN,
        severity=Severity.RED,
        functions=frozenset({"pharmacovigilance"}),
        size_words="412 counted",
        began=date(2026, 9, 4),
        since_words="red for 3 months",
        silence_words="nobody has commented on it",
    )
    item = item_of(grave, on=DAY)
    assert item.why == (
        "Safety function, 412 counted; red for 3 months; "
        "nobody has commented on it since 4 Sep 2026"
    )
    assert item.arithmetic.startswith("risk 12.0 × time 1.9 × neglect 1.9 = ")
    assert (item.clock, item.clock_state) == ("since 4 Sep 2026", "")
    clocks = {
        days: item_of(replace(PLAIN, due=DAY + timedelta(days=days)), on=DAY)
        for days in (-9, 0, 40)
    }
    assert {days: (one.clock, one.clock_state) for days, one in clocks.items()} == {
        -9: ("9 days over", "overdue"),
        0: ("today", "soon"),
        40: ("40 days left", ""),
    }


def test_every_kind_and_severity_has_its_line() -> None:
    assert set(KINDS) == set(Kind)
    assert set(SEVERITIES) == set(Severity)
    assert min(SEVERITIES.values()) >= 1
    assert list(SEVERITIES.values()) == sorted(SEVERITIES.values(), reverse=True)
    assert max(len(one.verb) for one in KINDS.values()) <= 8  # the room of its column


days = st.integers(-1000, 1000).map(lambda number: DAY + timedelta(days=number))
found = st.builds(
    replace,
    st.just(PLAIN),
    key=st.text(min_size=1, max_size=3),
    severity=st.sampled_from(Severity),
    size=st.integers(0, 100_000),
    functions=st.frozensets(st.sampled_from(["data-management", "pharmacovigilance"])),
    critical=st.booleans(),
    began=days.map(lambda day: min(day, DAY)),
    due=st.none() | days,
    last_word=st.none() | days.map(lambda day: min(day, DAY)),
)


def slow_score(matter: Matter) -> float:
    """Work the score out step by step, day by day."""
    risk = SEVERITIES[matter.severity]
    if "pharmacovigilance" in matter.functions:
        risk *= 2
    elif matter.critical:
        risk *= 1.5
    digits, rest = 0.0, float(max(matter.size, 1))
    while rest >= 10 and digits < 4:
        digits, rest = digits + 1, rest / 10
    if digits < 4:
        # Between two powers of ten: halve the gap until it is closed.
        low, high, at = 0.0, 1.0, 0.5
        for _ in range(60):
            at = (low + high) / 2
            low, high = (at, high) if 10**at < rest else (low, at)
        digits += at
    risk *= 1 + digits / 4
    start = matter.due or matter.began
    time = 1.0
    day = start
    while day < DAY and time < 3:
        day, time = day + timedelta(days=1), time + 2 / 180
    ahead = start
    while matter.due is not None and ahead > DAY and time > 0.5:
        ahead, time = ahead - timedelta(days=1), time - 0.5 / 90
    quiet, silent = matter.began, 1.0
    if matter.last_word is not None and matter.last_word > quiet:
        quiet = matter.last_word
    while quiet < DAY and silent < 2:
        quiet, silent = quiet + timedelta(days=1), silent + 1 / 90
    return risk * min(max(time, 0.5), 3) * min(silent, 2)


@given(found)
def test_the_score_is_that_of_its_slow_twin(matter: Matter) -> None:
    assert item_of(matter, on=DAY).score == pytest.approx(slow_score(matter), rel=1e-6)


@given(found, st.integers(0, 500), st.integers(0, 100_000))
def test_no_factor_falls_when_its_evidence_grows(matter: Matter, more: int, cases: int) -> None:
    item, later = item_of(matter, on=DAY), timedelta(days=more)
    assert item_of(replace(matter, size=matter.size + cases), on=DAY).score >= item.score
    assert item_of(replace(matter, began=matter.began - later), on=DAY).score >= item.score
    assert item_of(matter, on=DAY + later).score >= item.score
    if matter.due is not None:
        assert item_of(replace(matter, due=matter.due - later), on=DAY).score >= item.score
    if matter.last_word is not None:
        silent = replace(matter, last_word=matter.last_word - later)
        assert item_of(silent, on=DAY).score >= item.score
    grave = replace(matter, severity=max(Severity, key=lambda one: SEVERITIES[one]))
    assert item_of(grave, on=DAY).score >= item.score
    assert item_of(replace(matter, functions=weights.SAFETY), on=DAY).score >= item.score


@given(st.lists(found, unique_by=lambda one: one.key), st.randoms())
def test_the_order_does_not_depend_on_the_order_of_finding(
    matters: list[Matter], chance: Any
) -> None:
    shuffled = matters.copy()
    chance.shuffle(shuffled)
    order = ranked(matters, on=DAY)
    assert order == ranked(shuffled, on=DAY)
    scores = [one.score for one in order]
    assert scores == sorted(scores, reverse=True)
