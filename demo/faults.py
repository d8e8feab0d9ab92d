"""What is wrong in who does what at the demo's sponsor: one fault of each flag, and nothing else.

Elm's lapsed qualification stands with its file (`demo/providers.py`); Dogwood alone does
pharmacovigilance (`demo/story.py`).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.providers import sign
from oversight.audit_trail.attribution import Actor
from studies.coverage.flags import Flag
from vendors.agreements.services import add_version, create_agreement
from vendors.dossier.kinds import KINDS
from vendors.dossier.services import add_entry
from vendors.models import AgreementVersion, Vendor
from vendors.register.saving import create_row

# Flag → words that its one finding holds.
PLANTED = {
    Flag.GAP: "T22 Assessing and reporting serious breaches on NWT-303",
    Flag.OVERLAP: "T17 Training of sites on protocol and systems on NWT-204",
    Flag.LATE: "Data management on NWT-303",
    Flag.EXPIRED: "Statement of work 1",
    Flag.UNQUALIFIED: "Elm Site Network",
    Flag.UNAPPROVED_SUBCONTRACT: "Willow Site Contracts performs Study start-up on NWT-302",
    Flag.UNREPORTED: "T23 Conduct according to protocol, and management of deviations on NWT-302",
    Flag.DECISION_GAP: "Trial master file on NWT-118",
    Flag.SINGLE_SOURCE: "Dogwood Safety alone does Pharmacovigilance",
    Flag.KPI_LESS: "Sample logistics on NWT-204",
}
NOBODY = ("NWT-303", "T22")
TWICE = ("NWT-204", "T17", ("Elm Site Network", "Birch Research"))
LATE = ("NWT-303", "data-management")
EXPIRED = ("NWT-205", "biostatistics")
PASSED_ON = ("NWT-302", "start-up")
NOT_TOLD = ("NWT-302", "T23")
UNDECIDED = ("NWT-118", "trial-master-file")
UNMEASURED = ("NWT-204", "own-sample-logistics", "Elm Site Network")


@dataclass(frozen=True)
class Planted:
    """What the faulty delegations refer to."""

    late: AgreementVersion
    expired: AgreementVersion
    unapproved: Vendor


def plant(
    *, actor: Actor, vendors: dict[str, Vendor], start: date, late_on: date, today: date
) -> Planted:
    """Sign one agreement too late, let one expire, and bring in a provider that nobody approved.

    `late_on` is the day on which the work under the late one begins.
    """
    fir, cedar, alder = (
        vendors[name] for name in ("Fir Data Services", "Cedar Biometrics", "Alder Clinical")
    )
    late = _version(actor, fir, "work-order", "Work order 2", late_on, None)
    late = sign(actor, late, late_on + timedelta(days=17))
    over = today - timedelta(days=45)
    expired = _version(actor, cedar, "sow", "Statement of work 1", start, over)
    expired = sign(actor, expired, start - timedelta(days=30))
    willow = create_row(
        actor=actor,
        row=Vendor(sponsor=alder.sponsor, name="Willow Site Contracts", parent=alder, kind="other"),
    )
    assessment = {
        "scope": "Contracts with sites",
        "method": "remote",
        "assessed_on": start,
        "assessor": "Quinn Abara",
        "outcome": "qualified",
        "valid_until": today + timedelta(days=400),
    }
    add_entry(actor=actor, kind=KINDS["qualification"], vendor=willow, values=assessment)
    return Planted(late, expired, willow)


def _version(
    actor: Actor, vendor: Vendor, kind: str, title: str, effective: date, expires: date | None
) -> AgreementVersion:
    agreement = create_agreement(actor=actor, vendor=vendor, values={"kind": kind, "title": title})
    values = {"label": "1", "effective_on": effective, "expires_on": expires}
    return add_version(actor=actor, agreement=agreement, values=values)
