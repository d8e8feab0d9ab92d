"""The schema: complete, without a warning, served, and telling the truth about refusals."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from oversight.api_urls import urlpatterns
from tests.api.asking import BASE, caller
from tests.people import World
from tests.test_url_matrix import names


@pytest.fixture(scope="module")
def schema() -> Any:
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_schema_is_valid_and_has_no_warning() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=io.StringIO())


def test_the_schema_is_served_to_those_signed_in(world: World, schema: Any) -> None:
    assert Client().get(f"{BASE}schema/").status_code == 401
    served = caller(world).client.get(f"{BASE}schema/")
    assert served.status_code == 200
    assert served.headers["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert served.json()["paths"].keys() == schema["paths"].keys()


def test_every_address_is_described_in_words(schema: Any) -> None:
    described = set(names(urlpatterns)) - {"schema", "root", "nowhere"}
    assert len(schema["paths"]) == len(described)
    for path, operations in schema["paths"].items():
        assert path.startswith(BASE)
        for operation in operations.values():
            assert operation["description"], path


def test_every_operation_names_its_refusals(schema: Any) -> None:
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            codes = {"400", "401", "403", "429"} | ({"404"} if "{" in path else set())
            assert codes <= operation["responses"].keys(), path
    sending = schema["paths"][f"{BASE}submissions/"]["post"]
    assert {"201", "404", "409", "413", "415", "422"} <= sending["responses"].keys()
    assert sending["requestBody"]["content"].keys() == {"multipart/form-data", "application/json"}
    assert "Location" in sending["responses"]["201"]["headers"]


def test_filters_and_pages_are_parameters(schema: Any) -> None:
    listing = schema["paths"][f"{BASE}kpi-results/"]["get"]
    found = {one["name"]: one["schema"] for one in listing["parameters"]}
    assert {"limit", "offset", "slug", "engagement", "period_from", "superseded"} <= found.keys()
    assert found["limit"]["maximum"] == 200
