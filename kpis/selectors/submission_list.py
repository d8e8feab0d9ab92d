"""The list of submissions: filtered, 50 on a page, six statements whatever its size."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from kpis.models import Check, Submission
from kpis.selectors.problem_groups import counted
from kpis.selectors.steps import is_sponsor_side
from kpis.submissions.states import State
from oversight.look.times import month_text
from studies.models import Study
from vendors.models import Vendor

PER_PAGE = 50

WORDS = {
    State.RECEIVED: "Being checked",
    State.CHECKED: "Not yet submitted",
    State.SUBMITTED: "Waits for a decision",
    State.RETURNED: "Returned",
    State.ACCEPTED: "Accepted",
    State.SUPERSEDED: "Superseded",
    State.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True)
class Choice:
    """One entry of a filter."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One filter above the list; the address carries `name`."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class SubmissionRow:
    """One submission in the list."""

    pk: int
    label: str
    study: str
    vendor: str
    engagement: str
    period: date | None
    state: str
    mark: str
    problems: str
    received_at: datetime
    created_by: str


@dataclass(frozen=True)
class SubmissionList:
    """One page of the list. `waiting` counts what waits for the reader's side."""

    rows: tuple[SubmissionRow, ...]
    page: Page
    filters: tuple[Filter, ...]
    filtered: bool
    waiting: int
    sponsor_side: bool


def submission_list(*, user: Any, wanted: Mapping[str, str]) -> SubmissionList:
    """Return one page of what `user` may see; an unknown value of a filter filters nothing."""
    visible = Submission.objects.visible_to(user)
    sponsor_side = is_sponsor_side(user)
    filters = _filters(user, visible, wanted, sponsor_side)
    chosen = {one.name: c.value for one in filters for c in one.choices if c.chosen and c.value}
    found = visible.filter(**{FIELDS[name]: value for name, value in chosen.items()})
    page = Paginator(_with_problems(found), PER_PAGE).get_page(wanted.get("page"))
    return SubmissionList(
        rows=tuple(_row(one) for one in page.object_list),
        page=page,
        filters=filters,
        filtered=bool(chosen),
        waiting=visible.filter(state=_my_turn(sponsor_side)).count(),
        sponsor_side=sponsor_side,
    )


FIELDS = {
    "cro": "engagement__vendor",
    "study": "study",
    "state": "state",
    "period": "period_start",
}


def _my_turn(sponsor_side: bool) -> State:
    return State.SUBMITTED if sponsor_side else State.RETURNED


def _filters(
    user: Any, visible: QuerySet[Submission], wanted: Mapping[str, str], sponsor_side: bool
) -> tuple[Filter, ...]:
    periods = (
        visible.filter(period_start__isnull=False)
        .order_by("-period_start")
        .values_list("period_start", flat=True)
        .distinct()
    )
    found = [
        _filter("study", "Study", [(s.pk, str(s)) for s in Study.objects.visible_to(user)], wanted),
        _filter("period", "Period", [(str(p), month_text(p)) for p in periods], wanted),
        _filter("state", "State", [(s.value, words) for s, words in WORDS.items()], wanted),
    ]
    if sponsor_side:
        vendors = [(vendor.pk, vendor.name) for vendor in Vendor.objects.visible_to(user)]
        found.insert(0, _filter("cro", "CRO", vendors, wanted))
    return tuple(found)


def _filter(
    name: str, label: str, values: list[tuple[Any, str]], wanted: Mapping[str, str]
) -> Filter:
    asked = wanted.get(name, "")
    choices = [Choice(str(value), words, str(value) == asked) for value, words in values]
    nothing = Choice("", "All", not any(choice.chosen for choice in choices))
    return Filter(name, label, (nothing, *choices))


def _with_problems(found: QuerySet[Submission]) -> QuerySet[Any]:
    newest = Check.objects.filter(submission=OuterRef("pk")).order_by("-pk")
    return (
        found.select_related("study", "engagement__vendor", "created_by")
        .annotate(
            errors=Subquery(newest.values("error_count")[:1]),
            warnings=Subquery(newest.values("warning_count")[:1]),
            open_disputes=Count(
                "disputes", filter=Q(disputes__settled_at=None, disputes__pk__isnull=False)
            ),
        )
        .order_by("-received_at", "-pk")
    )


def _state(one: Any) -> str:
    words = WORDS[State(one.state)]
    return f"{words}, {counted(one.open_disputes, 'open dispute')}" if one.open_disputes else words


def _row(one: Any) -> SubmissionRow:
    mark = "error" if one.errors else "warning" if one.warnings else ""
    counts = ((one.errors, "error"), (one.warnings, "warning"))
    problems = ", ".join(counted(count, noun) for count, noun in counts if count)
    return SubmissionRow(
        pk=one.pk,
        label=str(one),
        study=one.scope_name,
        vendor=one.engagement.vendor.name,
        engagement=one.engagement.name,
        period=one.period_start,
        state=_state(one),
        mark=mark,
        problems=problems or ("None" if one.errors is not None else ""),
        received_at=one.received_at,
        created_by=str(one.created_by),
    )
