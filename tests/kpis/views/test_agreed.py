"""The pages on which limits are agreed and KPIs of the library asked for."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.models import AgreedLimits, ChosenKpi, KpiResult
from kpis.snapshots.compute import compute_for
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import NOW, accepted
from tests.people import World

AGREE = reverse("kpis:limits-agree", args=["query-aging"])
PAGE = reverse("kpis:definition-detail", args=["query-aging"])


def filled(**changes: object) -> dict[str, object]:
    month = f"{timezone.localdate():%Y-%m}"
    return {
        "engagement": "",
        "amber": "1",
        "red": "2",
        "from_month": month,
        "source": "Standard 12",
        "reason": "The committee asks for less",
    } | changes


def test_limits_are_agreed_shown_to_those_they_concern_and_ended(world: World) -> None:
    sam = browser(world.sam)
    engagement = world.alpha_engagement.pk
    assert sam.post(AGREE, filled(engagement=engagement)).status_code == 302
    words = words_of(sam.get(PAGE))
    for said in ("Alpha for NWT-301", "over 2", "Standard 12", "Sam"):
        assert said in words
    assert "Standard 12" in words_of(browser(world.ada).get(PAGE))
    assert "Standard 12" not in words_of(browser(world.ben).get(PAGE))
    row = AgreedLimits.objects.get()
    address = reverse("kpis:agreed-end", args=["limits", row.pk])
    month = f"{timezone.localdate():%Y-%m}"
    assert sam.post(address, {"last_month": month, "reason": "Over"}).status_code == 302
    row.refresh_from_db()
    assert row.until_month == row.from_month


def test_what_would_have_changed_is_shown_and_nothing_saved(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = accepted(world)
    compute_for(submission=submission, now=NOW)
    before = list(KpiResult.objects.values_list("pk", "rag"))
    monkeypatch.setattr("kpis.views.agreed.timezone.localdate", lambda: NOW.date())
    words = words_of(browser(world.sam).post(AGREE, filled(preview="1")))
    assert "What would have changed colour" in words
    assert "nothing is saved" in words
    assert not AgreedLimits.objects.exists()
    assert list(KpiResult.objects.values_list("pk", "rag")) == before


def test_a_month_that_is_over_is_refused_beside_its_field(world: World) -> None:
    answer = browser(world.sam).post(AGREE, filled(from_month="2020-01"))
    assert "no month that is over is judged" in words_of(answer)


def test_a_kpi_is_asked_for_in_an_engagement(world: World) -> None:
    address = reverse("kpis:kpi-choose", args=["query-aging"])
    month = f"{timezone.localdate():%Y-%m}"
    values = {"engagement": world.alpha_engagement.pk, "from_month": month, "reason": "Wanted"}
    assert browser(world.sam).post(address, values).status_code == 302
    assert ChosenKpi.objects.get().engagement == world.alpha_engagement
    assert "Wanted" not in words_of(browser(world.ben).get(PAGE))
    assert browser(world.quinn).post(address, values).status_code == 403
