"""The file of a provider: what is kept, who sees it, and how it is added and changed."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.people import World
from tests.vendors.browsing import page, refusals, send, status
from vendors.dossier.kinds import KINDS
from vendors.models import Certificate, Contact, Qualification, SubcontractDecision, Tier

pytestmark = pytest.mark.django_db

ASSESSED = {
    "scope": "Data management",
    "method": "on-site",
    "assessed_on": "2025-03-01",
    "assessor": "Quinn Abara",
    "outcome": "conditional",
    "conditions": "Close the two open findings.",
    "valid_until": "2125-03-01",
}
FILLED = {
    "qualification": ASSESSED,
    "certificate": {
        "standard": "ISO 9001:2015",
        "number": "Q-77",
        "valid_from": "2024-01-01",
        "valid_until": "2024-12-31",
    },
    "contact": {
        "subject": "Queries",
        "side": "provider",
        "name": "Ada",
        "telephone": "+33 1 00 00",
        "channel": "telephone",
        "from_date": "2024-01-01",
    },
    "tier": {"step": "strategic", "from_date": "2024-01-01"},
    "service": {"service": "Clinical monitoring", "region": "europe", "from_date": "2024-01-01"},
}


def test_every_kind_that_any_provider_has_is_filled_in_here() -> None:
    assert set(FILLED) == {slug for slug, kind in KINDS.items() if not kind.of_sub_providers}


@pytest.mark.parametrize("slug", FILLED)
def test_a_record_is_added_shown_changed_and_keeps_its_history(world: World, slug: str) -> None:
    answer = send(world.sam, "vendors:entry-create", world.alpha.pk, slug, **FILLED[slug])
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#{slug}")
    row = KINDS[slug].model.objects.get(vendor=world.alpha)
    words = page(world.sam, "vendors:vendor-detail", world.alpha.pk)
    assert KINDS[slug].line(row, date(2026, 6, 15)).title in words
    field = KINDS[slug].fields[0]
    values = {field: "preferred" if slug == "tier" else "Something else", "reason": "A slip."}
    answer = send(world.sam, "vendors:entry-edit", world.alpha.pk, slug, row.pk, **values)
    assert answer.status_code == 302, refusals(answer)
    assert AuditTrailEntry.objects.filter(event=Event.CHANGED, reason="A slip.").exists()
    assert "A slip." in page(world.sam, "vendors:entry-edit", world.alpha.pk, slug, row.pk)


def test_the_standing_stands_on_the_list_and_on_top_of_the_page(world: World) -> None:
    assert "never assessed" in page(world.sam, "vendors:vendor-list")
    send(world.sam, "vendors:entry-create", world.alpha.pk, "qualification", **ASSESSED)
    for name, arguments in (("vendor-list", []), ("vendor-detail", [world.alpha.pk])):
        words = page(world.sam, f"vendors:{name}", *arguments)
        assert "qualified until 1 Mar 2125, conditions open" in words
    assert "expired 31 Dec 2024" not in words
    send(world.sam, "vendors:entry-create", world.alpha.pk, "certificate", **FILLED["certificate"])
    assert "expired 31 Dec 2024" in page(world.sam, "vendors:vendor-detail", world.alpha.pk)


def test_a_cro_sees_its_contacts_and_certificates_and_not_what_the_sponsor_thinks(
    world: World,
) -> None:
    for slug, values in FILLED.items():
        send(world.sam, "vendors:entry-create", world.alpha.pk, slug, **values)
    words = page(world.ada, "vendors:vendor-detail", world.alpha.pk)
    assert "ISO 9001:2015" in words
    assert "prefers: telephone" in words
    for hidden in ("Close the two open findings", "conditions open", "Strategic partner"):
        assert hidden not in words
        assert hidden not in page(world.ada, "vendors:vendor-list")


@pytest.mark.parametrize(
    ("slug", "wrong", "sentence"),
    [
        ("qualification", {"valid_until": ""}, "Say until when the provider is qualified."),
        ("qualification", {"conditions": ""}, "Say which conditions must be met."),
        ("qualification", {"valid_until": "2025-02-01"}, "It would end before it was assessed."),
        ("certificate", {"valid_until": "2023-12-31"}, "It would expire before it is valid."),
        ("contact", {"until_date": "2023-12-31"}, "The last day lies before the first day."),
        ("service", {"until_date": "2023-12-31"}, "The last day lies before the first day."),
        ("tier", {"until_date": "2023-12-31"}, "The last day lies before the first day."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    world: World, slug: str, wrong: dict[str, str], sentence: str
) -> None:
    answer = send(world.sam, "vendors:entry-create", world.alpha.pk, slug, **FILLED[slug] | wrong)
    assert sentence in refusals(answer)
    assert not KINDS[slug].model.objects.exists()


def test_one_step_of_the_ladder_at_a_time(world: World) -> None:
    send(world.sam, "vendors:entry-create", world.alpha.pk, "tier", **FILLED["tier"])
    answer = send(
        world.sam,
        "vendors:entry-create",
        world.alpha.pk,
        "tier",
        step="preferred",
        from_date="2025-01-01",
    )
    assert "Another step of the ladder holds in this period." in refusals(answer)


def test_an_approval_is_asked_of_a_sub_provider(world: World) -> None:
    values = {
        "service": "Archive",
        "approved": "on",
        "decided_on": "2025-01-01",
        "decided_by": "Sam",
    }
    answer = send(world.sam, "vendors:entry-create", world.beta.pk, "approval", **values)
    assert "Beta works for the sponsor directly." in refusals(answer)
    send(world.sam, "vendors:vendor-edit", world.beta.pk, parent=world.alpha.pk, reason="known")
    words = page(world.sam, "vendors:vendor-detail", world.beta.pk)
    assert "a sub-provider works once the sponsor approved it" in words
    send(world.sam, "vendors:entry-create", world.beta.pk, "approval", **values)
    assert "approved, since 1 Jan 2025" in page(world.sam, "vendors:vendor-detail", world.beta.pk)
    row = SubcontractDecision.objects.get()
    send(
        world.sam,
        "vendors:entry-edit",
        world.beta.pk,
        "approval",
        row.pk,
        until_date="2025-06-30",
        reason="The archive moved.",
    )
    assert "ended 30 Jun 2025" in page(world.sam, "vendors:vendor-detail", world.beta.pk)
    assert AuditTrailEntry.objects.filter(event=Event.ENDED).exists()


def test_an_unknown_kind_and_another_providers_record_are_not_there(world: World) -> None:
    send(world.sam, "vendors:entry-create", world.alpha.pk, "contact", **FILLED["contact"])
    row = Contact.objects.get()
    assert status(world.sam, "vendors:entry-create", world.alpha.pk, "nothing") == 404
    assert status(world.sam, "vendors:entry-edit", world.beta.pk, "contact", row.pk) == 404


def test_the_page_takes_as_many_statements_for_many_records_as_for_few(
    world: World,
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(world.sam, "vendors:vendor-detail", world.alpha.pk)
        return len(seen)

    before = statements()
    kinds: tuple[tuple[Any, dict[str, str]], ...] = (
        (Qualification, {"scope": "a", "assessed_on": "2025-01-01", "outcome": "not-qualified"}),
        (Certificate, {"standard": "b", "valid_from": "2025-01-01", "valid_until": "2025-01-01"}),
        (Contact, {"subject": "c", "name": "d", "from_date": "2025-01-01"}),
        (Tier, {"step": "vendor", "from_date": "2025-01-01", "until_date": "2025-01-01"}),
    )
    for model, fields in kinds:
        count = 1 if model is Tier else 20
        model.objects.bulk_create(model(vendor=world.alpha, **fields) for _ in range(count))
    assert statements() == before
