"""The demo goes through the real intake, can be interrupted, and tells its stories."""

from csv import DictReader
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from demo.deliveries import Delivery, deliveries, story_day
from demo.exports import csv, workbook
from demo.months import WHOLE, expected, files_of, load_month, loaded
from demo.queries import open_at
from demo.set_up import set_up
from demo.sheets import listing_at
from demo.story import CROS, PEOPLE, SIGN_INS, STUDIES, cro_named
from kpis.models import Comparison, CurrentRun, SnapshotRun, Submission
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept
from kpis.submissions.receive import Upload, receive
from kpis.submissions.submit import submit
from oversight.accounts.models import User
from studies.models import Engagement
from tests.demo.told import TODAY
from vendors.access import Role, actor_of
from vendors.models import Sponsor, Vendor


def test_both_file_formats_say_the_same() -> None:
    plan, cro = STUDIES[5], cro_named("Cedar Biometrics")
    listing = open_at(date(2026, 10, 31), plan, cro, today=TODAY)
    rows = list(DictReader(StringIO(csv("queries", listing).decode()), delimiter=";"))
    sheet = load_workbook(BytesIO(workbook(listing, plan.protocol_number))).active
    header, *cells = sheet.iter_rows(values_only=True)
    written = [["" if cell is None else str(cell) for cell in row] for row in cells]
    assert list(rows[0]) == list(header)
    assert [list(row.values()) for row in rows] == written


def test_files_are_the_same_on_each_day_of_a_month() -> None:
    plan, cro = STUDIES[0], CROS[0]
    for name in ("queries", "visits", "deviations", "enrolment"):
        early, late = (
            listing_at(name, date(2026, 10, 31), plan, cro, today=date(2026, 11, day))
            for day in (3, 29)
        )
        pd.testing.assert_frame_equal(early, late)


@pytest.mark.django_db
def test_files_tell_nothing_about_a_person() -> None:
    set_up(today=TODAY)
    names = {part.encode() for person in PEOPLE for part in person.name.split()}
    for delivery in deliveries(months_ago=3, today=TODAY):
        for _, content in files_of(delivery, today=TODAY):
            plain = _unpacked(content)
            assert b"@" not in plain
            assert not [name for name in names if b">" + name + b"<" in plain]
            assert b"Subject Initials" not in plain
            assert b"Birth" not in plain


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as packed:
        return b"".join(
            packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/")
        )


@pytest.mark.django_db
def test_each_model_reports_in_its_own_way() -> None:
    set_up(today=TODAY)
    newest = deliveries(months_ago=1, today=TODAY)
    scopes = {
        cro.name: [one.study and one.study.protocol_number for one in newest if one.cro == cro]
        for cro in CROS
    }
    assert sorted(map(str, scopes["Alder Clinical"])) == sorted(cro_named("Alder Clinical").studies)
    for cro in CROS:
        if cro.model == Engagement.Model.FSP:
            assert scopes[cro.name] == [None]
    assert scopes["Elm Site Network"] == []  # not there
    assert {
        one.study and one.study.protocol_number
        for one in deliveries(months_ago=2, today=TODAY)
        if one.cro.name == "Elm Site Network"
    } == {"NWT-204", None}


@pytest.mark.django_db
def test_a_month_is_loaded_once_and_carried_on_where_it_stopped() -> None:
    set_up(today=TODAY)
    set_up(today=TODAY)
    assert Sponsor.objects.count() == 1
    assert Vendor.objects.filter(parent=None).count() == len(CROS)
    coming = deliveries(months_ago=8, today=TODAY)
    _begin(coming[0], steps=1)
    _begin(coming[1], steps=2)
    _begin(coming[2], steps=3)
    load_month(months_ago=8, today=TODAY)
    assert Submission.objects.count() == loaded() == len(coming)
    runs = SnapshotRun.objects.count()
    periods = CurrentRun.objects.filter(engagement=coming[2].engagement)
    assert periods.exists()  # accepted, and computed by whoever came next
    load_month(months_ago=8, today=TODAY)
    assert (Submission.objects.count(), SnapshotRun.objects.count()) == (len(coming), runs)


def _begin(delivery: Delivery, *, steps: int) -> None:
    """Receive, check, hand over and accept a delivery, or leave off before."""
    ada = next(p for p in PEOPLE if p.organisation == delivery.cro.name)
    sender = actor_of(User.objects.get(email=ada.email))
    files = files_of(delivery, today=TODAY)
    submission = receive(
        actor=sender,
        engagement=delivery.engagement,
        study=delivery.study,
        uploads=[Upload(name, BytesIO(content), len(content)) for name, content in files],
        data_cutoff_date=delivery.cutoff,
        now=delivery.received_at,
    )
    if steps > 1:
        assert check_submission(submission=submission, now=delivery.received_at)
    if steps > 2:
        submission = Submission.objects.get(pk=submission.pk)
        again: dict[str, Any] = {"reason": "Completed.", "cause": "late-data", "found_by": "cro"}
        submit(actor=sender, submission=submission, now=delivery.received_at, **again)
        sam = actor_of(User.objects.get(email=SIGN_INS[0]))
        accept(actor=sam, submission=submission, comment="", now=delivery.received_at)


@pytest.mark.django_db
def test_loading_goes_on_with_the_same_story_in_a_later_month() -> None:
    set_up(today=TODAY)
    assert story_day(date(2026, 11, 30)) == date(2026, 11, 30)
    assert story_day(date(2027, 1, 4)) == date(2026, 11, 30)
    assert expected(today=date(2027, 1, 4)) == expected(today=TODAY)


@pytest.mark.django_db
def test_early_in_a_month_no_file_comes_from_the_future() -> None:
    assert story_day(date(2026, 12, 10)) == date(2026, 11, 30)
    assert story_day(date(2026, 12, 11)) == date(2026, 12, 11)
    set_up(today=date(2026, 12, 3))
    assert story_day(date(2026, 12, 20)) == date(2026, 11, 30)
    newest = deliveries(months_ago=1, today=story_day(date(2026, 12, 3)))
    assert {one.cutoff for one in newest} == {date(2026, 10, 31)}
    for day in range(11, 31):
        today = date(2026, 11, day)
        for one in deliveries(months_ago=1, today=today):
            assert one.received_at.date() < today - timedelta(days=2)


def test_each_kind_of_user_has_a_sign_in() -> None:
    people = {person.email: person for person in PEOPLE}
    assert {people[email].role for email in SIGN_INS} == set(Role)


@pytest.mark.django_db
def test_the_command_loads_two_months_to_compare_and_prints_sign_ins() -> None:
    out = StringIO()
    call_command("load_demo", today=TODAY, stdout=out)
    newest, before = (deliveries(months_ago=ago, today=TODAY) for ago in (1, 2))
    assert loaded() == len(newest) + len(before) < expected(today=TODAY)
    compared = Comparison.objects.filter(against__isnull=False)
    assert compared.count() == len(newest)
    assert all(one.tables.filter(unchanged__gt=0).exists() for one in compared)
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
    assert f"0 of {expected(today=TODAY)} submissions".encode() in answer.content
    assert cache.get(WHOLE) is None
    settings.DEMO = False
    assert client.get("/demo/progress/").status_code == 404
