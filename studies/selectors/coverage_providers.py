"""Providers with their assessments, the sponsor's decisions and the versions of agreements.

One statement: what belongs to a provider comes with it as JSON.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from studies.coverage.facts import Assessed, Decided, Provider, Version
from vendors.models import AgreementVersion, Qualification, SubcontractDecision, Vendor

Told = dict[str, Any]
ASSESSED = ("assessed_on", "outcome", "conditions_closed_on", "valid_until")
DECIDED = ("service", "approved", "decided_on", "until_date")
AGREED = (
    "pk",
    "agreement_id",
    "agreement__title",
    "label",
    "effective_on",
    "expires_on",
    "terminated_on",
    "sponsor_signed_on",
    "provider_signed_on",
)
# Names of fields that are days.
DAYS = ("_on", "_until", "_date")


def providers_and_versions(user: Any) -> tuple[dict[int, Provider], dict[int, Version]]:
    """Return the providers, and the versions of the agreements with them."""
    rows = Vendor.objects.visible_to(user).annotate(
        assessed=_of_vendor(user, Qualification, "vendor", ASSESSED),
        decided=_of_vendor(user, SubcontractDecision, "vendor", DECIDED),
        agreed=_of_vendor(user, AgreementVersion, "agreement__vendor", AGREED),
    )
    providers: dict[int, Provider] = {}
    versions: dict[int, Version] = {}
    for pk, name, sponsor, parent, assessed, decided, agreed in rows.values_list(
        "pk", "name", "sponsor", "parent", "assessed", "decided", "agreed"
    ):
        providers[pk] = Provider(
            pk,
            name,
            sponsor,
            parent,
            assessments=tuple(Assessed(**_dated(one)) for one in assessed),
            decisions=tuple(Decided(**_dated(one)) for one in decided),
        )
        versions |= {one["pk"]: _version(name, **_dated(one)) for one in agreed}
    return providers, versions


def _of_vendor(user: Any, model: Any, path: str, fields: Iterable[str]) -> ArraySubquery:
    """Return a term for the records of a provider, as JSON, in the order of their kind."""
    rows = model.objects.visible_to(user).filter(**{path: OuterRef("pk")})
    return ArraySubquery(rows.values(told=JSONObject(**{name: F(name) for name in fields})))


def _dated(told: Told) -> Told:
    """Read the days of a record back from JSON."""
    return {
        name: date.fromisoformat(value) if value and name.endswith(DAYS) else value
        for name, value in told.items()
    }


def _version(
    vendor: str,
    *,
    pk: int,
    agreement_id: int,
    agreement__title: str,
    label: str,
    sponsor_signed_on: date | None,
    provider_signed_on: date | None,
    **days: Any,
) -> Version:
    signed = (sponsor_signed_on, provider_signed_on)
    both = [day for day in signed if day is not None]
    return Version(
        pk=pk,
        agreement=agreement_id,
        title=f"{agreement__title} ({_version_words(label)}, {vendor})",
        signed_on=max(both) if len(both) == len(signed) else None,
        **days,
    )


def _version_words(label: str) -> str:
    return f"version {label}" if label[:1].isdigit() else label
