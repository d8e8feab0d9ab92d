"""The register as it stood: service providers, studies, engagements, delegations.

Taken from the change history. Names in other listings come from here too; a record that was
created after the as-of date is named as it was created, so that a later renaming changes no pack.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model, Q

from inspection.pack.rows import DelegationRow, EngagementRow, ProviderRow, StudyRow
from inspection.pack.scope import Scope
from oversight.accounts.models import User
from oversight.audit_trail.as_known import as_known
from studies.models import Delegation, Engagement, Function, Study
from vendors.models import Agreement, Sponsor, Vendor


@dataclass
class Names:
    """What records were called, asked once per kind; ids that the requester does not see included
    only where a visible record names them (a person, a function)."""

    at: datetime
    _found: dict[type[Model], dict[int, str]] = field(default_factory=dict)

    def learn(self, model: type[Model], ids: Iterable[int | None]) -> None:
        """Fetch names of records not known yet; one statement."""
        known = self._found.setdefault(model, {})
        wanted = {one for one in ids if one is not None} - known.keys()
        if wanted:
            for row in as_known(model, wanted, self.at, or_first=True):
                known[row.pk] = _name(row)

    def of(self, model: type[Model], key: int | None) -> str:
        """Return a name that was learnt, "" for none."""
        return "" if key is None else self._found.get(model, {}).get(key, f"no. {key}")


@dataclass(frozen=True)
class Register:
    """The part of the register that belongs to the scope, by name."""

    names: Names
    vendors: tuple[Vendor, ...]
    studies: tuple[Study, ...]
    engagements: tuple[Engagement, ...]
    delegations: tuple[Delegation, ...]
    engagement_ids: frozenset[int]  # also those that were recorded after the as-of date
    vendor_of: dict[int, int]  # engagement → vendor

    @cached_property
    def provider_rows(self) -> tuple[ProviderRow, ...]:
        """Return the service providers."""
        return tuple(
            ProviderRow(
                name=one.name,
                kind=one.get_kind_display(),
                country=one.country,
                parent=self.names.of(Vendor, one.parent_id),
                ended_on=one.ended_on,
            )
            for one in self.vendors
        )

    @cached_property
    def study_rows(self) -> tuple[StudyRow, ...]:
        """Return the studies."""
        return tuple(
            StudyRow(
                protocol_number=one.protocol_number,
                title=one.title,
                phase=one.get_phase_display(),
                therapeutic_area=one.therapeutic_area,
                status=one.get_status_display(),
            )
            for one in self.studies
        )

    @cached_property
    def engagement_rows(self) -> tuple[EngagementRow, ...]:
        """Return the engagements."""
        return tuple(
            EngagementRow(
                id=one.pk,
                name=one.name,
                provider=self.names.of(Vendor, one.vendor_id),
                model=one.get_model_display(),
                pricing_basis=one.get_pricing_basis_display(),
                agreement=self.names.of(Agreement, one.agreement_id),
                start_date=one.start_date,
                end_date=one.end_date,
            )
            for one in self.engagements
        )

    @cached_property
    def delegation_rows(self) -> tuple[DelegationRow, ...]:
        """Return the delegations by study, function and first day."""
        rows = (
            DelegationRow(
                study=self.names.of(Study, one.study_id),
                function=self.names.of(Function, one.function_id),
                kind=one.get_kind_display(),
                engagement=self.names.of(Engagement, one.engagement_id),
                provider=self.provider_of(one.engagement_id),
                split=one.split,
                clause=one.clause,
                from_date=one.from_date,
                until_date=one.until_date,
            )
            for one in self.delegations
        )
        return tuple(sorted(rows, key=lambda row: (row.study, row.function, row.from_date)))

    def provider_of(self, engagement_id: int | None) -> str:
        """Return the provider's name behind an engagement."""
        if engagement_id is None:
            return ""
        return self.names.of(Vendor, self.vendor_of.get(engagement_id))


def register_of(scope: Scope) -> Register:
    """Gather the register; a fixed number of statements."""
    visible = _visible_ids(scope)
    delegations = as_known(Delegation, visible[Delegation], scope.until)
    engagements = {one.pk: one for one in as_known(Engagement, visible[Engagement], scope.until)}
    later = as_known(Engagement, visible[Engagement], scope.until, or_first=True)
    vendor_of = {one.pk: one.vendor_id for one in later}
    if scope.study is not None:
        delegations = [one for one in delegations if one.study_id == scope.study.pk]
        mine = {one.engagement_id for one in delegations} | set(
            Engagement.objects.visible_to(scope.user)
            .filter(
                Q(submissions__study=scope.study, submissions__received_at__lt=scope.until)
                | Q(runs__study=scope.study, runs__computed_at__lt=scope.until)
            )
            .values_list("pk", flat=True)
        )
    else:
        mine = {key for key, vendor in vendor_of.items() if vendor == _key(scope.vendor)}
        delegations = [one for one in delegations if one.engagement_id in mine]
    studies = {scope.study.pk} if scope.study else {one.study_id for one in delegations}
    vendors = {vendor_of[key] for key in mine if key in vendor_of}
    vendors |= {scope.vendor.pk} if scope.vendor else set()
    found = as_known(Vendor, vendors & set(visible[Vendor]), scope.until)
    names = Names(scope.until)
    names.learn(Vendor, {*vendor_of.values(), *(one.parent_id for one in found)})
    names.learn(Engagement, vendor_of)
    names.learn(Study, visible[Study])
    names.learn(Sponsor, {scope.sponsor.pk})
    names.learn(Agreement, (one.agreement_id for one in engagements.values()))
    names.learn(Function, {one.function_id for one in delegations})
    return Register(
        names=names,
        vendors=_by_name(found),
        studies=_by_name(as_known(Study, studies & set(visible[Study]), scope.until)),
        engagements=_by_name(engagements[key] for key in mine if key in engagements),
        delegations=tuple(delegations),
        engagement_ids=frozenset(key for key in mine if key is not None),
        vendor_of=vendor_of,
    )


def _visible_ids(scope: Scope) -> dict[type[Model], list[int]]:
    """Return the ids of the sponsor's records that the requester sees today."""
    paths: dict[Any, str] = {
        Vendor: "sponsor",
        Study: "sponsor",
        Engagement: "sponsor",
        Delegation: "study__sponsor",
    }
    return {
        model: list(
            model.objects.visible_to(scope.user)
            .filter(**{path: scope.sponsor})
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for model, path in paths.items()
    }


def _by_name(rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(rows, key=lambda row: (_name(row), row.pk)))


def _name(row: Any) -> str:
    return (row.name or row.email) if isinstance(row, User) else str(row)


def _key(row: Model | None) -> int | None:
    return None if row is None else row.pk
