"""The demo goes through the real intake, can be interrupted, and tells its stories."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from demo.calendar import month_end
from demo.exports import delimited, workbook
from demo.months import WHOLE, due, expected, load_month, loaded
from demo.queries import open_at
from demo.set_up import set_up
from demo.story import CROS, SIGN_INS, STUDIES, cro_named
from kpis.models import KpiResult, Submission
from oversight.accounts.models import User
from vendors.models import Sponsor, Vendor

TODAY = date(2026, 11, 22)


def test_months_are_counted_back_over_the_year() -> None:
    assert month_end(TODAY, months_ago=1) == date(2026, 10, 31)
    assert month_end(TODAY, months_ago=11) == date(2025, 12, 31)
    assert month_end(date(2024, 3, 31), months_ago=1) == date(2024, 2, 29)


def test_consecutive_months_agree_query_by_query() -> None:
    plan, cro = STUDIES[0], CROS[0]
    september = open_at(date(2026, 9, 30), plan, cro, today=TODAY)
    october = open_at(date(2026, 10, 31), plan, cro, today=TODAY)
    key = ["site", "participant", "form", "field", "opened"]
    old = october[october["opened"] < "2026-10-01"]
    assert len(old) > 0
    assert len(old.merge(september, on=key)) == len(old)


def test_a_sliding_cro_gets_worse_and_a_steady_one_does_not() -> None:
    def share_old(protocol: str, cutoff: date) -> float:
        plan = next(plan for plan in STUDIES if plan.protocol_number == protocol)
        listing = open_at(cutoff, plan, cro_named(plan.data_management), today=TODAY)
        return float((listing["days_open"] > 14).mean())

    assert share_old("NWT-301", date(2026, 10, 31)) > 0.10 > share_old("NWT-301", date(2026, 4, 30))
    assert share_old("NWT-401", date(2026, 10, 31)) < 0.05


def test_both_file_formats_say_the_same() -> None:
    listing = open_at(date(2026, 10, 31), STUDIES[5], cro_named("Cedar Biometrics"), today=TODAY)
    assert delimited(listing, "NWT-101").count(b"\n") == len(listing) + 1
    assert workbook(listing, "NWT-101").startswith(b"PK")


@pytest.mark.django_db
def test_a_month_is_loaded_once_and_carried_on_where_it_stopped() -> None:
    set_up(today=TODAY)
    set_up(today=TODAY)
    assert Sponsor.objects.count() == 1
    assert Vendor.objects.count() == len(CROS)
    load_month(months_ago=5, today=TODAY)  # the month that Cedar restates
    first = Submission.objects.count()
    assert first == len(due(5)) + 2  # two studies restated
    assert loaded() == first
    load_month(months_ago=5, today=TODAY)
    assert Submission.objects.count() == first
    restated = Submission.objects.filter(supersedes__isnull=False)
    assert restated.count() == 2
    for submission in restated:
        aging = KpiResult.objects.filter(country="", definition__slug="query-aging")
        before = aging.filter(run__submission=submission.supersedes)
        after = aging.filter(run__submission=submission)
        assert (before.get().denominator or 0) < (after.get().denominator or 0)
        assert (before.get().run_id, after.get().run.current.run_id) == (
            before.get().run_id,
            after.get().run_id,
        )


@pytest.mark.django_db
def test_the_command_loads_the_newest_month_and_prints_sign_ins() -> None:
    out = StringIO()
    call_command("load_demo", today=TODAY, stdout=out)
    assert loaded() == len(due(1)) < expected()
    call_command("load_demo", sign_ins=True, stdout=out)
    printed = out.getvalue()
    for email in SIGN_INS:
        assert email in printed
        assert User.objects.get(email=email).is_active


@pytest.mark.django_db
def test_the_demo_stays_out_of_a_database_in_use(settings: Any) -> None:
    Sponsor.objects.create(name="Somebody real")
    out = StringIO()
    call_command("load_demo", today=TODAY, stdout=out)
    assert "other sponsors" in out.getvalue()
    assert Submission.objects.count() == 0


def test_production_has_no_demo(settings: Any) -> None:
    settings.MODE, settings.DEMO = "production", False
    with pytest.raises(CommandError, match="not in production"):
        call_command("load_demo")


@pytest.mark.django_db
def test_progress_is_shown_until_all_is_loaded(client: Client, settings: Any) -> None:
    settings.DEMO = True
    set_up(today=TODAY)
    client.force_login(User.objects.get(email=SIGN_INS[0]))
    answer = client.get("/demo/progress/")
    assert answer.status_code == 200
    assert f"0 of {expected()} submissions".encode() in answer.content
    assert cache.get(WHOLE) is None
    settings.DEMO = False
    assert client.get("/demo/progress/").status_code == 404
