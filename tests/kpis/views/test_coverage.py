"""The coverage page: counts and filters for any day, and who may know what."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from kpis.models import ChosenKpi
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.models import AuditTrailEntry
from studies.models import Delegation, Function, Obligation, Site, Study
from tests.people import START, World
from tests.vendors.browsing import page, signed_in
from vendors.models import Agreement, AgreementVersion, Qualification, Vendor

pytestmark = pytest.mark.django_db
DAY = "2026-06-01"


def obligation(code: str) -> Function:
    """Return the row of the taxonomy that has this code."""
    return Function.objects.get(obligation__code=code)


@pytest.fixture
def faulty(world: World) -> World:
    """Alpha's work has a late and an expired agreement, a sub-provider and nobody who decides."""
    with acting(Actor.system("tests")):
        order = Agreement.objects.create(vendor=world.alpha, kind="work-order", title="WO")
        version = AgreementVersion.objects.create(
            agreement=order,
            label="1",
            effective_on="2024-02-01",
            expires_on="2026-05-01",
            sponsor_signatory="Sam",
            sponsor_signed_on="2024-02-01",
            provider_signatory="Ada",
            provider_signed_on="2024-02-01",
        )
        sub = Vendor.objects.create(sponsor=world.northwind, name="Willow", parent=world.alpha)
        Delegation.objects.filter(engagement=world.alpha_engagement).update(
            agreement_version=version, work_began_on=START, performer=sub
        )
        Qualification.objects.create(
            vendor=world.beta,
            scope="All",
            method="remote",
            assessed_on="2024-01-01",
            assessor="Quinn",
            outcome="qualified",
            valid_until="2030-01-01",
        )
        Site.objects.filter(study=world.study).update(country="usa")
        Delegation.objects.create(
            study=world.study,
            function=obligation("T19"),
            kind="transferred",
            engagement=world.alpha_engagement,
            decision_maker="Sam",
            from_date=START,
        )
    return world


def test_all_flags_are_counted_for_the_sponsor(faulty: World) -> None:
    words = page(faulty.sam, "kpis:coverage", on=DAY)
    duties = Obligation.objects.filter(transferable=True).count()
    functions = Function.objects.filter(kind="function").count()
    gaps = 2 * (duties + functions) - 3
    assert f"{gaps + 8} things to mend in who does what" in words
    words = page(faulty.sam, "kpis:coverage", on=DAY, flag="unqualified")
    assert "Alpha holds or performs 1 function and 1 obligation on NWT-301." in words
    assert "Willow holds or performs Data management on NWT-301." in words
    assert "Beta holds" not in words
    words = page(faulty.sam, "kpis:coverage", on=DAY, flag="unreported")
    assert "no IND submission is recorded for this study" in words
    words = page(faulty.sam, "kpis:coverage", on=DAY, flag="expired", cro=str(faulty.alpha.pk))
    assert "WO (version 1, Alpha) expired on 1 May 2026, with Data management on NWT-301" in words
    words = page(faulty.sam, "kpis:coverage", on="2026-05-01", flag="expired")
    assert "Nothing fits this filter" in words
    words = page(faulty.sam, "kpis:coverage", on=DAY, flag="gap", study=str(faulty.study.pk))
    assert "Nobody is recorded for Biostatistics and programming on NWT-301" in words
    assert f"{50} of {gaps // 2}" in words


def test_a_cro_sees_facts_of_its_own_delegations_alone(faulty: World) -> None:
    words = page(faulty.ada, "kpis:coverage", on=DAY)
    assert "3 things to mend" in words
    for fact in (
        "before both had signed WO (version 1, Alpha)",
        "expired on 1 May 2026",
        "who decides in the end",
    ):
        assert fact in words
    for opinion in (
        "ualification",
        "approval by the sponsor",
        "IND submission",
        "Nobody is recorded",
        "Beta",
    ):
        assert opinion not in words
    words = page(faulty.ben, "kpis:coverage", on=DAY)
    assert "1 thing to mend" in words
    assert "Alpha" not in words


def test_before_the_first_day_nothing_is_found(world: World) -> None:
    words = page(world.sam, "kpis:coverage", on="2023-12-31")
    assert "Nothing is recorded for this day" in words
    assert "✓" not in words.split("By flag")[1]
    assert page(world.sam, "kpis:coverage", on="never") != words


def test_the_number_of_statements_does_not_grow(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(world.sam)
    with django_assert_num_queries(7):
        assert client.get("/coverage/").status_code == 200
    studies = Study.objects.bulk_create(
        Study(sponsor=world.northwind, protocol_number=f"X-{n:02}") for n in range(20)
    )
    Delegation.objects.bulk_create(
        Delegation(
            study=study,
            function=function,
            kind="transferred",
            engagement=world.alpha_engagement,
            from_date=START,
        )
        for study in studies
        for function in Function.objects.filter(obligation__transferable=True)
    )
    with django_assert_num_queries(7):
        assert client.get("/coverage/").status_code == 200


def test_the_list_is_sent_as_a_file_and_that_is_recorded(faulty: World) -> None:
    client = signed_in(faulty.sam)
    asked = {"on": DAY, "flag": "unqualified"}
    answer = client.get("/coverage/file/", asked)
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # streamed
    assert len(rows) == 3
    assert rows[0].startswith("Flag,What is wrong,Study")
    assert "Alpha holds or performs" in rows[1]
    answer = client.get("/coverage/file/", {**asked, "format": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]  # streamed
    assert sheet is not None
    assert sheet.max_row == 3
    assert AuditTrailEntry.objects.filter(event="exported").count() == 2


def test_what_the_library_could_measure_is_measured_once_it_is_asked_for(world: World) -> None:
    with acting(Actor.system("tests")):
        Delegation.objects.create(
            study=world.study,
            function=Function.objects.get(slug="trial-master-file"),
            kind="transferred",
            engagement=world.alpha_engagement,
            from_date=START,
        )
    less = "/coverage/?flag=kpi-less"
    client = signed_in(world.sam)
    words = client.get(less).content.decode()
    assert "no KPI is asked for that measures it" in words
    with acting(Actor.system("tests")):
        ChosenKpi.objects.create(
            engagement=world.alpha_engagement,
            slug="tmf-timeliness",
            from_month=START.replace(day=1),
            chosen_by=world.sam,
            chosen_at=datetime(2024, 1, 1, tzinfo=UTC),
        )
    assert "no KPI is asked for" not in client.get(less).content.decode()
