"""Computing a stored run again: the same comes out, or what was altered is told."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from django.db import connections
from pytest_django import DjangoAssertNumQueries

from kpis.definitions import catalogue
from kpis.engine.definition import KpiDefinition, Limits, Provenance
from kpis.engine.terms import ProvenanceKind, RagStatus
from kpis.models import AgreedLimits, KpiResult, SnapshotRun, Submission
from kpis.snapshots.again import NothingCame, NotRebuilt, again, differences, inputs_of
from kpis.snapshots.compute import compute_for
from kpis.snapshots.missing import mark_missing
from kpis.waivers import Month, take_back, waive
from oversight import storage
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Study
from tests.dashboards.listings import participants
from tests.dashboards.months import listing, queries, report
from tests.kpis.makers import GOOD_ROWS, accepted, csv_bytes
from tests.kpis.makers import NOW as MADE
from tests.people import World, make_world
from vendors.access import actor_of

CUTOFF = date(2026, 10, 31)
NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
SITES = (
    queries("S1", old=2, young=40, country="FRA"),
    queries("S2", old=9, young=3, country="ESP"),
)


def alpha(world: World, **more: Any) -> Submission:
    """A month of Alpha's study: its own submission."""
    fixed: dict[str, Any] = {
        "sponsor": world.sam,
        "by": world.ada,
        "engagement": world.alpha_engagement,
    }
    return report(**{**fixed, "study": world.study, "cutoff": CUTOFF, "sites": SITES} | more)


def beta(world: World, **more: Any) -> Submission:
    """A month of Beta, which reports across its studies."""
    files = {"queries": listing(world.other_study, SITES, cutoff=CUTOFF)}
    fixed: dict[str, Any] = {
        "sponsor": world.sam,
        "by": world.ben,
        "engagement": world.beta_engagement,
    }
    return report(**{**fixed, "study": None, "cutoff": CUTOFF, "files": files} | more)


def runs(**scope: Any) -> list[SnapshotRun]:
    found = list(SnapshotRun.objects.filter(**scope))
    assert found
    return found


def all_the_same(run: SnapshotRun) -> bool:
    return differences(run, again(run, inputs=inputs_of(run, prove=True))) == ()


def test_every_run_comes_out_again_of_one_study_and_across_studies(world: World) -> None:
    alpha(world)
    beta(world)
    for run in runs():
        assert inputs_of(run).name() == run.inputs_sha256
        assert all_the_same(run)


def test_what_was_superseded_is_computed_from_what_counted_then(world: World) -> None:
    alpha(world)
    alpha(world, sites=SITES[:1], now=NOW)
    first, second = runs(study=world.study)
    assert all_the_same(first)
    assert all_the_same(second)
    for run, open_ones in ((first, 54), (second, 42)):
        found = again(run, slugs={"query-aging"})
        assert found.slugs == {"query-aging"}
        assert found.outcomes["query-aging", ""].outcome.denominator == open_ones
    assert differences(first, again(second)) != ()


def test_a_worker_that_read_the_clock_before_the_acceptance_is_no_riddle(world: World) -> None:
    compute_for(submission=accepted(world), now=MADE)
    second = accepted(world, csv_bytes(*GOOD_ROWS[:2]))
    compute_for(submission=second, now=MADE - timedelta(seconds=5))
    assert second.decided_at == MADE
    last = runs(study=world.study)[-1]
    assert inputs_of(last).parts[0].submission == second
    assert all_the_same(last)


def test_a_study_is_read_by_the_names_it_had(world: World) -> None:
    renamed = world.other_study
    renamed.names_in_files = ["Study 2"]
    with acting(Actor.system("tests"), reason="a name"):
        renamed.save()
    beta(world, now=datetime.now(UTC))
    with acting(Actor.system("tests"), reason="another name"):
        Study.objects.filter(pk=renamed.pk).update(names_in_files=["Study 3"])
    (run,) = runs(study=world.other_study)
    assert inputs_of(run).parts[0].study.names_in_files == ["Study 2"]  # type: ignore[union-attr]
    assert all_the_same(run)


def test_agreed_limits_and_waivers_are_those_of_the_day(world: World) -> None:
    with acting(Actor.system("tests"), reason="agreed"):
        agreed = AgreedLimits.objects.create(
            sponsor=world.northwind,
            slug="query-aging",
            amber=90.0,
            red=95.5,
            from_month=CUTOFF.replace(day=1),
            source="QA 2",
            approved_by=world.sam,
            approved_at=NOW,
        )
    month = Month(world.alpha_engagement, world.study, CUTOFF.replace(day=1))
    waiver = waive(
        actor=actor_of(world.sam), month=month, listing="participants", reason="Frozen.", now=NOW
    )
    alpha(world, now=NOW)
    later = NOW + timedelta(days=2)
    take_back(actor=actor_of(world.sam), waiver=waiver, reason="Open again.", now=later)
    with acting(Actor.system("tests"), reason="ended"):
        AgreedLimits.objects.filter(pk=agreed.pk).update(until_month=date(2026, 10, 1), red=99.0)
    (run,) = runs(study=world.study)
    found = again(run)
    assert found.inputs.limits["query-aging"].red == 95.5
    assert found.outcomes["query-backlog", ""].rag is RagStatus.NOT_APPLICABLE
    assert differences(run, found) == ()


