"""A list's file holds what the list shows, to each reader what they may know, and runs nothing."""

import pytest
from django.urls import reverse

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Delegation, Study
from tests.people import START, World
from tests.vendors.browsing import page, signed_in
from tests.vendors.register.files import csv_rows, downloaded, sheet
from vendors.access import Role
from vendors.models import Agreement, AgreementVersion, Membership, Vendor

pytestmark = pytest.mark.django_db
FILES = [
    "vendors:vendor-export",
    "vendors:agreement-export",
    "studies:study-export",
    "studies:site-export",
    "studies:engagement-export",
    "studies:delegation-export",
    "studies:function-export",
    "studies:obligation-export",
]


def test_the_file_holds_exactly_what_is_filtered(world: World) -> None:
    with acting(Actor.system("tests")):
        for number in range(60):  # more than a page of the list
            Vendor.objects.create(sponsor=world.northwind, name=f"Lab-{number:02}", kind="imaging")
    asked = {"kind": "imaging", "q": "lab-0", "sort": "-name"}
    rows = csv_rows(downloaded(world.sam, "vendors:vendor-export", **asked))
    assert [row["Name"] for row in rows] == [f"Lab-{number:02}" for number in range(9, -1, -1)]
    assert {row["Kind"] for row in rows} == {"Imaging core laboratory"}
    assert len(csv_rows(downloaded(world.sam, "vendors:vendor-export", kind="imaging"))) == 60
    entry = AuditTrailEntry.objects.filter(event=Event.EXPORTED).earliest("id")
    assert entry.subject_label == "Northwind Therapeutics"
    assert entry.detail == {
        "list": "service-providers",
        "rows": 10,
        "filter": {"words": "lab-0", "kind": "imaging"},
    }


def test_what_a_spreadsheet_would_run_is_text(world: World) -> None:
    with acting(Actor.system("tests")):
        Vendor.objects.filter(pk=world.beta.pk).update(name="=1+1")
    written = downloaded(world.sam, "vendors:vendor-export")
    assert b"'=1+1" in written
    cells = sheet(downloaded(world.sam, "vendors:vendor-export", format="xlsx"))
    (formula,) = [cell for row in cells for cell in row if cell.value == "=1+1"]
    assert (formula.data_type, formula.number_format) == ("s", "@")


def test_a_workbook_holds_days_as_days_and_numbers_as_numbers(world: World) -> None:
    cells = sheet(downloaded(world.sam, "studies:engagement-export", format="xlsx"))
    heads = [cell.value for cell in cells[1]]
    row = dict(zip(heads, [cell.value for cell in cells[2]], strict=True))
    assert row["Start date"].date() == START
    assert (row["Due on business day"], row["Engagement model"]) == (10, "Full service")
    assert row["Record"] == world.alpha_engagement.pk
    assert row["Sponsor"] == "Northwind Therapeutics"


@pytest.mark.parametrize("name", FILES)
def test_a_cro_gets_nothing_of_another(world: World, name: str) -> None:
    secret = "unmistakably of Beta"
    with acting(Actor.system("tests")):
        Vendor.objects.filter(pk=world.beta.pk).update(name=secret)
        Study.objects.filter(pk=world.other_study.pk).update(title=secret)
        Study.objects.filter(pk=world.study.pk).update(names_in_files=[secret])
        Delegation.objects.filter(engagement=world.beta_engagement).update(clause=secret)
        world.beta_engagement.name = secret
        world.beta_engagement.save()
        agreement = Agreement.objects.create(vendor=world.beta, kind="msa", title=secret)
        AgreementVersion.objects.create(agreement=agreement, label="1", effective_on=START)
        Vendor.objects.filter(pk=world.alpha.pk).update(parent=world.beta)
    for kind in ("csv", "xlsx"):
        content = downloaded(world.ada, name, format=kind)
        text = str([c.value for row in sheet(content) for c in row]) if kind == "xlsx" else ""
        assert secret not in text + content.decode(errors="ignore")
    heads = downloaded(world.ada, name).decode("utf-8-sig").splitlines()[0].split(",")
    assert not {"Record", "Last change", "Works under", "In files"} & set(heads)


def test_every_list_leads_to_its_file_as_it_is_filtered(world: World) -> None:
    shown = page(world.sam, "studies:engagement-list", model="fsp", q="Beta")
    address = reverse("studies:engagement-export")
    assert f"{address}?model=fsp&amp;q=Beta&amp;format=csv" in shown
    assert "Alpha for" not in shown
    sites = page(world.sam, "studies:site-list", world.study.pk)
    assert f"{reverse('studies:site-export')}?format=csv&amp;study={world.study.pk}" in sites


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        ("studies:study-export", {"status": "start-up", "q": "301"}, 1),
        ("studies:study-export", {"phase": "3"}, 0),
        ("studies:site-export", {"country": "FRA"}, 1),
        ("studies:site-export", {"country": "no country"}, 1),  # no choice: keeps everything
        ("studies:site-export", {"state": "active"}, 0),
        ("studies:site-export", {"state": "waiting"}, 1),
        ("studies:engagement-export", {"state": "future"}, 0),
        ("studies:engagement-export", {"state": "current"}, 2),
        ("studies:delegation-export", {"of": "obligations"}, 0),
        ("studies:delegation-export", {"of": "functions", "kind": "transferred"}, 2),
        ("studies:function-export", {"whose": "own"}, 0),
        ("studies:obligation-export", {"transfer": "never", "q": "consent"}, 1),
    ],
)
def test_filters_keep_what_they_say(
    world: World, name: str, asked: dict[str, str], found: int
) -> None:
    assert len(csv_rows(downloaded(world.sam, name, **asked))) == found


def test_filters_by_record_and_by_period(world: World) -> None:
    asked = {"cro": str(world.alpha.pk), "study": str(world.study.pk)}
    (row,) = csv_rows(downloaded(world.sam, "studies:delegation-export", **asked))
    assert (row["Study"], row["Engagement"]) == ("NWT-301", "Alpha for NWT-301")
    with acting(Actor.system("tests")):
        Delegation.objects.filter(study=world.study).update(until_date=START)
    (row,) = csv_rows(downloaded(world.sam, "studies:delegation-export", state="ended"))
    assert (row["From"], row["Last day"]) == ("2024-01-01", "2024-01-01")
    assert "ended" in page(world.sam, "studies:delegation-register", state="ended")


def test_people_are_for_who_manages_access(world: World) -> None:
    asked = {"role": Role.CRO_PROJECT_MANAGER.value}
    rows = csv_rows(downloaded(world.ines, "vendors:membership-export", **asked))
    assert [row["Person"] for row in rows] == ["Ada", "Ben"]
    assert Membership.objects.count() > len(rows)
    assert signed_in(world.sam).get(reverse("vendors:membership-export")).status_code == 403
