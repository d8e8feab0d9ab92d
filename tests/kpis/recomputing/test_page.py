"""The pages: asking, how far it is, what differs, cancelling; who may, and how many statements."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.models import KpiResult, Recomputation
from kpis.recomputing.work import part_name, unfinished
from kpis.selectors.recomputing import duration_words, standing_of
from oversight import progress
from oversight.audit_trail.events import Event
from studies.models import Study
from tests.kpis.browsing import browser, bytes_of, words_of
from tests.kpis.recomputing.makers import LATER, asked, done, two_months
from tests.kpis.recomputing.test_asking import entry
from tests.people import World

LIST = reverse("kpis:recomputation-list")


def page_of(row: Recomputation, name: str = "detail") -> str:
    return reverse(f"kpis:recomputation-{name}", args=[row.pk])


def form(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "proof",
        "scope": f"sponsor-{world.northwind.pk}",
        "first_month": "2025-11",
        "last_month": "2025-12",
        "reason": "After a restore.",
        **changes,
    }


def test_asked_for_on_the_page_and_shown_there(world: World) -> None:
    two_months(world)
    sam = browser(world.sam)
    words = words_of(sam.get(LIST))
    assert "None yet" in words
    assert 'value="2025-11"' in sam.get(LIST).content.decode()
    assert "Say why it is computed again." in words_of(sam.post(LIST, form(world, reason="")))
    wrong = sam.post(LIST, form(world, first_month="2025-12", last_month="2025-11"))
    assert "before the first" in words_of(wrong)
    response = sam.post(LIST, form(world, scope=f"cro-{world.alpha.pk}"))
    row = Recomputation.objects.get()
    assert response["Location"] == page_of(row)
    assert row.vendor == world.alpha
    words = words_of(browser(world.quinn).get(page_of(row)))
    for said in ("Proof: Alpha, Nov 2025 to Dec 2025", "Waiting for its turn", "0 of 4 months"):
        assert said in words
    assert "Compute again" not in words_of(browser(world.quinn).get(LIST))
    assert browser(world.quinn).post(LIST, form(world)).status_code == 403


def test_how_far_it_is(world: World) -> None:
    two_months(world)
    row = asked(world)
    sam = browser(world.sam)
    first, _second = unfinished(row.pk)
    progress.report(part_name(first), "1", 0.5)
    row.parts.filter(pk=first).update(begun_at=LATER, worker="worker 7")
    standing = standing_of(row, now=LATER + timedelta(seconds=10))
    assert (standing.done, standing.percent, standing.workers) == (1, 25, ("worker 7",))
    assert standing.per_second == pytest.approx(0.1)
    assert standing.left == "30 seconds"
    words = words_of(sam.get(page_of(row, "progress")))
    for said in ("1 of 4 months", "At month 1 of 2", "worker 7", "Waiting"):
        assert said in words
    progress.finish(part_name(first))
    assert standing_of(row, now=LATER).workers == ()
    assert "none at this moment" in words_of(sam.get(page_of(row, "progress")))
    assert "HX-Refresh" not in sam.get(page_of(row, "progress"))
    done(row)
    assert sam.get(page_of(row, "progress"))["HX-Refresh"] == "true"
    words = words_of(sam.get(page_of(row)))
    assert "All 4 stored months came out again, to the last digit." in words
    assert "Finished, 1 Dec 2025, 09:00 UTC" in words_of(sam.get(LIST))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (119, "119 seconds"),
        (150, "2 minutes"),
        (3600, "1 hour"),
        (7860, "2 hours 11 minutes"),
    ],
)
def test_a_duration_is_said_roughly(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


def test_what_differs_stands_on_the_page_and_in_a_file(world: World) -> None:
    two_months(world)
    forged = KpiResult.objects.filter(study=world.study, period_start__month=12).latest("pk")
    forged.pk, forged.country = None, "Atlantis"
    forged.save()
    row = done(asked(world))
    quinn = browser(world.quinn)
    words = words_of(quinn.get(page_of(row)))
    for said in ("3 of 4 stored months came out again", "Atlantis", "Dec 2025", "a result"):
        assert said in words
    lines = bytes_of(quinn.get(page_of(row, "differences"))).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Alpha,Alpha for NWT-301,NWT-301,2025-12-01,")
    assert entry(Event.EXPORTED).subject_label == str(row)


def test_cancelled_on_the_page(world: World) -> None:
    two_months(world)
    row = asked(world)
    sam = browser(world.sam)
    assert "Cancel" in words_of(sam.get(page_of(row)))
    assert "Nothing more is begun." in words_of(sam.post(page_of(row, "cancel"), follow=True))
    words = words_of(sam.post(page_of(row, "cancel"), follow=True))
    assert "closed already" in words
    assert "Cancelled, " in words


def test_an_update_says_what_it_did(world: World) -> None:
    two_months(world)
    row = done(asked(world, "update"))
    words = words_of(browser(world.sam).get(page_of(row)))
    assert "0 of 2 accepted months had new inputs and were computed." in words


def test_as_many_statements_for_many_parts_as_for_few(world: World) -> None:
    two_months(world)
    sam = browser(world.sam)
    sam.get(LIST)  # fills what is kept between requests
    counts = []
    for size in (0, 20):
        row = done(asked(world))
        for number in range(size):
            study = Study.objects.create(sponsor=world.northwind, protocol_number=f"S-{number}")
            part = row.parts.create(study=study, months=1)
            part.differences.create(
                engagement=world.beta_engagement, study=study, period_start="2025-11-01"
            )
        pages = (LIST, page_of(row), page_of(row, "progress"))
        with CaptureQueriesContext(connection) as statements:
            for page in pages:
                assert sam.get(page).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
