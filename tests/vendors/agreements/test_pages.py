"""Agreements as people keep them: versions, signatures, clauses, plan, ladder, and the file."""

import hashlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from tests.people import World
from tests.vendors.browsing import page, refusals, send, signed_in
from vendors.models import Agreement, AgreementVersion

pytestmark = pytest.mark.django_db

SIGNED = {
    "sponsor_signatory": "Sam",
    "sponsor_signed_on": "2024-01-10",
    "provider_signatory": "Ada",
    "provider_signed_on": "2024-01-12",
}
RULE = {
    "kind": "consult",
    "subject": "Protocol deviations",
    "what": "Ask before a waiver",
    "cadence": "within 24 hours",
    "channel": "telephone",
    "audience": "Medical monitor",
}
STEP = {
    "level": "1",
    "when": "A red KPI in two months",
    "provider_role": "Project manager",
    "sponsor_role": "Oversight manager",
    "hours": "48",
}


def make(world: World, **version: Any) -> AgreementVersion:
    """Add an agreement and its first version through the pages."""
    answer = send(
        world.sam, "vendors:agreement-create", vendor=world.alpha.pk, kind="msa", title="MSA-1"
    )
    agreement = Agreement.objects.get()
    assert answer["Location"] == reverse("vendors:version-create", args=[agreement.pk])
    values = {"label": "1.0", "effective_on": "2024-01-01"} | version
    assert send(world.sam, "vendors:version-create", agreement.pk, **values).status_code == 302
    return AgreementVersion.objects.get()


def test_an_agreement_with_its_first_version(world: World) -> None:
    assert "No agreement is recorded" in page(world.sam, "vendors:agreement-list")
    version = make(world)
    words = page(world.sam, "vendors:agreement-list")
    assert "1 agreement" in words
    assert "waits for a signature" in words
    send(world.sam, "vendors:version-edit", version.pk, **SIGNED, reason="Both signed.")
    assert "in force since 12 Jan 2024" in page(world.sam, "vendors:agreement-list")
    assert "in force since 12 Jan 2024" in page(world.sam, "vendors:vendor-detail", world.alpha.pk)
    words = page(world.ada, "vendors:agreement-detail", version.agreement_id)
    assert "in force since 12 Jan 2024" in words
    assert "Add a version" not in words
    assert "MSA-1" not in page(world.ben, "vendors:agreement-list")


def test_what_both_signed_stays_and_may_be_terminated(world: World) -> None:
    version = make(world, **SIGNED)
    answer = send(
        world.sam, "vendors:version-edit", version.pk, effective_on="2023-01-01", reason="Earlier."
    )
    assert "Both sides signed this version; it stays as it is." in refusals(answer)
    send(world.sam, "vendors:version-edit", version.pk, terminated_on="2024-06-01", reason="Ended.")
    assert "terminated, last day 31 May 2024" in page(world.sam, "vendors:agreement-list")
    assert AuditTrailEntry.objects.filter(event=Event.ENDED, reason="Ended.").exists()


def test_a_signature_names_who_signed(world: World) -> None:
    version = make(world)
    answer = send(
        world.sam, "vendors:version-edit", version.pk, sponsor_signed_on="2024-01-01", reason="x"
    )
    assert "Name the person who signed." in refusals(answer)


def test_the_next_version_begins_as_the_last_and_both_are_kept(world: World) -> None:
    version = make(world)
    send(world.sam, "vendors:part-create", version.pk, "communication", **RULE)
    send(world.sam, "vendors:part-create", version.pk, "escalation", **STEP)
    fill_clauses(world, version, "audit", "12.3")
    send(world.sam, "vendors:version-edit", version.pk, **SIGNED, reason="Both signed.")
    values = {"label": "Amendment 1", "effective_on": "2025-01-01", "change_reason": "New price"}
    send(world.sam, "vendors:version-create", version.agreement_id, **values)
    newest = AgreementVersion.objects.get(label="Amendment 1")
    for one in (version, newest):
        words = page(world.sam, "vendors:agreement-detail", one.agreement_id, version=str(one.pk))
        assert f"Clauses, version {one.label}" in words
        for said in ("12.3", "Ask before a waiver", "A red KPI in two months", "New price"):
            assert said in words
    row = newest.rules.get()
    send(
        world.sam,
        "vendors:part-edit",
        newest.pk,
        "communication",
        row.pk,
        what="Tell at once",
        reason="Agreed in May.",
    )
    assert version.rules.get().what == "Ask before a waiver"
    assert newest.rules.get().what == "Tell at once"


