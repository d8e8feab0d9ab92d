"""The page of a coming version: asked for, computed, read by each side, taken away."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.models import ShadowResult, ShadowRun
from kpis.shadow.asking import job_name
from kpis.tasks import run_shadow
from oversight import progress
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.kpis.browsing import browser, bytes_of, words_of
from tests.kpis.shadow.making import NOW, SLUG, computed, make_beta, make_months
from tests.people import World

PAGE = reverse("kpis:definition-version", args=[SLUG, 2])
ASK = reverse("kpis:shadow-run-create", args=[SLUG, 2])


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpis.views.shadow.timezone.now", lambda: NOW)
    monkeypatch.setattr("kpis.views.shadow.timezone.localdate", NOW.date)


def test_it_is_asked_for_waited_for_and_read(world: World) -> None:
    make_months(world)
    sam = browser(world.sam)
    before = words_of(sam.get(PAGE))
    assert "It takes over in Jan 2027. Months before keep version 1" in before
    assert "Not computed yet Have it computed on the past months" in before
    assert "Counting: older than 14 10" in before
    assert sam.post(ASK, {"months": "24"}).status_code == 302
    run = ShadowRun.objects.get()
    assert run.first_month == date(2024, 12, 1)
    waiting = words_of(sam.get(PAGE))
    assert "Waiting for its turn" in waiting
    assert "Compute past months" not in waiting
    part = reverse("kpis:shadow-run-progress", args=[run.pk])
    progress.report(job_name(run.pk), "3 of 8 results of past months", 0.4)
    assert "3 of 8 results" in words_of(sam.get(part))
    run_shadow(run.pk)
    assert sam.get(part)["HX-Refresh"] == "true"
    words = words_of(sam.get(PAGE))
    assert "version 2: 6 of 8 judged months change colour" in words
    assert (
        "Of 8 judged months, 2 would have been red instead of green, 2 would have been red instead "
        "of amber and 2 would have been amber instead of green; 2 keep their colour." in words
    )
    assert "Oct 2026 Alpha NWT-301 A 5.7 % 3 of 53 R 24.5 % 13 of 53" in words
    assert "Compute again" in words
    detail = words_of(sam.get(reverse("kpis:definition-detail", args=[SLUG])))
    assert "Of 8 judged months, 2 would have been red instead of green" in detail
    assert "Sam" in words


def test_the_list_the_trend_and_the_runs_follow_the_address(world: World) -> None:
    make_months(world)
    first, second = computed(world), computed(world, months=2)
    sam = browser(world.sam)
    assert "1 shown" not in words_of(sam.get(PAGE))
    words = words_of(sam.get(PAGE, {"show": "amber.red", "sort": "place"}))
    assert "2 shown" in words
    assert "Nothing fits this filter" in words_of(sam.get(PAGE, {"show": "better"}))
    scope = f"{world.beta_engagement.pk}-0"
    trend = words_of(sam.get(PAGE, {"scope": scope}))
    assert (
        "1 of 1 months would have another colour"
        in sam.get(PAGE, {"scope": scope}).content.decode()
    )
    assert "Beta, Beta for NWT-204 as a whole" in trend
    assert "6 of 8 judged" in words_of(sam.get(PAGE, {"run": str(first.pk)}))
    assert "4 of 4 judged" in words_of(sam.get(PAGE, {"run": str(second.pk)}))
    assert "4 of 4 judged" in words_of(sam.get(PAGE, {"run": "nonsense", "page": "99"}))


def test_a_cro_reads_its_own_months_alone_and_asks_for_nothing(world: World) -> None:
    make_months(world)
    run = computed(world)
    ada, ben = browser(world.ada), browser(world.ben)
    own = words_of(ada.get(PAGE))
    assert "4 of 6 judged months change colour" in own
    assert "Beta" not in own
    assert "Months back" not in own
    other = words_of(ben.get(PAGE, {"show": "all"}))
    assert "2 of 2 judged months change colour" in other
    assert "Alpha" not in other
    file = reverse("kpis:shadow-run-csv", args=[run.pk])
    assert b"Beta" not in bytes_of(ada.get(file))
    assert b"Alpha" not in bytes_of(ben.get(file))
    assert ada.get(PAGE, {"scope": f"{world.beta_engagement.pk}-0"}).content.count(b"Beta") == 0
    for person in (world.ada, world.quinn):
        assert browser(person).post(ASK).status_code == 403
    stranger = browser(world.olga)
    assert "Not computed yet" in words_of(stranger.get(PAGE))
    assert stranger.get(file).status_code == 404


def test_a_cro_of_which_nothing_was_compared_does_not_learn_of_the_run(world: World) -> None:
    make_beta(world)
    run = computed(world)
    words = words_of(browser(world.ada).get(PAGE))
    assert "Not computed yet An oversight manager of the sponsor can have it computed" in words
    assert "Who had it computed" not in words
    part = reverse("kpis:shadow-run-progress", args=[run.pk])
    assert browser(world.ada).get(part).status_code == 404


def test_all_months_are_a_file_and_taking_it_is_recorded(world: World) -> None:
    make_beta(world)
    run = computed(world)
    text = bytes_of(browser(world.sam).get(reverse("kpis:shadow-run-csv", args=[run.pk]))).decode()
    head, *lines = text.removeprefix("\ufeff").splitlines()
    assert head.startswith("Month,CRO,Engagement,Study,Version on record,Numerator on record")
    whole = "2026-10-01,Beta,Beta for NWT-204,,1,0.0,60.0,0.0,green,2,20.0,60.0,33.3333"
    assert any(line.startswith(whole) for line in lines)
    assert all(line.endswith("red,yes,") for line in lines)
    entry = AuditTrailEntry.objects.filter(event=Event.DOWNLOADED).last()
    assert entry is not None
    assert entry.detail["rows"] == 2


def test_what_could_not_be_computed_is_listed_with_its_reason(world: World) -> None:
    make_beta(world)
    run = computed(world)
    row: Any = run.results.filter(study=None).get()
    later = ShadowRun.objects.create(
        **{
            name: getattr(run, name)
            for name in ("sponsor", "slug", "version", "content", "first_month", "last_month")
        },
        sha256="0" * 64,
        asked_by=world.sam,
        asked_at=NOW,
        computed_at=NOW,
        inputs_sha256="1" * 64,
    )
    ShadowResult.objects.create(
        run=later,
        result=row.result,
        engagement=row.engagement,
        period_start=row.period_start,
        detail={"why": "The queries are not there."},
    )
    words = words_of(browser(world.sam).get(PAGE, {"run": str(later.pk)}))
    assert "no month could be judged" in words
    assert "Beta, Beta for NWT-204 as a whole The queries are not there. Oct 2026" in words
    assert "The definition was changed after this was computed." in words


def test_unknown_versions_and_months_are_refused(world: World) -> None:
    sam = browser(world.sam)
    for slug, version in ((SLUG, 1), (SLUG, 3), ("query-backlog", 2), ("nothing", 2)):
        page = reverse("kpis:definition-version", args=[slug, version])
        assert sam.get(page).status_code == 404
        ask = reverse("kpis:shadow-run-create", args=[slug, version])
        assert sam.post(ask).status_code == 404
    answer = sam.post(ASK, {"months": "999"}, follow=True)
    assert "Choose 1 to 60 months." in words_of(answer)
    assert not ShadowRun.objects.exists()


def test_the_number_of_statements_does_not_depend_on_how_much_was_computed(world: World) -> None:
    make_months(world)
    computed(world, months=2)
    sam = browser(world.sam)
    with CaptureQueriesContext(connection) as few:
        sam.get(PAGE)
    computed(world, months=36)
    with CaptureQueriesContext(connection) as many:
        sam.get(PAGE)
    assert len(many) == len(few)
    assert len([one for one in many if re.search("kpis_shadow", one["sql"])]) == 2
