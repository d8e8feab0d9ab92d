"""Asks the API what its schema allows, and much that it does not: no server error, no surprise.

Half of the ids asked for are those of real records; generated ones would only ever meet a 404.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from rest_framework.settings import api_settings
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kpis.models import KpiResult
from kpis.snapshots.compute import compute_for
from kpis.waivers import Month, waive
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.history import last_change_id
from studies.models import Delegation, Function, Site
from tests.api.asking import issued
from tests.kpis.makers import (
    BAD_ROW,
    CUTOFF,
    GOOD_ROWS,
    NOW,
    STRANGE_SITE,
    accepted,
    checked,
    csv_bytes,
)
from tests.people import World
from tests.vendors.browsing import signed_in
from vendors.access import actor_of
from vendors.models import Agreement

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


HANDLER = WSGIHandler()


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer whole and close, as a web server does: closing lets go of the files sent."""
    response = HANDLER(environ, start_response)
    try:
        return [b"".join(response)]
    finally:
        response.close()


def load() -> Any:
    generation = GenerationConfig(deterministic=True, max_examples=25)
    config = SchemathesisConfig(
        seed=1, projects=ProjectsConfig(default=ProjectConfig(generation=generation))
    )
    described = SchemaGenerator().get_schema(request=None, public=True)
    schema = openapi.from_dict(described, config=config)
    schema.app = application
    return schema


SCHEMA = load()
THE_SPONSORS = "POST /api/v1/waivers/"  # no token of a CRO may
# What a new record of each kind holds: a name of `known`, or "new" for a word of its own.
NEW: dict[str, dict[str, str]] = {
    "studies": {"protocol_number": "new"},
    "sites": {"study": "study", "number": "new"},
    "engagements": {
        "vendor": "vendor",
        "name": "new",
        "model": "fsp",
        "start_date": "2026-01-01",
    },
    "delegations": {
        "study": "study",
        "function": "own function",
        "kind": "retained",
        "from_date": "2026-01-01",
    },
}
# (operation, status) → how often.
ANSWERS: Counter[tuple[str, int]] = Counter()


@pytest.fixture
def session(world: World) -> dict[str, str]:
    """The cookies of Sam's browser; made before `one_connection`, which a test client undoes."""
    sam = signed_in(world.sam)
    sam.get("/studies/new/")
    return {name: morsel.value for name, morsel in sam.cookies.items()}


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the test's transaction open between requests, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def known(
    world: World,
    session: dict[str, str],
    one_connection: None,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Any]:
    """A token's header and the ids of real records by address, in a world with results."""
    for scope in ("caller", "stranger"):
        monkeypatch.setitem(api_settings.DEFAULT_THROTTLE_RATES, scope, None)
    compute_for(submission=accepted(world), now=NOW)
    bad = checked(
        world, csv_bytes(*GOOD_ROWS, STRANGE_SITE, BAD_ROW), cutoff=CUTOFF.replace(month=10)
    )
    month = Month(world.alpha_engagement, world.study, date(2025, 11, 1))
    waived = waive(actor=actor_of(world.sam), month=month, listing="queries", reason="?", now=NOW)
    rows = {
        "studies": world.study,
        "engagements": world.alpha_engagement,
        "sites": Site.objects.filter(study=world.study).latest("pk"),
        "delegations": Delegation.objects.get(engagement=world.alpha_engagement),
    }
    other = Function.objects.filter(kind="function").exclude(slug="data-management")[0]
    with acting(Actor.system("tests")):
        agreement = Agreement.objects.create(vendor=world.alpha, kind="msa", title="MSA")
    return {
        **{f"seen {kind}": last_change_id(row) for kind, row in rows.items()},
        "agreements": agreement.pk,
        "vendor": world.alpha.pk,
        "own function": other.pk,
        "session": session,
        "headers": {"Authorization": f"Bearer {issued(world).secret}"},
        "cros": world.alpha.pk,
        "studies": world.study.pk,
        "study": world.study.pk,
        "engagements": world.alpha_engagement.pk,
        "engagement": world.alpha_engagement.pk,
        "sites": Site.objects.filter(study=world.study).latest("pk").pk,
        "delegations": Delegation.objects.get(engagement=world.alpha_engagement).pk,
        "kpi-results": KpiResult.objects.filter(study=world.study).latest("pk").pk,
        "submissions": bad.pk,
        "waivers": waived.pk,
        "kpis": "query-aging",
    }


@SCHEMA.parametrize()
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_answers_as_its_schema_says(case: schemathesis.Case, known: dict[str, Any]) -> None:
    make_real(case, known)
    if case.method in ("POST", "PATCH") and writes(case, known):
        token = known["session"]["csrftoken"]
        response = case.call(headers={"X-CSRFToken": token}, cookies=known["session"])
    else:
        response = case.call(headers=known["headers"])
    ANSWERS[case.operation.label, response.status_code] += 1
    case.validate_response(response, checks=CHECKS)


def test_every_operation_also_succeeded() -> None:
    """Runs after the questions: refusals alone would prove little."""
    if not ANSWERS:
        pytest.skip("No question was asked in this run.")
    succeeded = {label for label, status in ANSWERS if status in (200, 201)}
    assert {status for label, status in ANSWERS if label == THE_SPONSORS} <= {400, 403, 415}
    assert succeeded | {THE_SPONSORS} == {one.ok().label for one in SCHEMA.get_all_operations()}


def writes(case: schemathesis.Case, known: dict[str, Any]) -> bool:
    """Make half of the writes to the register such as fit, for the sponsor's person to ask."""
    kind = case.operation.path.split("/")[3]
    if kind not in NEW or len(str(case.body)) % 2:
        return False
    new = {name: known.get(value, value) for name, value in NEW[kind].items()}
    tag = f"{len(ANSWERS)}-{ANSWERS.total()}"
    seen = {"seen": known[f"seen {kind}"], "reason": "Asked"}
    case.body = {**new, **{name: tag for name in new if new[name] == "new"}}
    if case.method == "PATCH":
        case.path_parameters = dict.fromkeys(case.path_parameters, known[kind])
        case.body = seen
    # The schema offers a token: with a session there is none.
    case.headers.clear()
    return True


def make_real(case: schemathesis.Case, known: dict[str, Any]) -> None:
    """Put a real id in the place of a generated one in about half of the cases."""
    if case.path_parameters:
        kind = case.operation.path.split("/")[3]
        for name, value in case.path_parameters.items():
            if len(str(value)) % 2:
                case.path_parameters[name] = known[kind]
    if isinstance(case.body, dict):
        for name in ("engagement", "study"):
            if name in case.body and len(str(case.body[name])) % 2:
                case.body[name] = known[name]
