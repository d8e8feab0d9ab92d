"""The document as XLSX and PDF: the same bytes again, nothing run, and on record who took it."""

import io
import zipfile
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from oversight.audit_trail.attribution import acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Study
from tests.people import World
from tests.studies.toro.making import PARTLY, TESTS, WHOLLY, delegate, make_device
from tests.vendors.browsing import signed_in
from vendors.models import Vendor

pytestmark = pytest.mark.django_db

FILE = "studies:toro-file"
HOSTILE = (
    '=cmd|"/c calc"!A1 #panic("x") $ \\ * _ ` @ref <label> // [ ] { } \x0b  日本語 \u202e 🎉 Zażółć'
)


def get(world: World, kind: str, **asked: str) -> Any:
    address = reverse(FILE, args=[world.study.pk, kind])
    return signed_in(world.sam).get(address, {"on": "2026-06-01", **asked})


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_the_same_day_gives_the_same_bytes_and_is_on_record(world: World, kind: str) -> None:
    delegate(world, WHOLLY)
    first, again = get(world, kind, list="narrow"), get(world, kind, list="narrow")
    assert first.content == again.content
    assert first["Content-Disposition"] == (
        f'attachment; filename="toro-part-312-NWT-301-2026-06-01.{kind}"'
    )
    assert get(world, kind, on="2026-01-01", list="narrow").content != first.content
    entry = AuditTrailEntry.objects.filter(event=Event.EXPORTED).earliest("id")
    assert (entry.actor_name, entry.subject_label) == ("Sam", "NWT-301")
    assert (entry.detail["on"], entry.detail["list"], entry.detail["kind"]) == (
        "2026-06-01",
        "narrow",
        kind,
    )
    assert len(entry.detail["sha256"]) == 64


def test_the_pdf_is_tagged_and_runs_nothing_that_people_write(world: World) -> None:
    with acting(TESTS):
        Study.objects.filter(pk=world.study.pk).update(title=HOSTILE, protocol_number=HOSTILE[:60])
        Vendor.objects.filter(pk=world.alpha.pk).update(name=HOSTILE[:80])
    delegate(world, WHOLLY, clause=HOSTILE[:100], decision_maker=HOSTILE)
    delegate(world, PARTLY, kind="shared", split=HOSTILE * 5)
    for narrow in ("narrow", "full"):
        response = get(world, "pdf", list=narrow)
        assert response.content.startswith(b"%PDF-1.7")
        assert b"pdfuaid:part" in response.content
    assert response["Content-Disposition"].isascii()


def test_the_workbook_holds_the_table_and_the_changes(world: World) -> None:
    with acting(TESTS):
        Vendor.objects.filter(pk=world.alpha.pk).update(name="=1+1")
    delegate(world, WHOLLY)
    book = load_workbook(io.BytesIO(get(world, "xlsx", list="narrow").content))
    table, changes = book.worksheets
    assert (table.title, changes.title) == ("Transfer of obligations", "Changes")
    head = {row[0].value: row[1].value for row in table.iter_rows(max_row=8, max_col=2)}
    assert head["Study"] == "NWT-301"
    assert head["As of"] == "1 Jun 2026"
    rows = [[cell.value for cell in row] for row in table.iter_rows()]
    (line,) = [row for row in rows if row[1] == WHOLLY]
    assert (line[4], line[6]) == ("Transferred", "=1+1")
    assert "f" not in {cell.data_type for row in table.iter_rows() for cell in row}
    told = [row[2].value for row in changes.iter_rows(min_row=3)]
    assert any(words.startswith("From 3 Mar 2026 =1+1 holds Expedited") for words in told)
    since = load_workbook(io.BytesIO(get(world, "xlsx", since="2026-04-01").content))
    assert since["Changes"]["A1"].value == "What changed from 1 Apr 2026 to 1 Jun 2026"
    assert since["Changes"]["A3"].value == "Nothing changed."


def test_the_workbook_carries_no_time_of_day(world: World) -> None:
    content = get(world, "xlsx").content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert {info.date_time[0] for info in book.infolist()} == {1980}


def test_a_device_study_names_its_files_so(world: World) -> None:
    make_device(world)
    response = get(world, "pdf", list="narrow")
    assert (
        'filename="delegation-of-tasks-NWT-301-2026-06-01.pdf"' in response["Content-Disposition"]
    )
    book = load_workbook(io.BytesIO(get(world, "xlsx").content))
    assert book.sheetnames == ["Delegation of tasks", "Changes"]
    assert "IND submission" not in {cell.value for cell in book.worksheets[0][13]}


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_the_part_of_a_cro_has_files_of_its_own(world: World, kind: str) -> None:
    delegate(world, WHOLLY)
    before = get(world, kind, cro=str(world.alpha.pk))
    assert "toro-NWT-301-Alpha-2026-06-01" in before["Content-Disposition"]
    # What another CRO holds changes nothing in it, not even a fingerprint.
    delegate(world, PARTLY, engagement=world.beta_engagement)
    assert get(world, kind, cro=str(world.alpha.pk)).content == before.content
    if kind == "xlsx":
        assert load_workbook(io.BytesIO(before.content)).sheetnames == ["Transfer of obligations"]


def test_what_cannot_be_had_is_not_there(world: World) -> None:
    assert get(world, "docx").status_code == 404
    assert get(world, "pdf", on="1.6.26").status_code == 404
    assert not AuditTrailEntry.objects.filter(event=Event.EXPORTED).exists()
