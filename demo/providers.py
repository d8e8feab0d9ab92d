"""What the demo's sponsor keeps about its CROs: agreements in versions, and each one's file."""

import io
from datetime import date, timedelta

from oversight.audit_trail.attribution import Actor
from vendors.agreements.services import (
    add_part,
    add_version,
    attach_file,
    create_agreement,
    note_clauses,
)
from vendors.dossier.kinds import KINDS
from vendors.dossier.services import add_entry
from vendors.models import (
    Agreement,
    AgreementVersion,
    Clause,
    CommunicationRule,
    EscalationStep,
    Vendor,
)

YEAR = timedelta(days=365)
RULES = (
    ("regular", "State of the studies", "Team meeting with minutes", "weekly", "Video call"),
    ("regular", "KPIs", "Joint operating committee", "monthly", "Video call"),
    ("consult", "Changes of the monitoring plan", "Ask the oversight manager", "before", "E-mail"),
    ("inform", "Suspected serious breach", "Tell quality assurance", "within 24 h", "Telephone"),
    ("problem", "A system is down", "Work on from paper forms", "after 4 h", "Telephone"),
)
STEPS = (
    ("A KPI is red in two months", "Project manager", "Oversight manager", 48),
    ("Level 1 did not settle it", "Director of operations", "Head of clinical operations", 72),
    ("Level 2 did not settle it", "Chief operating officer", "Chief medical officer", 120),
)
# Subject → number of the clause; Elm's work order says nothing about serious breaches.
CLAUSES = {subject: f"{place}.1" for place, subject in enumerate(Clause.Subject.values, start=4)}


def make_providers(*, actor: Actor, vendors: dict[str, Vendor], start: date, today: date) -> None:
    """Write agreements and files of all CROs, as they stand on `today`."""
    for number, vendor in enumerate(vendors.values(), start=1):
        _agreements(actor, vendor, start)
        _file(actor, vendor, number, start, today)


def _agreements(actor: Actor, vendor: Vendor, start: date) -> None:
    signed = start - timedelta(days=40)
    master = create_agreement(
        actor=actor, vendor=vendor, values={"kind": "msa", "title": "Master agreement"}
    )
    _version(actor, master, "1.0", "", signed, signed)
    order = create_agreement(
        actor=actor,
        vendor=vendor,
        values={"kind": "work-order", "title": "Work order 1", "under": master},
    )
    first = _version(actor, order, "1", "", signed, start)
    _plan(actor, first)
    _version(actor, order, "2", "Adds the studies of the second year", signed + YEAR, start + YEAR)
    missing = "serious-breach" if vendor.name.startswith("Elm") else ""
    for version in order.versions.all():
        note_clauses(
            actor=actor,
            version=version,
            clauses={
                subject: {"present": subject != missing, "number": number, "note": ""}
                if subject != missing
                else {"present": False, "number": "", "note": "Asked of the CRO"}
                for subject, number in CLAUSES.items()
            },
            reason="Read by quality assurance",
        )


def _version(
    actor: Actor, agreement: Agreement, label: str, why: str, signed: date, effective: date
) -> AgreementVersion:
    version = add_version(
        actor=actor,
        agreement=agreement,
        values={"label": label, "change_reason": why, "effective_on": effective},
    )
    if label == "1":
        return version
    return sign(actor, version, signed)


def sign(actor: Actor, version: AgreementVersion, signed: date) -> AgreementVersion:
    """Let both sides sign, and keep the text."""
    text = f"{version.agreement.vendor}: {version}\n".encode()
    name = f"{version.agreement.title} {version.label}.txt"
    version = attach_file(actor=actor, version=version, name=name, stream=io.BytesIO(text))
    version.sponsor_signatory, version.sponsor_signed_on = "Sam Okafor", signed
    version.provider_signatory = "Head of contracts"
    version.provider_signed_on = signed + timedelta(days=3)
    version.save()
    return version


def _plan(actor: Actor, version: AgreementVersion) -> None:
    for kind, subject, what, cadence, channel in RULES:
        values = {
            "kind": kind,
            "subject": subject,
            "what": what,
            "cadence": cadence,
            "channel": channel,
            "audience": "Project manager and oversight manager",
        }
        add_part(
            actor=actor, model=CommunicationRule, version=version, values=values, reason="Agreed"
        )
    for level, (when, provider, sponsor, hours) in enumerate(STEPS, start=1):
        rung = {
            "level": level,
            "when": when,
            "provider_role": provider,
            "sponsor_role": sponsor,
            "hours": hours,
        }
        add_part(actor=actor, model=EscalationStep, version=version, values=rung, reason="Agreed")
    sign(actor, version, version.effective_on - timedelta(days=40))


def _file(actor: Actor, vendor: Vendor, number: int, start: date, today: date) -> None:
    """Fill the file; Elm's qualification has lapsed, Dogwood's has an open condition."""
    lapsed, open_condition = vendor.name.startswith("Elm"), vendor.name.startswith("Dogwood")
    until = today - timedelta(days=50) if lapsed else today + number * timedelta(days=120)
    records: list[tuple[str, dict[str, object]]] = [
        (
            "qualification",
            {
                "scope": "All services of the work order",
                "method": ("questionnaire", "remote", "on-site")[number % 3],
                "assessed_on": start - timedelta(days=90),
                "assessor": "Quinn Abara",
                "outcome": "conditional" if open_condition else "qualified",
                "conditions": "Show the training records of two case processors."
                if open_condition
                else "",
                "valid_until": until,
                "requalification_due": until - timedelta(days=60),
            },
        ),
        (
            "certificate",
            {
                "standard": "ISO 9001:2015",
                "number": f"Q-{number:04}",
                "issuer": "An accredited body",
                "valid_from": start - YEAR,
                "valid_until": today + number * timedelta(days=80),
            },
        ),
        ("tier", {"step": "vendor", "from_date": start, "until_date": start + YEAR}),
        (
            "tier",
            {
                "step": "strategic" if number == 1 else "preferred",
                "from_date": start + YEAR + timedelta(days=1),
            },
        ),
    ]
    for subject, channel in (("Monthly submissions", "e-mail"), ("Escalations", "telephone")):
        contact = {
            "subject": subject,
            "side": "provider",
            "name": "Project manager",
            "channel": channel,
            "from_date": start,
        }
        records.append(("contact", contact))
    for slug, values in records:
        add_entry(actor=actor, kind=KINDS[slug], vendor=vendor, values=values, reason="Recorded")
