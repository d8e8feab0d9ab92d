"""The pages of packs: asking, following, taking away; and what each says when there is nothing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from inspection.models import InspectionExport
from oversight import progress, storage
from oversight.accounts.models import User
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.inspection.pack.making import ask, built, content_of
from tests.people import World

NEW = "inspection:export-create"


def page(client: Client, user: User, name: str, *key: int, **asked: Any) -> Any:
    client.force_login(user)
    return client.get(reverse(f"inspection:export-{name}", args=key), asked)


def text(response: Any) -> str:
    return response.content.decode()


def form(**changed: str) -> dict[str, str]:
    return {
        "period_from": "2026-03",
        "period_until": "2026-04",
        "as_of_date": "2026-05-31",
        "reason": "Inspection by the authority",
        **changed,
    }


def send(client: Client, user: User, **changed: str) -> Any:
    client.force_login(user)
    return client.post(reverse(NEW), form(**changed))


def test_an_auditor_asks_for_a_pack(world: World, client: Client) -> None:
    response = send(client, world.quinn, scope=f"study-{world.study.pk}")
    export = InspectionExport.objects.get()
    assert response.headers["Location"] == reverse("inspection:export-detail", args=[export.pk])
    assert (export.study, export.vendor, export.sponsor) == (world.study, None, world.northwind)
    assert (export.period_from, export.period_until) == (date(2026, 3, 1), date(2026, 4, 1))
    assert (export.as_of_date, export.requester) == (date(2026, 5, 31), world.quinn)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("reason", " ", "Say what the pack is for."),
        ("as_of_date", "2999-01-01", "This day lies ahead"),
        ("as_of_date", "soon", "Write the date as year-month-day"),
        ("period_from", "2026-05", "The last month lies before the first month."),
        ("period_from", "May", "Write the month as year-month"),
        ("scope", "study-0", "not one of the available choices"),
        ("scope", "nonsense", "not one of the available choices"),
    ],
)
def test_what_cannot_be_asked_comes_back_with_a_sentence(
    world: World, client: Client, field: str, value: str, sentence: str
) -> None:
    asked = {"scope": f"cro-{world.alpha.pk}", field: value}
    assert sentence in text(send(client, world.quinn, **asked))
    assert not InspectionExport.objects.exists()


def test_only_own_studies_and_cros_are_offered(world: World, client: Client) -> None:
    words = text(page(client, world.olga, "create"))
    assert "SWP-001" in words
    for secret in ("NWT", "Alpha", "Beta"):
        assert secret not in words
    assert "not one of the available choices" in text(
        send(client, world.olga, scope=f"study-{world.study.pk}")
    )


def test_the_form_begins_with_twelve_whole_months_as_of_today(world: World, client: Client) -> None:
    response = page(client, world.quinn, "create", scope=f"cro-{world.alpha.pk}")
    initial = response.context["form"].initial
    assert initial["as_of_date"] == datetime.now(UTC).date()
    assert initial["scope"] == f"cro-{world.alpha.pk}"
    months = (initial["period_until"] - initial["period_from"]).days // 28
    assert months == 11
    export = ask(world, world.study)
    again = page(client, world.quinn, "create", like=export.pk).context["form"].initial
    assert again["scope"] == f"study-{world.study.pk}"
    assert again["period_from"] == export.period_from


def test_an_empty_list_says_what_comes_next(world: World, client: Client) -> None:
    words = text(page(client, world.quinn, "list"))
    assert "No pack yet" in words
    assert reverse(NEW) in words
    assert "hx-get" not in words


def test_a_waiting_pack_shows_how_far_it_is_until_it_is_done(world: World, client: Client) -> None:
    export = ask(world, world.study)
    assert "Waiting for its turn" in text(page(client, world.quinn, "detail", export.pk))
    progress.report(f"export-{export.pk}", "Packing file 12 of 40", 0.675)
    for name, key in (("list", ()), ("detail", (export.pk,)), ("progress", (export.pk,))):
        words = text(page(client, world.quinn, name, *key))
        assert "Packing file 12 of 40" in words
        assert 'hx-trigger="every' in words
    client.force_login(world.quinn)
    rows = client.get(reverse("inspection:export-list"), headers={"HX-Request": "true"})
    assert text(rows).strip().startswith("<tbody")
    InspectionExport.objects.filter(pk=export.pk).update(state="failed", error="It did not work.")
    response = page(client, world.quinn, "progress", export.pk)
    assert response.headers["HX-Refresh"] == "true"
    words = text(page(client, world.quinn, "detail", export.pk))
    assert "It did not work." in words
    assert "There is no file" in words
    assert "hx-trigger" not in words


@pytest.mark.usefixtures("months")
def test_the_download_is_the_sealed_file_and_is_recorded(world: World, client: Client) -> None:
    export = built(world, world.study, as_of=date(2026, 4, 30))
    words = text(page(client, world.quinn, "detail", export.pk))
    assert export.sha256 in words
    assert "python3 verify.py" in words
    assert "summary.pdf" in words
    response = page(client, world.sam, "download", export.pk)
    assert b"".join(response) == content_of(export)
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="inspection-pack_NWT-301_2026-03_to_2026-03_as-of_2026-04-30.zip"'
    )
    entry = AuditTrailEntry.objects.get(event=Event.DOWNLOADED)
    assert (entry.actor_name, entry.subject_label) == ("Sam", str(export))
    assert entry.detail["sha256"] == export.sha256


@pytest.mark.usefixtures("months")
def test_another_sponsor_and_a_cro_learn_nothing(world: World, client: Client) -> None:
    export = built(world, world.study)
    for name in ("detail", "progress", "download"):
        for person in (world.olga, world.ada, world.nora):
            assert page(client, person, name, export.pk).status_code == 404
    assert "NWT-301" not in text(page(client, world.olga, "list"))
    assert "scope" not in page(client, world.olga, "create", like=export.pk).context["form"].initial
    assert not AuditTrailEntry.objects.filter(event=Event.DOWNLOADED).exists()


@pytest.mark.usefixtures("months")
def test_a_stored_pack_that_was_touched_is_not_handed_out(world: World, client: Client) -> None:
    export = built(world, world.study)
    with open(default_storage.path(storage.address(export.sha256)), "ab") as stored:
        stored.write(b"touched")
    response = page(client, world.quinn, "download", export.pk)
    assert response.status_code == 302
    assert "Ask for it again" in text(page(client, world.quinn, "detail", export.pk))
    assert not AuditTrailEntry.objects.filter(event=Event.DOWNLOADED).exists()


def test_statements_per_page_are_pinned(
    world: World, client: Client, django_assert_num_queries: Any
) -> None:
    exports = [ask(world, world.study) for _ in range(3)]
    client.force_login(world.quinn)
    with django_assert_num_queries(4):  # user, memberships, count, packs
        client.get(reverse("inspection:export-list"))
    with django_assert_num_queries(3):  # user, pack, memberships
        client.get(reverse("inspection:export-detail", args=[exports[0].pk]))
    with django_assert_num_queries(4):  # user, memberships, studies, CROs
        client.get(reverse(NEW))
