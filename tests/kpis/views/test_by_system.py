"""The page for a CRO whose system sends: its own numbers, an example that the API takes."""

import html
import json
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.due import last_day, month_before
from kpis.models import Submission
from tests.api.asking import BASE, caller
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import check
from tests.people import World

pytestmark = pytest.mark.django_db


def page(world: World, person: str = "ada") -> Any:
    return browser(getattr(world, person)).get(reverse("kpis:send-by-system"))


def test_the_example_is_taken_by_the_api(world: World) -> None:
    response = page(world)
    blocks = re.findall(r"<code>(\{.*?\})</code>", response.content.decode(), re.DOTALL)
    (example,) = [json.loads(html.unescape(block)) for block in blocks]
    month = month_before(timezone.now().date().replace(day=1))
    assert example["engagement"] == world.alpha_engagement.pk
    assert example["study"] == world.study.pk
    assert example["data_cutoff_date"] == last_day(month).isoformat()
    sent = caller(world).client.post(
        f"{BASE}submissions/", json.dumps(example), content_type="application/json"
    )
    assert sent.status_code == 201, sent.content
    submission = check(Submission.objects.get())
    assert submission.checks.get().tables.get().row_count == 1
    assert Submission.objects.get().engagement == world.alpha_engagement


def test_it_names_the_readers_own_scopes_alone(world: World) -> None:
    ada, ben = words_of(page(world)), words_of(page(world, "ben"))
    assert "NWT-301 — Alpha for NWT-301" in ada
    assert "queries Data queries" in ada
    assert "Beta" not in ada
    assert "NWT-204" in ben
    assert "Alpha" not in ben
    assert "http://testserver/api/v1/submissions/" in ada
    assert page(world, "sam").status_code == 403


def test_the_upload_page_leads_to_the_other_ways(world: World) -> None:
    content = browser(world.ada).get(reverse("kpis:submission-create")).content.decode()
    for name in ("kpis:template", "kpis:send-by-system"):
        assert f'href="{reverse(name)}"' in content