def test_a_signed_version_takes_no_further_line(world: World) -> None:
    version = make(world, **SIGNED)
    answer = send(world.sam, "vendors:part-create", version.pk, "escalation", **STEP)
    assert "Both sides signed this version" in refusals(answer)
    assert not version.steps.exists()


def fill_clauses(world: World, version: AgreementVersion, subject: str, number: str) -> Any:
    """Send the check-list with one subject ticked."""
    values = {f"{subject}-present": "on", f"{subject}-number": number, "reason": "Read it."}
    address = reverse("vendors:version-clauses", args=[version.pk])
    return signed_in(world.sam).post(address, values)


def test_the_clause_check_list(world: World) -> None:
    version = make(world)
    words = page(world.sam, "vendors:agreement-detail", version.agreement_id)
    assert "8 of 8 subjects have none" in words
    assert "not looked at" in words
    assert "Give the number of the clause." in refusals(fill_clauses(world, version, "gcp", ""))
    assert fill_clauses(world, version, "gcp", "4.1").status_code == 302
    words = page(world.sam, "vendors:agreement-detail", version.agreement_id)
    assert "7 of 8 subjects have none" in words
    assert "4.1" in words
    answer = signed_in(world.sam).post(
        reverse("vendors:version-clauses", args=[version.pk]), {"reason": " "}
    )
    assert "Say why you change this" in refusals(answer)


def test_the_file_is_kept_once_and_under_its_hash(world: World) -> None:
    version = make(world, **SIGNED)
    address = reverse("vendors:version-file", args=[version.pk])
    client = signed_in(world.sam)
    wrong = client.post(address, {"file": SimpleUploadedFile("a.exe", b"MZ")}, follow=True)
    assert "Send a document" in wrong.content.decode()
    client.post(address, {"file": SimpleUploadedFile("MSA-1.pdf", b"%PDF-1.7")})
    version.refresh_from_db()
    assert version.file_sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()
    again = client.post(address, {"file": SimpleUploadedFile("b.pdf", b"other")}, follow=True)
    assert "This version has its file already: MSA-1.pdf." in again.content.decode()
    taken: Any = signed_in(world.ada).get(reverse("vendors:version-download", args=[version.pk]))
    assert b"".join(taken.streaming_content) == b"%PDF-1.7"
    assert taken["Content-Disposition"] == 'attachment; filename="MSA-1.pdf"'
    assert AuditTrailEntry.objects.filter(event=Event.DOWNLOADED).exists()


def test_a_work_order_belongs_to_the_same_provider(world: World) -> None:
    version = make(world)
    values = {"vendor": world.beta.pk, "kind": "work-order", "title": "WO-1"}
    answer = send(world.sam, "vendors:agreement-create", **values, under=version.agreement_id)
    assert "This agreement is with another provider." in refusals(answer)
    values["vendor"] = world.alpha.pk
    send(world.sam, "vendors:agreement-create", **values, under=version.agreement_id)
    assert "WO-1" in page(world.sam, "vendors:agreement-detail", version.agreement_id)
    assert "no version yet" in page(world.sam, "vendors:agreement-list")
    send(
        world.sam,
        "vendors:agreement-edit",
        Agreement.objects.get(title="WO-1").pk,
        title="WO-2",
        reason="A slip.",
    )
    assert "WO-2" in page(world.sam, "vendors:agreement-list", q="wo")
