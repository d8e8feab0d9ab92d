"""The attention list: the page, its first lines for the portfolio, and the list as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboards.attention import weights
from dashboards.attention.kinds import KINDS
from dashboards.attention.listing import Attention, attention
from dashboards.exports import csv_response
from dashboards.periods import Asked
from dashboards.views.asking import dashboard, home
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import actor_of, memberships_of

FIRST = 5
COLUMNS = (
    "place",
    "score",
    "risk",
    "time",
    "neglect",
    "kind",
    "what",
    "why",
    "CRO",
    "study",
    "since",
    "due",
    "turn",
    "address",
)


@dashboard
def page(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """List what wants attention; `turn`, `kind`, `cro`, `study` and `order` in the address."""
    found = attention(request.user, asked=asked, wanted=request.GET.dict())
    context = {
        "attention": found,
        "page": found.page(request.GET.get("page", "1")),
        "weights": weights,
        "asked": asked,
        "period": asked.period,
        "crumbs": [*home(asked), ("What wants attention", "")],
    }
    return render(request, "dashboards/attention.html", context)


@dashboard
def first(request: HttpRequest, *, asked: Asked) -> HttpResponse:
    """Answer with the first lines on which the reader's side has the turn; for the portfolio."""
    found = attention(request.user, asked=asked, wanted={"turn": "mine"})
    context = {
        "attention": found,
        "lines": found.lines[:FIRST],
        "asked": asked,
        "period": asked.period,
    }
    return render(request, "dashboards/_attention_first.html", context)


@dashboard
def csv(request: HttpRequest, *, asked: Asked) -> HttpResponseBase:
    """Download the list with its filters; recorded."""
    found = attention(request.user, asked=asked, wanted=request.GET.dict())
    detail = {"what": "attention", "filter": request.GET.dict()}
    for one in memberships_of(request.user):
        taken_by = one.sponsor or one.vendor
        record(Event.EXPORTED, actor=actor_of(request.user), subject=taken_by, detail=detail)
    return csv_response(f"attention-{asked.day}", COLUMNS, _rows(request, found))


def _rows(request: HttpRequest, found: Attention) -> Iterator[tuple[Any, ...]]:
    for number, line in enumerate(found.lines, start=1):
        item, matter = line.item, line.item.matter
        yield (
            number,
            round(item.score, 3),
            *(round(one.value, 3) for one in (item.risk, item.time, item.neglect)),
            KINDS[matter.kind].label,
            matter.what,
            item.why,
            matter.place.vendor,
            matter.place.protocol,
            matter.began,
            matter.due,
            line.turn,
            request.build_absolute_uri(matter.link),
        )
