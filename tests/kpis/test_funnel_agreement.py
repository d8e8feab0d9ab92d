"""Funnels of a public data set equal what the open R packages gsm computed from the same files.

The files go in through the ordinary intake, as they are published; numerators and denominators come
from definitions alone. What gsm published no figure for here is held against a plain count and the
slow twin.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kpis.engine.catalogue import load_catalogue
from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import compute
from kpis.engine.statistics.funnel import Funnel, FunnelKind, LeastCount, funnel
from kpis.submissions.reading import IntakeLimits, SourceFile
from kpis.submissions.reading.reader import read_submission
from tests.engine.builders import defined
from tests.engine.statistics import twins

DATA = Path(__file__).parents[3] / "shared" / "data" / "clindata"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder ../shared/data is not there"),
]
WINDOW: Any = {"cutoff_date": date(2021, 6, 1), "period_start": date(2021, 6, 1)}
COLUMNS = ("Numerator", "Denominator", "Metric", "ScoreBeforeAccrual", "Score", "Flag")


def per_day_on_study(importance: str) -> KpiDefinition:
    """Deviations of one importance per day on study."""
    return defined(
        "event_rate",
        ("deviations", "participants"),
        factor=1,
        matched_by="participant",
        events={
            "listing": "deviations",
            "where": {"importance": [importance]},
            "dated": {"column": "deviation_date", "within": "cutoff", "undated": "counted"},
        },
        exposure={"listing": "participants", "total": "days_on_study"},
    )


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def listings() -> Mapping[str, pd.DataFrame]:
    """Return the listings as the intake reads them."""
    result = read_submission(
        [
            SourceFile(DATA / name, name)
            for name in ("ctms_protdev.csv", "subjects.csv", "rawplus_enroll.csv")
        ],
        listings=("deviations", "participants", "enrolment"),
        limits=IntakeLimits(),
        progress=lambda step, share: None,
    )
    return result.tables


@cache
def investigators() -> dict[str, str]:
    """Return site number → the investigator's, by which gsm groups; the two are one to one."""
    pairs = {(row["siteid"], row["invid"]) for row in rows("rawplus_enroll.csv")}
    assert len(dict(pairs)) == len(pairs) == len({invid for _, invid in pairs})
    return dict(pairs)


def counted(definition: KpiDefinition) -> dict[str, tuple[float, float]]:
    """Return investigator → numerator and denominator."""
    found = compute(definition, listings(), **WINDOW, by=["site"])
    return {
        investigators()[site]: (one.numerator or 0, one.denominator or 0)
        for (site,), one in found.items()
        if site
    }


def scored(pairs: Mapping[str, tuple[float, float]], kind: FunnelKind, least: int) -> Funnel:
    top, bottom = zip(*pairs.values(), strict=True)
    return funnel(top, bottom, kind=kind, least=[LeastCount(least)])


def lines(pairs: Mapping[str, tuple[float, float]], found: Funnel) -> dict[str, Sequence[Any]]:
    columns = (found.value, found.score_before, found.score, found.flag)
    scores = zip(*(one.tolist() for one in columns), strict=True)
    return {name: (*pair, *more) for (name, pair), more in zip(pairs.items(), scores, strict=True)}


SCREEN_FAILURES = load_catalogue()["screen-failure-rate"]


@pytest.mark.parametrize(
    ("file", "definition", "kind", "least", "sites"),
    [
        ("kri0003", per_day_on_study("not-important"), FunnelKind.RATE, 30, 176),
        ("kri0012", SCREEN_FAILURES, FunnelKind.PROPORTION, 3, 190),
    ],
    ids=["deviations", "screen failures"],
)
def test_every_site_has_the_score_and_flag_of_gsm(
    file: str, definition: KpiDefinition, kind: FunnelKind, least: int, sites: int
) -> None:
    pairs = counted(definition)
    found = scored(pairs, kind, least)
    expected = rows(f"expected_{file}.csv")
    assert len(expected) == len(pairs) == sites
    ours = lines(pairs, found)
    for row in expected:
        for name, mine in zip(COLUMNS, ours[row["GroupID"]], strict=True):
            near = pytest.approx(float(row[name]), rel=1e-9, abs=1e-9) if row[name] else None
            assert mine == near, (row["GroupID"], name)
    assert found.centre == pytest.approx(float(expected[0]["OverallMetric"]), rel=1e-9)
    assert found.factor == pytest.approx(float(expected[0]["Factor"]), rel=1e-9)


def test_important_deviations_agree_with_a_plain_count() -> None:
    home = {row["subjid"]: row["invid"] for row in rows("subjects.csv")}
    events = Counter(
        home[row["subjectenrollmentnumber"]]
        for row in rows("ctms_protdev.csv")
        if row["deemedimportant"] == "Yes" and row["subjectenrollmentnumber"] in home
    )
    days: dict[str, int] = defaultdict(int)
    for row in rows("subjects.csv"):
        days[row["invid"]] += int(row["timeonstudy"])
    pairs = counted(per_day_on_study("important"))
    assert pairs == {site: (events[site], days[site]) for site in days}
    found = scored(pairs, FunnelKind.RATE, 30)
    whole = [(int(n), int(d)) for n, d in pairs.values()]
    phi, scores = twins.funnel_scores(whole, proportion=False)
    assert found.factor == pytest.approx(phi, rel=1e-9)
    assert found.score_before.tolist() == pytest.approx(scores, rel=1e-9, abs=1e-9)
