"""The portfolio that is recomputed: forty KPIs by study, copies that come out again."""

from dataclasses import replace
from datetime import date

import pytest

from benchmarks import reporting
from benchmarks.copies import copy
from benchmarks.months import StudyOfYears, cutoffs
from benchmarks.recompute import KPIS, Recompute, Recomputed, described, of_json
from kpis.models import KpiResult
from kpis.recomputing.asking import ask
from kpis.recomputing.work import recompute_part, unfinished
from tests.kpis.recomputing.makers import LATER
from vendors.access import actor_of


@pytest.mark.django_db
def test_forty_kpis_by_study_and_every_copy_comes_out_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reporting, "STUDIES_OF_A_CRO", 2)
    reported = reporting.made(months=1)
    copy(reported, cros=2)
    by_study = KpiResult.objects.filter(country="", study__isnull=False)
    assert by_study.count() == 2 * 2 * KPIS
    assert not by_study.filter(rag="missing").exists()
    assert by_study.filter(value__isnull=False).count() > by_study.count() / 2
    last = cutoffs()[-1]
    row = ask(
        actor=actor_of(reported.person),
        sponsor=reported.sponsor,
        kind="proof",
        scope=None,
        first_month=last,
        last_month=last,
        reason="Again",
        now=LATER,
    )
    for part_id in unfinished(row.pk):
        recompute_part(part_id=part_id, worker="here", clock=lambda: LATER)
    assert [(part.again, part.differing, part.not_possible) for part in row.parts.all()] == [
        (1, 0, 0)
    ] * 6


def test_a_study_grows_and_is_the_same_every_time() -> None:
    study = StudyOfYears.made(protocol_number="S", seed=3)
    early, late = (study.sealed(day) for day in (date(2022, 1, 31), date(2025, 12, 31)))
    assert [one.listing for one in early] == [one.listing for one in late]
    assert sum(one.rows for one in early) < sum(one.rows for one in late)
    assert StudyOfYears.made(protocol_number="S", seed=3).sealed(date(2022, 1, 31)) == early


def test_a_budget_that_is_not_kept_is_told() -> None:
    whole = Recomputed(parts=350, months=21_000, results=1_000_000, seconds=500.0, otherwise=0)
    good = Recompute(whole, whole, [90.0, 80.0, 100.0], [50.0, 45.0, 50.0], 100.0, 300_000_000)
    assert good.speed_up == 1.8
    assert good.kept
    assert not replace(good, two=[60.0, 60.0, 60.0]).kept
    assert not replace(good, whole=replace(whole, otherwise=1)).kept
    assert "| 1.80 | 1.7 | 300 MB |" in described(good)
    assert "| 21,000 | 1,000,000 | 500 | 2,000 | 0 |" in described(good)


def test_what_is_printed_is_read_back() -> None:
    line = (
        '{"whole": {"parts": 1, "months": 2, "results": 3, "seconds": 4.0, "otherwise": 0},'
        ' "part": {"parts": 1, "months": 2, "results": 3, "seconds": 4.0, "otherwise": 0},'
        ' "one": [2.0], "two": [1.0], "building": 5.0, "peak": 6}'
    )
    assert of_json(line).speed_up == 2