def test_another_version_takes_the_place_of_the_one_used_and_nothing_is_stored(
    world: World,
) -> None:
    alpha(world)
    (run,) = runs(study=world.study)
    before = KpiResult.objects.count()
    shadow = laxer(catalogue()["query-aging"])
    found = again(run, slugs={"query-aging", "query-backlog"}, definitions=[shadow])
    told = {(one.country, one.site, one.what) for one in differences(run, found)}
    assert ("", "", "rag") in told
    assert all("value" not in what for _, _, what in told)
    assert KpiResult.objects.count() == before
    assert again(run).outcomes["query-aging", ""].rag.value == "red"
    elsewhere = replace(shadow, slug="not-in-the-run")
    assert again(run, slugs=(), definitions=[elsewhere]).outcomes == {}


def laxer(definition: KpiDefinition) -> KpiDefinition:
    limits = Limits(50.0, 60.0, Provenance(ProvenanceKind.DEFAULT, "A test."))
    return replace(definition, version=99, limits=limits)


def test_where_nothing_came_there_is_nothing_to_compute(world: World) -> None:
    mark_missing(period=CUTOFF.replace(day=1), today=date(2026, 12, 20), now=NOW)
    with pytest.raises(NothingCame, match="nothing to compute"):
        again(runs(study=world.study)[0])


def test_statements_do_not_grow_with_what_was_sent(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    alpha(world)
    for day in range(3):
        alpha(world, sites=[queries("S1", old=day, young=30)], now=NOW + timedelta(days=day))
    for run in runs():
        with django_assert_max_num_queries(8):
            differences(run, again(run))


TAMPERING = {
    "value": "UPDATE kpis_kpiresult SET value = value + 0.0000001 WHERE country = ''",
    "numerator": "UPDATE kpis_kpiresult SET numerator = numerator + 1 WHERE country = 'FRA'",
    "rag": "UPDATE kpis_kpiresult SET rag = 'green' WHERE country = ''",
    "detail open": "UPDATE kpis_kpiresult SET detail = jsonb_set(detail, '{open}', '7')",
    "result": "DELETE FROM kpis_kpiresult WHERE country = 'FRA'",
    "limits": """UPDATE kpis_kpiresult SET limits =
        '{"amber": 1, "red": 2, "kind": "contract", "source": "x", "year": 2026}'""",
    "definition": "UPDATE kpis_definitionsnapshot SET sha256 = repeat('0', 64)",
    "rows": "UPDATE kpis_submittedtable SET rows_sha256 = repeat('0', 64)",
}
UNPROVEN = ("limits", "definition", "rows")


@pytest.mark.parametrize("what", TAMPERING)
def test_what_the_owner_of_the_database_alters_is_told(committed_db: None, what: str) -> None:
    world = make_world()
    alpha(world)
    with connections["owner"].cursor() as cursor:
        for table in ("kpiresult", "definitionsnapshot", "submittedtable"):
            cursor.execute(f"ALTER TABLE kpis_{table} DISABLE TRIGGER USER")
        cursor.execute(TAMPERING[what])
    (run,) = runs(study=world.study)
    if what in UNPROVEN:
        with pytest.raises(NotRebuilt, match=r"altered since|not the one that was used"):
            inputs_of(run)
        return
    told = differences(run, again(run, slugs={"query-aging"}))
    assert {one.what for one in told} == {what}
    assert {one.slug for one in told} == {"query-aging"}


def test_another_file_under_a_tables_name_is_told(committed_db: None) -> None:
    world = make_world()
    alpha(world)
    files = {
        "queries": listing(world.study, SITES[:1], cutoff=CUTOFF),
        "participants": participants(world.study, {"S1": 4}, cutoff=CUTOFF),
    }
    alpha(world, files=files, now=NOW)
    first, _ = runs(study=world.study)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE kpis_submittedtable DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE kpis_submittedtable SET sha256 = (SELECT max(sha256) FROM kpis_submittedtable"
            " WHERE listing = 'participants') WHERE listing = 'queries'"
        )
    with pytest.raises(NotRebuilt, match="not what was sealed"):
        again(first, inputs=inputs_of(first, prove=True))


def test_sealed_results_by_site_are_compared_row_by_row(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    alpha(world)
    (run,) = runs(study=world.study)
    sealed = pd.read_parquet(io.BytesIO(storage.fetch_verified(run.site_results_sha256)))
    mine = sealed["slug"] == "query-aging"
    altered = sealed[mine].copy()
    altered.loc[altered["site"] == "S1", "value"] += 1e-9
    altered.loc[altered["site"] == "S1", "detail"] = '{"open": 1}'
    altered = altered[altered["site"] != "S2"]
    stream = io.BytesIO()
    altered.to_parquet(stream)
    run.site_results_sha256 = storage.keep(stream)  # not saved: what a tampered row would say
    told = differences(run, again(run, slugs={"query-aging"}))
    assert [(one.site, one.country, one.what, one.stored) for one in told][:2] == [
        ("S2", "ESP", "result", "nothing"),
        ("S1", "FRA", "value", altered["value"].iloc[0]),
    ]
    assert {one.what for one in told[2:]} >= {"detail open", "detail median_age"}
    run.site_results_sha256 = "0" * 64
    (gone,) = differences(run, again(run, slugs={"query-aging"}))
    assert (gone.what, gone.computed) == ("table", "2 results by site")
