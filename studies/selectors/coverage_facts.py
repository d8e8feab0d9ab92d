"""The facts of the coverage analysis, as far as somebody sees them.

Eight statements, whatever the size of the portfolio; plain values are read, no model is made.
Qualifications, decisions on sub-providers and IND submissions are the sponsor's own: a CRO's
people get none of them.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Upper

from studies.coverage.facts import (
    Assessed,
    Decided,
    Facts,
    Held,
    Provider,
    Report,
    StudyFact,
    Version,
    Work,
)
from studies.models import Delegation, Function, IndSubmission, Obligation, Site, Study
from vendors.access import memberships_of
from vendors.models import AgreementVersion, Qualification, SubcontractDecision, Vendor

# How sites' countries are spelt, in capitals.
UNITED_STATES = ("USA", "US", "UNITED STATES", "UNITED STATES OF AMERICA")


# Keys of studies, or the query that finds them; None: all.
Studies = Collection[int] | QuerySet[Any, Any] | None


def facts_of(*, user: Any, on: date | None = None, studies: Studies = None) -> Facts:
    """Return what is known of the delegations of a day, of all days where none is given.

    `studies` limits it to some studies: what is said of those, and of whatever critical functions
    are compared with across all, stays the same.
    """
    sponsors = {one.sponsor_id for one in memberships_of(user) if one.sponsor_id is not None}
    return Facts(
        studies=_studies(user, sponsors, studies),
        works=_works(user),
        held=_held(user, on, studies),
        versions=_versions(user),
        providers=_providers(user),
        reports=_reports(user, studies),
    )


def _studies(user: Any, sponsors: set[int], studies: Studies) -> tuple[StudyFact, ...]:
    visible = Study.objects.visible_to(user)
    if studies is not None:
        visible = visible.filter(pk__in=studies)
    american = Site._base_manager.annotate(spelt=Upper("country")).filter(
        study=OuterRef("pk"), spelt__in=UNITED_STATES
    )
    found = visible.annotate(begins=Min("delegations__from_date"), in_us=Exists(american))
    rows = found.order_by("protocol_number", "pk").values_list(
        "pk", "protocol_number", "sponsor", "product_type", "status", "begins", "in_us"
    )
    return tuple(
        StudyFact(
            pk=pk,
            protocol_number=number,
            sponsor=sponsor,
            drug=product == Study.ProductType.DRUG,
            completed=status == Study.Status.COMPLETED,
            begins=begins,
            in_us=in_us,
            own=sponsor in sponsors,
        )
        for pk, number, sponsor, product, status, begins, in_us in rows
    )


def _works(user: Any) -> tuple[Work, ...]:
    found = Function.objects.visible_to(user).exclude(obligation__transferable=False)
    rows = found.order_by("kind", "obligation__code", "name", "pk").values_list(
        "pk", "slug", "name", "sponsor", "critical", "obligation__code", "obligation__part312"
    )
    return tuple(
        Work(
            pk=pk,
            slug=slug,
            name=f"{code} {name}" if code else name,
            sponsor=sponsor,
            obligation=code is not None,
            critical=critical,
            part312=part312 in (Obligation.Part312.YES, Obligation.Part312.PARTLY),
        )
        for pk, slug, name, sponsor, critical, code, part312 in rows
    )


def _held(user: Any, on: date | None, studies: Studies) -> tuple[Held, ...]:
    found = Delegation.objects.visible_to(user)
    if on is not None:
        found = found.filter(Q(until_date__isnull=True) | Q(until_date__gte=on), from_date__lte=on)
    if studies is not None:
        found = found.filter(Q(study__in=studies) | Q(function__critical=True))
    rows = found.order_by("study__protocol_number", "study", "function", "from_date", "pk")
    return tuple(
        Held(*row[:-1], confirmed=row[-1] is not None)
        for row in rows.values_list(
            "pk",
            "study",
            "function",
            "kind",
            "engagement__vendor",
            "from_date",
            "until_date",
            "region",
            "engagement",
            "performer",
            "decision_maker",
            "agreement_version",
            "work_began_on",
            "confirmed_by",
        )
    )


def _versions(user: Any) -> dict[int, Version]:
    found = AgreementVersion.objects.visible_to(user).select_related("agreement__vendor")
    return {
        one.pk: Version(
            pk=one.pk,
            agreement=one.agreement_id,
            title=f"{one.agreement} ({_version_words(one.label)}, {one.agreement.vendor})",
            effective_on=one.effective_on,
            expires_on=one.expires_on,
            terminated_on=one.terminated_on,
            signed_on=one.signed_on,
        )
        for one in found
    }


def _version_words(label: str) -> str:
    return f"version {label}" if label[:1].isdigit() else label


def _providers(user: Any) -> dict[int, Provider]:
    assessments: dict[int, list[Assessed]] = defaultdict(list)
    for row in Qualification.objects.visible_to(user).values_list(
        "vendor", "assessed_on", "outcome", "conditions_closed_on", "valid_until"
    ):
        assessments[row[0]].append(Assessed(*row[1:]))
    decisions: dict[int, list[Decided]] = defaultdict(list)
    for word in SubcontractDecision.objects.visible_to(user).values_list(
        "vendor", "service", "approved", "decided_on", "until_date"
    ):
        decisions[word[0]].append(Decided(*word[1:]))
    found = Vendor.objects.visible_to(user).values_list("pk", "name", "sponsor", "parent")
    return {
        row[0]: Provider(
            *row,
            assessments=tuple(assessments[row[0]]),
            decisions=tuple(decisions[row[0]]),
        )
        for row in found
    }


def _reports(user: Any, studies: Studies) -> dict[int, tuple[Report, ...]]:
    visible = IndSubmission.objects.visible_to(user)
    if studies is not None:
        visible = visible.filter(study__in=studies)
    lines: dict[tuple[int, str, date], set[tuple[int, int, str]]] = defaultdict(set)
    for study, number, day, function, vendor, region in visible.order_by(
        "submitted_on", "pk"
    ).values_list(
        "study",
        "serial_number",
        "submitted_on",
        "transfers__function",
        "transfers__vendor",
        "transfers__region",
    ):
        told = lines[study, number, day]
        if function is not None:
            told.add((function, vendor, region))
    reports: dict[int, tuple[Report, ...]] = defaultdict(tuple)
    for (study, number, day), told in lines.items():
        reports[study] += (Report(number, day, frozenset(told)),)
    return dict(reports)
