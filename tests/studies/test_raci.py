"""RACI and changes of a study: who is in which column, on which day, and who may know."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Delegation, Function, Study
from studies.selectors.raci import Raci, RaciRow, raci
from tests.people import START, World
from tests.vendors.browsing import page, send, signed_in

pytestmark = pytest.mark.django_db


def obligation(code: str) -> Function:
    return Function.objects.get(obligation__code=code)


def delegate(world: World, function: Function, **more: Any) -> Delegation:
    with acting(Actor.system("tests")):
        return Delegation.objects.create(
            **{
                "study": world.study,
                "function": function,
                "kind": "transferred",
                "engagement": world.alpha_engagement,
                "from_date": START,
                **more,
            }
        )


def raci_of(world: World, user: Any, on: date = date(2026, 10, 1)) -> Raci:
    study = Study.objects.select_related("sponsor").get(pk=world.study.pk)
    return raci(user=user, study=study, on=on)


def rows(world: World, user: Any, title: str, on: date = date(2026, 10, 1)) -> list[RaciRow]:
    return [row for row in raci_of(world, user, on).rows if row.title == title]


def test_each_column_has_its_people(world: World) -> None:
    delegate(
        world,
        obligation("T19"),
        responsible="Lead monitor",
        consulted="Medical monitor",
        informed="Study team",
        decision_maker="Head of operations",
        clause="TORO §2",
    )
    (row,) = rows(
        world, world.sam, "T19 Monitoring of conduct and progress: plan, visits, reports, follow-up"
    )
    assert row.responsible == "Alpha: Lead monitor"
    assert row.accountable == "Northwind Therapeutics"
    assert (row.consulted, row.informed) == ("Medical monitor", "Study team")
    assert (row.decision_maker, row.fda) == ("Head of operations", "Alpha")
    words = page(world.sam, "studies:study-raci", world.study.pk)
    for said in ("Lead monitor", "TORO §2", "Head of operations", "Holder for FDA"):
        assert said in words, said


def test_who_holds_it_for_fda(world: World) -> None:
    t02 = "T02 Keeping the IND in effect, and correspondence with FDA"
    (row,) = rows(world, world.sam, t02)
    assert (row.delegated, row.fda) == (False, "Northwind Therapeutics")
    shared = delegate(world, obligation("T02"), kind="shared", split="CRO files, sponsor signs")
    (row,) = rows(world, world.sam, t02)
    assert row.fda == row.responsible.replace("; ", " and ") == "Alpha and Northwind Therapeutics"
    delegate(world, obligation("T02"), engagement=world.beta_engagement)
    (row,) = rows(world, world.sam, t02)
    assert row.fda == "not clear: Alpha, Beta"
    # Not of Part 312: nobody holds it for FDA; neither on a study of a device.
    (row,) = rows(world, world.sam, "T31 Randomisation, code-break and control of blinding")
    assert row.fda == ""
    with acting(Actor.system("tests")):
        Delegation.objects.filter(pk=shared.pk).update(until_date=START)
        Study.objects.filter(pk=world.study.pk).update(product_type="device")
    (row,) = rows(world, world.sam, t02)
    assert (row.fda, row.how) == ("", "Delegated to the CRO")
    words = page(world.sam, "studies:study-raci", world.study.pk)
    assert "Delegation of tasks" in words
    assert "Holder for FDA" not in words


def test_not_applicable_has_nobody_who_does_it(world: World) -> None:
    delegate(world, obligation("T42"), kind="not-applicable", engagement=None)
    (row,) = rows(
        world, world.sam, "T42 Insurance, compensation, and legal representative in the EU"
    )
    assert (row.responsible, row.fda) == ("", "")


def test_a_region_is_a_row_of_its_own(world: World) -> None:
    delegate(
        world,
        Function.objects.get(slug="data-management"),
        region="europe",
        engagement=world.beta_engagement,
    )
    here, elsewhere = rows(world, world.sam, "Data management")
    assert (here.where, here.responsible) == ("Europe", "Beta")
    assert (elsewhere.where, elsewhere.responsible) == ("elsewhere", "Alpha")
    words = page(world.sam, "studies:study-raci", world.study.pk, region="europe")
    assert "Beta" in words
    assert "Alpha" not in words
    assert "Beta" not in page(world.ada, "studies:study-raci", world.study.pk)


def test_another_day_has_another_answer(world: World) -> None:
    before = START - timedelta(days=1)
    (row,) = rows(world, world.sam, "Data management", on=before)
    assert row.how == "Retained by default, unconfirmed"
    address = reverse("studies:study-raci", args=[world.study.pk])
    words = signed_in(world.sam).get(address, {"on": before.isoformat()}).content.decode()
    assert "On 31 Dec 2023" in words
    assert "Alpha" not in words
    assert not rows(world, world.ada, "Data management", on=before)
    assert "Nothing is delegated to you here" in page(
        world.ada, "studies:study-raci", world.study.pk, on=before.isoformat()
    )
    assert signed_in(world.sam).get(address, {"on": "never"}).status_code == 200


def test_the_page_of_changes(world: World) -> None:
    one = Delegation.objects.get(engagement=world.alpha_engagement)
    send(world.sam, "studies:delegation-edit", one.pk, clause="WO-9", reason="mistyped")
    asked = {"since": "2023-12-01", "until": date.max.isoformat()}
    words = page(world.sam, "studies:study-changes", world.study.pk, **asked)
    assert "1 change in who does what" in words
    assert "Data management: Alpha does it under WO-9 from 1 Jan 2024 on; before" in words
    assert "mistyped" in words
    words = page(world.ada, "studies:study-changes", world.study.pk, **asked)
    assert "Data management: Alpha does it under WO-9 from 1 Jan 2024 on." in words
    assert "mistyped" not in words
    assert "Nothing began" in page(world.sam, "studies:study-changes", world.study.pk)
    swapped = {"since": asked["until"], "until": asked["since"]}
    assert "1 change" in page(world.sam, "studies:study-changes", world.study.pk, **swapped)
    assert "Nothing began" in page(
        world.sam, "studies:study-changes", world.study.pk, until="0001-01-01"
    )


def test_the_rows_as_files_run_nothing_and_are_on_record(world: World) -> None:
    delegate(world, obligation("T19"), responsible="Lead", decision_maker="=1+1", clause="+7")
    client = signed_in(world.sam)
    address = reverse("studies:study-raci-file", args=[world.study.pk, "csv"])
    text = client.get(address, {"on": "2026-10-01"}).getvalue().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == len(raci_of(world, world.sam).rows)
    (line,) = [one for one in lines if one["Function or obligation"].startswith("T19")]
    assert (line["Responsible"], line["Final decision"]) == ("Alpha: Lead", "'=1+1")
    assert line["Since"] == START.isoformat()
    answer = client.get(address.replace(".csv", ".xlsx"), {"on": "2026-10-01"})
    assert answer["Content-Disposition"] == 'attachment; filename="raci-nwt-301-2026-10-01.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    assert sheet is not None
    assert sheet.max_row == len(lines) + 1
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert client.get(address.replace(".csv", ".pdf")).status_code == 404
    assert AuditTrailEntry.objects.filter(event=Event.EXPORTED).count() == 2
    of_ada = signed_in(world.ada).get(address).getvalue().decode()
    assert "by default" not in of_ada
    assert len(of_ada.splitlines()) == 3  # the headings, and what Alpha holds
