"""The administrator sets how large a file is taken; the upload and the reader go by it."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kpis.models import IntakeLimit
from kpis.submissions.limits import limit_of, limits_in_force
from kpis.submissions.states import StepRefused
from oversight.audit_trail.history import last_change_id
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import checked, csv_bytes, received
from tests.people import World

VALUES = {
    "max_megabytes": 50,
    "max_rows": 2000,
    "max_sheets": 10,
    "max_compressed_ratio": 100,
    "max_seconds": 60,
    "reason": "Our CROs send small files.",
}


def send(client: Client, world: World, **changes: object) -> str:
    """Send the form as the administrator; return the page, or '' where it was taken."""
    client.force_login(world.ines)
    answer = client.post(reverse("kpis:limits-edit", args=[world.northwind.pk]), VALUES | changes)
    return "" if answer.status_code == 302 else answer.content.decode()


def test_without_limits_of_its_own_a_sponsor_has_the_installations(world: World) -> None:
    assert limits_in_force(world.northwind.pk).max_bytes == settings.MAX_UPLOAD_BYTES
    assert limits_in_force(world.northwind.pk).max_rows == 1_000_000


def test_limits_hold_for_the_next_file_and_keep_their_history(client: Client, world: World) -> None:
    assert send(client, world) == ""
    seen = last_change_id(limit_of(world.northwind))
    assert send(client, world, max_megabytes=1, seen=seen, reason="Smaller still.") == ""

    assert limits_in_force(world.northwind.pk).max_rows == 2000
    page = client.get(reverse("kpis:limits-edit", args=[world.northwind.pk])).content.decode()
    assert "Our CROs send small files." in page
    assert "Smaller still." in page
    with pytest.raises(StepRefused, match="larger than 1 MB, the most that this sponsor takes"):
        received(world, csv_bytes("x" * 1_100_000))


def test_who_uploads_reads_the_limits_of_their_own_sponsor(client: Client, world: World) -> None:
    assert send(client, world) == ""
    pk = checked(world).pk
    ada = browser(world.ada)
    for page in (
        ada.get(reverse("kpis:submission-create")),
        ada.get(reverse("kpis:submission-detail", args=[pk])),
        ada.get(reverse("kpis:send-by-system")),
    ):
        said = words_of(page).lower()
        assert "each up to 50 mb, 2,000 rows and 10 sheets; together up to 100 mb" in said


def test_more_than_the_installation_takes_is_refused_and_so_is_silence(
    client: Client, world: World
) -> None:
    assert "At most 300: more is not taken" in send(client, world, max_seconds=301)
    assert "Say why you change this" in send(client, world, reason="")
    assert not IntakeLimit.objects.exists()


def test_a_limit_above_a_ceiling_that_was_lowered_since_does_not_raise_it(world: World) -> None:
    IntakeLimit.objects.create(
        sponsor=world.northwind, **settings.INTAKE_CEILINGS | {"max_rows": 5000000}
    )
    assert limits_in_force(world.northwind.pk).max_rows == 1_000_000
