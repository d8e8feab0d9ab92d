"""What the API lets be read: each row once, in its words, filtered, in pages."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kpis.definitions import catalogue
from kpis.models import KpiResult
from kpis.snapshots.compute import compute_for
from oversight.audit_trail.attribution import Actor, acting
from studies.models import Delegation, Engagement, Site, Study
from tests.api.asking import BASE, caller
from tests.kpis.makers import (
    BAD_ROW,
    CUTOFF,
    GOOD_ROWS,
    NOW,
    STRANGE_SITE,
    accepted,
    checked,
    csv_bytes,
    received,
)
from tests.people import START, World
from vendors.models import Vendor

pytestmark = pytest.mark.django_db


def test_the_register(world: World) -> None:
    ask = caller(world)
    (cro,) = ask.rows("cros/")
    assert (cro["id"], cro["name"], cro["kind"]) == (world.alpha.pk, "Alpha", "cro")
    assert cro["sponsor_name"] == "Northwind Therapeutics"
    (study,) = ask.rows("studies/")
    assert study["protocol_number"] == "NWT-301"
    assert "names_in_files" not in study  # how other CROs call it
    (site,) = ask.rows("sites/")
    assert (site["number"], site["country"], site["study"]) == ("Site 2", "FRA", study["id"])
    (engagement,) = ask.rows("engagements/")
    assert (engagement["cro"], engagement["model"]) == (cro["id"], "full-service")
    (delegation,) = ask.rows("delegations/")
    assert delegation["engagement"] == engagement["id"]
    assert (delegation["function"], delegation["kind"]) == ("data-management", "transferred")
    assert delegation["from_date"] == START.isoformat()
    assert "data-management" in {row["slug"] for row in ask.rows("functions/")}
    for name, row in (
        ("cros", cro),
        ("studies", study),
        ("sites", site),
        ("engagements", engagement),
        ("delegations", delegation),
    ):
        alone = ask.read(f"{name}/{row['id']}/")
        assert alone.pop("last_change", 0) is not None  # what a change of it must name
        assert alone == row


def test_who_brought_a_sub_provider_in_is_the_sponsors_to_know(world: World) -> None:
    Vendor.objects.filter(pk=world.alpha.pk).update(parent=world.beta)
    assert caller(world).read(f"cros/{world.alpha.pk}/")["parent"] is None
    client = Client()
    client.force_login(world.sam)
    assert client.get(f"{BASE}cros/{world.alpha.pk}/").json()["parent"] == world.beta.pk


def test_filters_keep_what_was_asked_for(world: World) -> None:
    Site.objects.create(study=world.study, number="007", country="ESP")
    ask = caller(world)
    assert [row["number"] for row in ask.rows("sites/", country="ESP")] == ["007"]
    assert [row["number"] for row in ask.rows("sites/", study=world.study.pk, number="Site 2")] == [
        "Site 2"
    ]
    assert ask.rows("sites/", study=world.other_study.pk) == []
    assert ask.rows("studies/", protocol_number="NWT-301")
    assert ask.rows("studies/", status="completed") == []
    assert ask.rows("engagements/", model="fsp") == []
    assert ask.rows("delegations/", function="data-management", kind="transferred")
    assert ask.rows("delegations/", function="monitoring") == []


def test_pages(world: World) -> None:
    Site.objects.bulk_create(Site(study=world.study, number=f"{n:03}") for n in range(60))
    ask = caller(world)
    first = ask.read("sites/")
    assert (first["count"], len(first["results"]), first["previous"]) == (61, 50, None)
    second = ask.client.get(first["next"]).json()
    assert (len(second["results"]), second["next"]) == (11, None)
    assert not {row["id"] for row in first["results"]} & {row["id"] for row in second["results"]}
    assert len(ask.rows("sites/", limit=200)) == 61
    assert ask.rows("sites/", offset=1000) == []


def test_the_catalogue(world: World) -> None:
    ask = caller(world)
    rows = ask.rows("kpis/", limit=200)
    assert [row["slug"] for row in rows] == sorted(catalogue())
    definition = catalogue()["query-aging"]
    row = ask.read("kpis/query-aging/")
    assert row in rows
    assert row["question"] == definition.question
    assert row["sha256"] == definition.digest()
    asked = {row["slug"]: row["asked"] for row in rows}
    assert (asked["query-aging"], asked["tmf-timeliness"]) == ("always", "when-chosen")
    assert definition.limits is not None
    assert row["limits"] == {"amber": [definition.limits.amber], "red": [definition.limits.red]}
    assert ask.get("kpis/no-such-kpi/").status_code == 404


def test_a_submission_with_its_problems_and_tables(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS, STRANGE_SITE, BAD_ROW))
    ask = caller(world)
    found = ask.read(f"submissions/{submission.pk}/")
    assert (found["state"], found["data_cutoff_date"]) == ("checked", CUTOFF.isoformat())
    assert found["page"] == f"http://testserver/submissions/{submission.pk}/"
    assert [(one["name"], one["set_aside_at"]) for one in found["files"]] == [
        ("queries_0.csv", None)
    ]
    problems = {one["rule"]: one for one in found["check"]["problems"]}
    errors = [one for one in problems.values() if one["severity"] == "error"]
    assert len(errors) == found["check"]["error_count"] == 2
    values = {cell["value"] for one in errors for cell in one["cells"]}
    assert values == {"Perhaps", "soon"}
    assert all(cell["sentence"] for one in problems.values() for cell in one["cells"])
    assert all(one["count"] == len(one["cells"]) and one["title"] for one in problems.values())
    assert "Correct the errors and send the file again." in found["blockers"]
    good = checked_alone(world)
    (table,) = ask.read(f"submissions/{good}/")["check"]["tables"]
    assert (table["listing"], table["row_count"]) == ("queries", 3)
    listed = {row["id"]: row["state"] for row in ask.rows("submissions/")}
    assert listed == {submission.pk: "checked", good: "checked"}
    assert [row["id"] for row in ask.rows("submissions/", period_start="2025-10-01")] == [good]
    assert ask.rows("submissions/", state="accepted") == []


def checked_alone(world: World) -> int:
    return int(checked(world, cutoff=CUTOFF - timedelta(days=14)).pk)


def test_what_changed_since_the_last_accepted_submission(world: World) -> None:
    ask = caller(world)
    month = CUTOFF.replace(month=10)
    october = accepted(world, csv_bytes(*GOOD_ROWS[1:]), cutoff=month)
    compute_for(submission=october, now=NOW)
    submission = checked(world)
    found = ask.read(f"submissions/{submission.pk}/")
    assert found["preview"] == f"http://testserver/submissions/{submission.pk}/changes/"
    assert ask.client.get(found["preview"]).status_code == 302  # a page: a person signs in
    comparison = found["comparison"]
    assert (comparison["against"], comparison["restates"]) == (october.pk, False)
    assert comparison["tables"] == [
        {"listing": "queries", "new": 1, "changed": 0, "gone": 0, "unchanged": 2}
    ]
    sides = {(c["slug"], c["study"]): (c["before"], c["after"]) for c in comparison["colours"]}
    before, after = sides["query-aging", world.study.pk]
    assert (before["denominator"], after["denominator"]) == (0, 3)
    again = checked(world, csv_bytes(*GOOD_ROWS[:2]), cutoff=month)
    assert ask.read(f"submissions/{again.pk}/")["comparison"]["restates"] is True
    assert {row["preview"] for row in ask.rows("submissions/")} >= {found["preview"]}


def test_a_submission_that_was_not_checked_yet(world: World) -> None:
    submission = received(world)
    found = caller(world).read(f"submissions/{submission.pk}/")
    assert (found["state"], found["check"]) == ("received", None)
    assert found["blockers"] == ["The files are still being checked."]


@pytest.fixture
def results(world: World) -> Any:
    """The results of an accepted month of Alpha, and what it was replaced by."""
    earlier = accepted(world, csv_bytes(*GOOD_ROWS[:2]))
    compute_for(submission=earlier, now=NOW)
    later = accepted(world)
    compute_for(submission=later, now=NOW + timedelta(hours=1))
    return earlier, later


def test_results_that_count_and_those_that_were_replaced(world: World, results: Any) -> None:
    earlier, later = results
    ask = caller(world)
    current = ask.rows("kpi-results/", slug="query-aging", study=world.study.pk, country="")
    assert [(row["submission"], row["current"]) for row in current] == [(later.pk, True)]
    kept = KpiResult.objects.get(pk=current[0]["id"])
    assert [current[0][name] for name in ("numerator", "denominator", "value", "rag")] == [
        kept.numerator,
        kept.denominator,
        kept.value,
        kept.rag,
    ]
    both = ask.rows(
        "kpi-results/", slug="query-aging", study=world.study.pk, country="", superseded=True
    )
    assert [(row["submission"], row["current"]) for row in both] == [
        (earlier.pk, False),
        (later.pk, True),
    ]
    assert ask.read(f"kpi-results/{kept.pk}/") == current[0]
    assert ask.rows("kpi-results/", period_from="2025-12-01") == []
    assert ask.rows("kpi-results/", period_from="2025-11-01", period_to="2025-11-30")
    assert ask.rows("kpi-results/", submission=earlier.pk) == []
    assert {row["country"] for row in ask.rows("kpi-results/", country="FRA")} == {"FRA"}
    rag = current[0]["rag"]
    assert {row["rag"] for row in ask.rows("kpi-results/", rag=rag)} == {rag}


def test_results_by_site(world: World, results: Any) -> None:
    ask = caller(world)
    (result,) = ask.rows("kpi-results/", slug="query-aging", study=world.study.pk, country="")
    (site,) = ask.rows(f"kpi-results/{result['id']}/sites/")
    assert (site["site"], site["country"]) == ("Site 2", "FRA")
    assert [site[name] for name in ("numerator", "denominator", "value")] == [
        result[name] for name in ("numerator", "denominator", "value")
    ]
    (french,) = ask.rows("kpi-results/", slug="query-aging", country="FRA")
    assert ask.rows(f"kpi-results/{french['id']}/sites/") == [site]
    roll_up = next(row for row in ask.rows("kpi-results/", limit=200) if row["study"] is None)
    assert ask.rows(f"kpi-results/{roll_up['id']}/sites/") == []


def test_a_broken_seal_is_told(world: World, results: Any, own_storage: Any) -> None:
    ask = caller(world)
    (result,) = ask.rows("kpi-results/", slug="query-aging", study=world.study.pk, country="")
    sha256 = KpiResult.objects.get(pk=result["id"]).run.site_results_sha256
    sealed = own_storage / "sealed" / sha256[:2] / sha256
    sealed.write_bytes(b"something else")
    response = ask.get(f"kpi-results/{result['id']}/sites/")
    assert response.status_code == 503
    assert "is not what was sealed" in response.json()["detail"]
    sealed.unlink()
    assert ask.get(f"kpi-results/{result['id']}/sites/").status_code == 503


# address → its statements: the token's own, its person's role, and those of the rows
STATEMENTS = {
    "cros/": 5,
    "studies/": 5,
    "sites/": 5,
    "functions/": 5,
    "engagements/": 5,
    "delegations/": 5,
    "kpis/": 3,
    "kpi-results/": 5,
    "submissions/": 5,
}


@pytest.mark.parametrize("path", STATEMENTS)
def test_the_number_of_statements_does_not_grow(
    world: World, results: Any, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask = caller(world)
    with django_assert_num_queries(STATEMENTS[path]):
        few = ask.read(path)["count"]
    if path not in ("cros/", "functions/", "kpis/"):
        grow(world)
    with django_assert_num_queries(STATEMENTS[path]):
        many = ask.read(path)["count"]
    assert many > few or path in ("cros/", "functions/", "kpis/")


def grow(world: World) -> None:
    with acting(Actor.system("tests")):
        function = Delegation.objects.filter(engagement=world.alpha_engagement).get().function
        for n in range(5):
            study = Study.objects.create(sponsor=world.northwind, protocol_number=f"X-{n}")
            engagement = Engagement.objects.create(
                sponsor=world.northwind,
                vendor=world.alpha,
                name=f"E {n}",
                model="fsp",
                start_date=START,
            )
            Delegation.objects.create(
                study=study,
                function=function,
                kind="transferred",
                engagement=engagement,
                from_date=START,
            )
            Site.objects.create(study=study, number="1")
    month = CUTOFF.replace(month=10)
    compute_for(submission=accepted(world, csv_bytes(GOOD_ROWS[1]), cutoff=month), now=NOW)


def test_one_submission_takes_as_many_statements_whatever_is_wrong_in_it(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask = caller(world)
    good = checked_alone(world)
    bad = checked(world, csv_bytes(*GOOD_ROWS, STRANGE_SITE, BAD_ROW)).pk
    for pk in (good, bad):
        with django_assert_num_queries(13):
            assert json.dumps(ask.read(f"submissions/{pk}/"))
