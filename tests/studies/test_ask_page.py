"""Who do I ask: who does it, under which clause, who decides, whom to contact; and who may know."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation
from tests.people import START, World
from tests.vendors.browsing import page, signed_in
from tests.vendors.test_statements import grow
from vendors.models import Agreement, AgreementVersion, Contact, EscalationStep

pytestmark = pytest.mark.django_db

ASK = "studies:ask"


def furnish(world: World) -> None:
    """Give Alpha contacts, an agreement with a ladder, and a delegation that says everything."""
    with acting(Actor.system("tests")):
        for vendor in (world.alpha, world.beta):
            for side, name, subject in (
                ("provider", f"{vendor} Dana", "data queries"),
                ("provider", f"{vendor} Ivo", "invoices"),
                ("sponsor", f"{vendor}'s partner", "management of data"),
            ):
                Contact.objects.create(
                    vendor=vendor,
                    subject=subject,
                    side=side,
                    name=name,
                    email=f"{name.split()[-1].lower()}@example.org",
                    channel="chat",
                    from_date=START,
                )
        agreement = Agreement.objects.create(vendor=world.alpha, kind="msa", title="MSA")
        version = AgreementVersion.objects.create(
            agreement=agreement,
            label="1.0",
            effective_on=START,
            sponsor_signatory="Sam",
            sponsor_signed_on=START,
            provider_signatory="Ada",
            provider_signed_on=START,
        )
        EscalationStep.objects.create(
            version=version,
            level=1,
            when="No answer in a day",
            provider_role="Project director",
            sponsor_role="Head of outsourcing",
            hours=24,
        )
        Delegation.objects.filter(engagement=world.alpha_engagement).update(
            agreement_version=version, decision_maker="Head of data", responsible="Lead manager"
        )


def test_the_answer_says_who_what_and_how(world: World) -> None:
    furnish(world)
    words = page(world.sam, ASK, q="Who does data management on NWT-301?")
    for said in (
        "Data management on",
        "Alpha: Lead manager",
        "MSA, version 1.0, WO-1 §4",
        "Head of data",
        "Alpha Dana",
        "dana@example.org",
        "Level 1: No answer in a day: Project director with Head of outsourcing",
    ):
        assert said in words, said
    assert "Beta" not in words
    assert "Alpha Ivo" not in words  # about invoices


def test_a_cro_sees_its_own_and_what_is_meant_for_it(world: World) -> None:
    furnish(world)
    words = page(world.ada, ASK, q="data management")
    assert "Alpha Dana" in words
    assert "Alpha&#x27;s partner" in words
    assert "Beta" not in words
    assert words.count("<section") == 1
    other = page(world.ben, ASK, q="data management")
    assert "Alpha" not in other
    assert "Head of data" not in other
    assert "Nothing you may see is called “nwt-301”" in page(world.ben, ASK, q="NWT-301")
    assert "Nobody is recorded for this" in page(world.ada, ASK, q="biostatistics")
    assert "by default" not in page(world.ada, ASK, study=str(world.study.pk))


def test_what_nobody_recorded_is_the_sponsors(world: World) -> None:
    words = page(world.sam, ASK, q="biostatistics nwt-301")
    assert "Northwind Therapeutics" in words
    assert "Retained by default, unconfirmed" in words
    assert "nobody is named" in words


def test_by_citation_site_subject_study_and_day(world: World) -> None:
    furnish(world)
    assert "T40 Letting authorities inspect" in page(world.sam, ASK, q="312.58 nwt-301")
    words = page(world.sam, ASK, q="data management site 2")
    assert "Taken for site Site 2" in words
    assert "NWT-301" in words
    words = page(world.sam, ASK, q="invoices")
    assert "2 contacts on" in words
    assert "Alpha Ivo" in words
    words = page(world.sam, ASK, study=str(world.study.pk))
    assert "1 answer" in words
    before = (START - timedelta(days=1)).isoformat()
    words = page(world.sam, ASK, q="data management nwt-301", on=before)
    assert f"The answer is of {date(2023, 12, 31):%-d %b %Y}" in words
    assert "Lead manager" not in words
    assert "Beta" in page(world.sam, ASK, q="beta")
    assert "Who do I ask?" in page(world.sam, ASK)


def test_too_many_answers_are_counted(world: World) -> None:
    words = page(world.sam, ASK, q="monitoring data safety statistics")
    assert "further answers fit" in words


def test_as_many_statements_for_many_records(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    furnish(world)
    client = signed_in(world.sam)
    asked: dict[str, Any] = {"q": "data management 2 alpha nwt-301"}
    with django_assert_num_queries(11):
        client.get(reverse(ASK), asked)
    grow(world)
    with django_assert_num_queries(11):
        assert "Alpha" in client.get(reverse(ASK), asked).content.decode()
