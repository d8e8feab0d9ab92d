"""The search over everything: finds what somebody may see, by kind, and nothing else."""

import pytest
from django.urls import reverse

from kpis.models import Submission
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Site, Study
from tests.people import START, World
from tests.vendors.browsing import page, signed_in
from tests.vendors.test_visibility_everywhere import AT
from vendors.models import Agreement, AgreementVersion, Vendor

pytestmark = pytest.mark.django_db


def found(world: World, person: str, words: str) -> dict[str, list[str]]:
    """Return what a person finds, by the group's title."""
    client = signed_in(getattr(world, person))
    response = client.get(reverse("vendors:search"), {"q": words})
    assert response.status_code == 200
    return {group.title: [hit.title for hit in group.hits] for group in response.context["groups"]}


@pytest.fixture
def rich(world: World) -> World:
    with acting(Actor.system("tests")):
        for vendor in (world.alpha, world.beta):
            agreement = Agreement.objects.create(
                vendor=vendor, kind="msa", title=f"MSA {vendor.name}"
            )
            AgreementVersion.objects.create(agreement=agreement, label="1", effective_on=START)
        Site.objects.create(study=world.other_study, number="Site 2", country="DEU")
        for engagement, study, user in (
            (world.alpha_engagement, world.study, world.ada),
            (world.beta_engagement, world.other_study, world.ben),
        ):
            Submission.objects.create(
                engagement=engagement, study=study, created_by=user, received_at=AT
            )
    return world


def test_one_word_finds_all_kinds(rich: World) -> None:
    by_protocol = found(rich, "sam", "NWT-301")
    assert by_protocol["Studies"] == ["NWT-301"]
    assert by_protocol["Sites"] == ["Site Site 2 of NWT-301"]
    assert by_protocol["Engagements"] == ["Alpha for NWT-301"]
    assert by_protocol["Submissions"] == ["Alpha for NWT-301 · NWT-301 · month not confirmed"]
    by_name = found(rich, "sam", "alpha")
    assert by_name["CROs and service providers"] == ["Alpha"]
    assert by_name["Agreements"] == ["MSA Alpha"]
    assert found(rich, "sam", "ada@")["People"] == ["Ada"]
    assert found(rich, "sam", "data management")["Functions"] == ["Data management"]
    assert found(rich, "sam", "informed consent")["Obligations"]
    assert found(rich, "sam", "query-aging")["KPIs"]


@pytest.mark.parametrize("words", ["Beta", "NWT-204", "Ben", "Site 2", "MSA", "NWT"])
def test_a_cro_finds_its_own_alone(rich: World, words: str) -> None:
    with acting(Actor.system("tests")):
        Vendor.objects.filter(pk=rich.alpha.pk).update(parent=rich.beta)
    hits = [hit for titles in found(rich, "ada", words).values() for hit in titles]
    assert not [hit for hit in hits if "Beta" in hit or "204" in hit or hit == "Ben"]
    assert [hit for titles in found(rich, "sam", words).values() for hit in titles]


def test_each_role_finds_what_it_may_see(rich: World) -> None:
    words = "NWT"
    assert {"Studies", "Submissions"} <= found(rich, "quinn", words).keys()
    assert "Submissions" not in found(rich, "ines", words)  # an administrator sees none
    assert found(rich, "olga", words) == {}
    assert found(rich, "nora", words) == {}
    assert found(rich, "olga", "SWP") == {"Studies": ["SWP-001"]}


def test_many_are_counted_and_lead_to_their_list(rich: World) -> None:
    with acting(Actor.system("tests")):
        Study.objects.bulk_create(
            Study(sponsor=rich.northwind, protocol_number=f"MANY-{n:02}") for n in range(12)
        )
    shown = page(rich.sam, "vendors:search", q="many-")
    assert "12 found for “many-”" in shown
    assert "12, the first 8" in shown
    assert f"{reverse('studies:study-list')}?q=many-" in shown


def test_little_or_nothing_to_look_for_is_helped(rich: World) -> None:
    assert "Write what you look for" in page(rich.sam, "vendors:search")
    assert "Give at least 2 characters" in page(rich.sam, "vendors:search", q="a")
    assert "Nothing holds all of these words" in page(rich.sam, "vendors:search", q="zzz %_")
    assert 'action="/search/"' in page(rich.ada, "studies:study-list")
