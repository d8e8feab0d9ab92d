"""The facts of the coverage analysis, as far as somebody sees them.

Four statements, whatever the size of the portfolio; plain values are read, no model is made.
Qualifications, decisions on sub-providers and IND submissions are the sponsor's own: a CRO's
people get none of them.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject, Upper

from studies.coverage.facts import Facts, Held, Report, StudyFact, Work
from studies.models import (
    Delegation,
    Function,
    IndSubmission,
    Obligation,
    ReportedTransfer,
    Site,
    Study,
)
from studies.selectors.coverage_providers import providers_and_versions
from vendors.access import memberships_of

# How sites' countries are spelt, in capitals.
UNITED_STATES = ("USA", "US", "UNITED STATES", "UNITED STATES OF AMERICA")


# Keys of studies, or the query that finds them; None: all.
Studies = Collection[int] | QuerySet[Any, Any] | None


def facts_of(*, user: Any, on: date | None = None, studies: Studies = None) -> Facts:
    """Return what is known of the delegations of a day, of all days where none is given.

    `studies` limits it to some studies: what is said of those, and of whatever critical functions
    are compared with across all, stays the same.
    """
    found, reports = _studies(user, studies)
    providers, versions = providers_and_versions(user)
    return Facts(
        studies=found,
        works=_works(user),
        held=_held(user, on, studies),
        versions=versions,
        providers=providers,
        reports=reports,
    )


def _studies(
    user: Any, studies: Studies
) -> tuple[tuple[StudyFact, ...], dict[int, tuple[Report, ...]]]:
    """Return the studies, and what the authority was told of each."""
    sponsors = {one.sponsor_id for one in memberships_of(user) if one.sponsor_id is not None}
    visible = Study.objects.visible_to(user)
    if studies is not None:
        visible = visible.filter(pk__in=studies)
    american = Site._base_manager.annotate(spelt=Upper("country")).filter(
        study=OuterRef("pk"), spelt__in=UNITED_STATES
    )
    found = visible.annotate(
        begins=Min("delegations__from_date"), in_us=Exists(american), told=_reports(user)
    )
    rows = found.order_by("protocol_number", "pk").values_list(
        "pk", "protocol_number", "sponsor", "product_type", "status", "begins", "in_us", "told"
    )
    listed = list(rows)
    facts = tuple(
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
        for pk, number, sponsor, product, status, begins, in_us, _ in listed
    )
    return facts, {row[0]: tuple(map(_report, row[-1])) for row in listed if row[-1]}


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


def _reports(user: Any) -> ArraySubquery:
    """Return a term for the IND submissions of a study, oldest first, with what each lists."""
    transfers = ReportedTransfer._base_manager.filter(submission=OuterRef("pk"))
    listed = ArraySubquery(
        transfers.values(found=JSONObject(function="function", vendor="vendor", region="region"))
    )
    sent = IndSubmission.objects.visible_to(user).filter(study=OuterRef("pk"))
    told = JSONObject(number="serial_number", day="submitted_on", listed=listed)
    return ArraySubquery(sent.order_by("submitted_on", "pk").values(told=told))


def _report(told: dict[str, Any]) -> Report:
    listed = {(one["function"], one["vendor"], one["region"]) for one in told["listed"]}
    return Report(told["number"], date.fromisoformat(told["day"]), frozenset(listed))
