"""The document of a study on a day: every state in words, any day, and who may not see it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from oversight.audit_trail.attribution import acting
from studies.models import Delegation, Function
from studies.toro.document import Document, Line, document
from studies.toro.wording import RETAINED_BY_RULE
from tests.people import World
from tests.studies.toro.making import (
    JUNE,
    MARCH,
    NOT_PART_312,
    PARTLY,
    TESTS,
    WHOLLY,
    delegate,
    make_device,
    submit,
    version,
)
from tests.vendors.browsing import page, signed_in, status
from vendors.models import Vendor

pytestmark = pytest.mark.django_db

PAGE = "studies:toro"


def made(world: World, on: date = JUNE, **asked: Any) -> Document:
    return document(user=world.sam, study=world.study, on=on, **asked)


def of(found: Document, code: str) -> list[Line]:
    return [line for line in found.lines if line.code == code]


def test_every_state_is_said_in_words(world: World) -> None:
    with acting(TESTS):
        lab = Vendor.objects.create(sponsor=world.northwind, name="Lab", parent=world.alpha)
    terms = {"agreement_version": version(world), "clause": "4.2", "decision_maker": "Sam"}
    delegate(world, WHOLLY, performer=lab, confirmed_by=world.sam, confirmed_on=JUNE, **terms)
    delegate(world, PARTLY, kind="shared", split="Alpha processes, Northwind assesses.")
    delegate(world, "T26", kind="retained")
    delegate(world, "T30", kind="not-applicable")
    submit(world, "0016", MARCH, PARTLY)
    found = made(world)
    (held,) = of(found, WHOLLY)
    assert (held.state, held.holder, held.performer) == ("Transferred", "Alpha", "Lab")
    assert (held.agreement, held.clause) == ("TORO NWT-301, version 1.0", "4.2")
    assert (held.decision_maker, held.confirmed) == ("Sam", "Sam, 1 Jun 2026")
    assert (held.place, held.since) == ("everywhere", MARCH)
    assert held.reported == "not in 0016 of 3 Mar 2026"
    assert held.citation.startswith("21 CFR 312.32(c), 312.50, 312.56(c); ICH E6(R3) 3.13.2; CTR")
    (shared,) = of(found, PARTLY)
    assert (shared.state, shared.holder) == ("Shared", "Sponsor and Alpha")
    assert shared.split == "Alpha processes, Northwind assesses."
    assert shared.reported == "in 0016 of 3 Mar 2026"
    assert [line.state for line in of(found, "T26")] == ["Retained by the sponsor"]
    assert [(line.state, line.holder) for line in of(found, "T30")] == [("Not applicable", "")]
    (silent,) = of(found, "T27")
    assert (silent.state, silent.holder) == ("Retained by default, unconfirmed", "Sponsor")
    assert (silent.since, silent.reported) == (None, "")


def test_places_and_contradictions_have_lines_of_their_own(world: World) -> None:
    delegate(world, WHOLLY, region="europe")
    delegate(world, PARTLY)
    delegate(world, PARTLY, engagement=world.beta_engagement)
    found = made(world)
    assert [(one.place, one.holder, one.state) for one in of(found, WHOLLY)] == [
        ("Europe", "Alpha", "Transferred"),
        ("everywhere else", "Sponsor", "Retained by default, unconfirmed"),
    ]
    twice = "Transferred: recorded twice, contradicting each other"
    assert [(one.holder, one.state) for one in of(found, PARTLY)] == [
        ("Alpha", twice),
        ("Beta", twice),
    ]


def test_any_day_has_its_own_document(world: World) -> None:
    delegate(world, WHOLLY, until_date=JUNE - timedelta(days=1))
    assert [one.holder for one in of(made(world, on=MARCH - timedelta(days=1)), WHOLLY)] == [
        "Sponsor"
    ]
    assert [one.holder for one in of(made(world, on=MARCH), WHOLLY)] == ["Alpha"]
    (after,) = of(made(world, on=JUNE), WHOLLY)
    assert (after.holder, after.since) == ("Sponsor", JUNE)


def test_what_was_recorded_later_is_not_known_before(world: World) -> None:
    delegate(world, WHOLLY)
    submit(world, "0016", MARCH, WHOLLY)
    yesterday = timezone.localdate() - timedelta(days=1)
    found = made(world, known_on=yesterday)
    assert [one.holding for one in of(found, WHOLLY)] == ["by-default"]
    assert found.source == "0 delegation records of this study and 0 IND submissions"
    today = made(world, known_on=yesterday + timedelta(days=1))
    assert today.lines == made(world).lines
    assert today.source == "2 delegation records of this study and 1 IND submission"


def test_the_narrow_list_holds_part_312_alone(world: World) -> None:
    with acting(TESTS):
        Function.objects.create(sponsor=world.northwind, slug="own-x", name="Own work")
    full, narrow = made(world), made(world, narrow=True)
    assert "Own work" in {line.name for line in full.lines}
    assert len([line for line in full.lines if line.code]) == 42
    codes = {line.code for line in narrow.lines}
    assert {WHOLLY, PARTLY} < codes
    assert NOT_PART_312 not in codes
    assert "" not in codes
    assert RETAINED_BY_RULE in narrow.statements
    never = next(words for words in full.statements if words.startswith("Can never be transferred"))
    assert "Informed consent of participants" in never


def test_a_device_study_has_a_delegation_of_tasks(world: World) -> None:
    make_device(world)
    delegate(world, WHOLLY)
    found = made(world, narrow=True)
    assert (found.title, found.narrow) == ("Delegation of tasks", False)
    assert of(found, WHOLLY)[0].citation.startswith("21 CFR 812.150(b)(1)")
    assert of(found, WHOLLY)[0].state == "Delegated"
    assert RETAINED_BY_RULE not in found.statements
    words = page(world.sam, PAGE, world.study.pk)
    assert "Delegation of tasks, NWT-301" in words
    assert "IND submission" not in words
    assert "Delegation of tasks" in page(world.sam, "studies:study-detail", world.study.pk)


def test_the_part_of_a_cro_names_nobody_else(world: World) -> None:
    delegate(world, WHOLLY)
    delegate(world, WHOLLY, engagement=world.beta_engagement)
    delegate(world, PARTLY, engagement=world.beta_engagement)
    submit(world, "0016", MARCH, WHOLLY)
    part = made(world, narrow=True, cro=world.alpha.pk)
    assert [(line.code, line.holder, line.state) for line in part.lines] == [
        (WHOLLY, "Alpha", "Transferred")
    ]
    assert part.source == "2 delegation records of this study"
    assert part.statements[0] == "What is not described here, Alpha has not assumed on this study."
    words = page(world.sam, PAGE, world.study.pk, list="narrow", cro=str(world.alpha.pk))
    assert "1 held or shared by Alpha" in words
    shown = words[words.index("What this table says") :]
    assert "Beta" not in shown
    assert "0016" not in shown
    early = page(world.sam, PAGE, world.study.pk, on="2020-01-01", cro=str(world.alpha.pk))
    assert "Nothing is held or shared on this day" in early
    client = signed_in(world.sam)
    address = reverse(PAGE, args=[world.study.pk])
    assert client.get(address, {"cro": "999999"}).status_code == 404


def test_the_page_shows_a_day_and_leads_to_its_files(world: World) -> None:
    delegate(world, WHOLLY)
    words = page(world.quinn, PAGE, world.study.pk, on="2026-06-01", list="narrow")
    assert "as of 1 Jun 2026" in words
    listed = len(made(world, narrow=True).lines)
    assert f"1 of {listed} transferred or shared" in words
    assert "?on=2026-06-01&amp;list=narrow" in words
    assert "Write the day as year-month-day" in page(world.sam, PAGE, world.study.pk, on="1.6.26")


def test_the_statements_do_not_grow_with_the_records(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with acting(TESTS):
        lab = Vendor.objects.create(sponsor=world.northwind, name="Lab", parent=world.alpha)
    terms = {
        "agreement_version": version(world),
        "performer": lab,
        "confirmed_by": world.sam,
        "confirmed_on": JUNE,
    }
    delegate(world, WHOLLY, **terms)
    submit(world, "0016", MARCH, WHOLLY)
    pages = {PAGE: 16, "studies:toro-changes": 16, "studies:ind-list": 16}
    client = signed_in(world.sam)
    for round_of in range(2):
        for name, statements in pages.items():
            with django_assert_num_queries(statements):
                address = reverse(name, args=[world.study.pk])
                assert client.get(address, {"from": "2020-01-01"}).status_code == 200
        if not round_of:
            for number in range(40):
                delegate(world, f"T{number + 1:02}", region="europe", **terms)
                submit(world, f"1{number}", JUNE, "T18", "T19", "T20")


def test_a_cro_does_not_see_it(world: World) -> None:
    for name in (PAGE, "studies:toro-changes"):
        assert status(world.ada, name, world.study.pk) == 403
        assert status(world.ben, name, world.study.pk) == 404
        assert status(world.olga, name, world.study.pk) == 404
    assert reverse(PAGE, args=[world.study.pk]) not in page(
        world.ada, "studies:study-detail", world.study.pk
    )
    assert Delegation.objects.filter(study=world.study).exists()
