"""Who gets what at each address, as data: one line per address, one answer per person.

Objects are Alpha's, so Ada may see them where a CRO may; Ben (Beta), Nora (nobody) and Olga
(another sponsor) must never learn that they exist: 404. Seen but not allowed: 403. A visitor is
sent to the sign-in: 302. Add a line for each new address; the test names those that are missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.people import World
from tests.vendors.test_visibility_everywhere import Side

PEOPLE = ["visitor", "sam", "quinn", "ines", "ada", "ben", "nora", "olga"]


@dataclass(frozen=True)
class Things:
    """What addresses are about: all of it Alpha's, on the study of Alpha."""

    world: World
    side: Side
    rows: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """The answers in the order of PEOPLE, how the address is filled in, and how it is asked."""

    answers: str
    arguments: Callable[[Things], dict[str, Any]] = lambda things: {}
    method: str = "GET"
    query: Callable[[Things], dict[str, Any]] = lambda things: {}


def post(answers: str, arguments: Callable[[Things], dict[str, Any]]) -> Line:
    """A page that only takes a form: asked with an empty one, which it sends back (302)."""
    return Line(answers, arguments, method="POST")


def pk_of(model: str, keyword: str = "pk") -> Callable[[Things], dict[str, Any]]:
    """Fill the address in with the key of Alpha's row of a model."""
    return lambda things: {keyword: things.rows[model].pk}


def given(**words: Any) -> Callable[[Things], dict[str, Any]]:
    """Fill the address in with fixed words."""
    return lambda things: words


def scope(**more: str) -> Callable[[Things], dict[str, Any]]:
    """Ask for Alpha's engagement and study."""
    return lambda things: {
        "engagement": things.side.engagement.pk,
        "study": things.side.study.pk,
        **more,
    }


def due_month(things: Things) -> dict[str, Any]:
    """Fill the address in with what Alpha owes for October 2026."""
    side = things.side
    return {"engagement_id": side.engagement.pk, "study_id": side.study.pk, "month": "2026-10"}


OCTOBER = scope(period="2026-10")
NO_PREVIEW = given(token="not-sent")
QUERY_AGING = given(slug="query-aging")
TREND = given(slug="query-aging", name="trend")


def enrolment_of_study(things: Things) -> dict[str, Any]:
    """Fill the address in with Alpha's study and the panel of enrolment."""
    return {"study_id": things.side.study.pk, "name": "enrolment"}


def new_queries(things: Things) -> dict[str, Any]:
    """Fill the address in with the new rows of a listing that was compared."""
    return {"pk": things.rows["Submission"].pk, "listing": "queries", "kind": "new"}


# visitor sam quinn ines ada ben nora olga
SECOND = given(slug="query-aging", version=2)

MATRIX: dict[str, Line] = {
    "dashboards:portfolio": Line("302 200 200 403 200 200 403 200"),
    "dashboards:attention": Line("302 200 200 403 200 200 403 200"),
    "dashboards:attention-first": Line("302 200 200 403 200 200 403 200"),
    "dashboards:attention-csv": Line("302 200 200 403 200 200 403 200"),
    "dashboards:changes": Line("302 200 200 403 200 200 403 200"),
    "dashboards:changes-line": Line("302 200 200 403 200 200 403 200"),
    "dashboards:changes-csv": Line("302 200 200 403 200 200 403 404"),
    "dashboards:home": Line("302 302 302 302 302 302 200 302"),
    "dashboards:cro": Line("302 200 200 403 200 404 403 404", pk_of("Vendor", "vendor_id")),
    "dashboards:study": Line("302 200 200 403 200 404 403 404", pk_of("Study", "study_id")),
    "dashboards:studies": Line("302 200 200 403 200 200 403 404"),
    "dashboards:portfolio-csv": Line("302 200 200 403 200 200 403 404"),
    "dashboards:functions": Line("302 200 200 403 200 200 403 200"),
    "dashboards:function": Line("302 200 200 403 200 200 403 200", given(slug="data-management")),
    "dashboards:function-csv": Line(
        "302 200 200 403 200 200 403 200", given(slug="data-management", name="kpis")
    ),
    "dashboards:executive": Line("302 200 200 403 200 200 403 200"),
    "dashboards:executive-csv": Line("302 200 200 403 200 200 403 200"),
    "dashboards:owed": Line("302 200 200 403 200 200 403 200"),
    "dashboards:owed-csv": Line("302 200 200 403 200 200 403 200"),
    "dashboards:quality": Line("302 200 200 403 200 200 403 200"),
    "dashboards:quality-csv": Line("302 200 200 403 200 200 403 200", given(name="rules")),
    "dashboards:trends": Line("302 200 200 403 200 404 403 404", pk_of("Vendor", "vendor_id")),
    "dashboards:trends-csv": Line("302 200 200 403 200 404 403 404", pk_of("Vendor", "vendor_id")),
    "dashboards:progress": Line("302 200 200 403 200 404 403 404", pk_of("Study", "study_id")),
    # No listing came in this world: what is there is looked at in tests/dashboards.
    "dashboards:study-chart": Line("302 404 404 403 404 404 403 404", enrolment_of_study),
    "dashboards:study-csv": Line("302 404 404 403 404 404 403 404", enrolment_of_study),
    "dashboards:site": Line(
        "302 200 200 403 200 404 403 404", pk_of("Study", "study_id"), query=given(number="Site 2")
    ),
    "dashboards:kpi": Line("302 200 200 403 200 404 403 404", QUERY_AGING, query=scope()),
    "dashboards:kpi-chart": Line("302 200 200 403 200 404 403 404", TREND, query=scope()),
    "dashboards:kpi-why": Line("302 200 200 403 200 404 403 404", QUERY_AGING, query=scope()),
    "dashboards:kpi-why-csv": Line("302 404 404 403 404 404 403 404", QUERY_AGING, query=scope()),
    "dashboards:kpi-csv": Line("302 200 200 403 200 404 403 404", TREND, query=scope()),
    "dashboards:computed": Line("302 200 200 403 200 404 403 404", QUERY_AGING, query=scope()),
    "dashboards:recompute": Line(
        "302 302 302 403 302 404 403 404", QUERY_AGING, method="POST", query=OCTOBER
    ),
    "dashboards:recomputing": Line("302 200 200 403 200 404 403 404", QUERY_AGING, query=scope()),
    "dashboards:rows": Line("302 200 200 403 200 404 403 404", QUERY_AGING, query=scope()),
    "dashboards:rows-csv": Line("302 200 200 403 200 404 403 404", QUERY_AGING, query=scope()),
    "vendors:sponsor-list": Line("302 200 200 200 403 403 403 200"),
    "vendors:sponsor-create": Line("302 403 403 200 403 403 403 403"),
    "vendors:sponsor-detail": Line("302 200 200 200 403 403 404 404", pk_of("Sponsor")),
    "vendors:sponsor-edit": Line("302 403 403 200 403 403 404 404", pk_of("Sponsor")),
    "vendors:search": Line("302 200 200 200 200 200 200 200", query=given(q="NWT")),
    "vendors:vendor-list": Line("302 200 200 200 200 200 403 200"),
    "vendors:vendor-create": Line("302 200 403 403 403 403 403 200"),
    "vendors:vendor-detail": Line("302 200 200 200 200 404 404 404", pk_of("Vendor")),
    "vendors:vendor-edit": Line("302 200 403 403 403 404 404 404", pk_of("Vendor")),
    "vendors:entry-create": Line(
        "302 200 403 403 403 404 404 404",
        lambda things: {"vendor_id": things.side.vendor.pk, "kind": "qualification"},
    ),
    "vendors:entry-edit": Line(
        "302 200 403 403 403 404 404 404",
        lambda things: {
            "vendor_id": things.side.vendor.pk,
            "kind": "certificate",
            "pk": things.rows["Certificate"].pk,
        },
    ),
    "vendors:agreement-list": Line("302 200 200 200 200 200 403 200"),
    "vendors:agreement-create": Line("302 200 403 403 403 403 403 200"),
    "vendors:agreement-detail": Line("302 200 200 200 200 404 404 404", pk_of("Agreement")),
    "vendors:agreement-edit": Line("302 200 403 403 403 404 404 404", pk_of("Agreement")),
    "vendors:version-create": Line("302 200 403 403 403 404 404 404", pk_of("Agreement")),
    "vendors:version-edit": Line("302 200 403 403 403 404 404 404", pk_of("AgreementVersion")),
    "vendors:version-file": post("302 302 403 403 403 404 404 404", pk_of("AgreementVersion")),
    # It has no file: 404 also where it is allowed.
    "vendors:version-download": Line("302 404 404 404 404 404 404 404", pk_of("AgreementVersion")),
    "vendors:version-clauses": Line("302 200 403 403 403 404 404 404", pk_of("AgreementVersion")),
    "vendors:part-create": Line(
        "302 200 403 403 403 404 404 404",
        lambda things: {"pk": things.rows["AgreementVersion"].pk, "part": "escalation"},
    ),
    "vendors:part-edit": Line(
        "302 200 403 403 403 404 404 404",
        lambda things: {
            "pk": things.rows["AgreementVersion"].pk,
            "part": "escalation",
            "row": things.rows["EscalationStep"].pk,
        },
    ),
    "vendors:vendor-export": Line("302 200 200 200 200 200 403 200"),
    "vendors:vendor-import": Line("302 200 403 403 403 403 403 200"),
    "vendors:vendor-import-preview": Line("302 302 403 403 403 403 403 302", NO_PREVIEW),
    "studies:study-import": Line("302 200 403 403 403 403 403 200"),
    "studies:study-import-preview": Line("302 302 403 403 403 403 403 302", NO_PREVIEW),
    "studies:site-import": Line("302 200 403 403 403 403 403 200"),
    "studies:site-import-preview": Line("302 302 403 403 403 403 403 302", NO_PREVIEW),
    "studies:engagement-import": Line("302 200 403 403 403 403 403 200"),
    "studies:engagement-import-preview": Line("302 302 403 403 403 403 403 302", NO_PREVIEW),
    "studies:delegation-import": Line("302 200 403 403 403 403 403 200"),
    "studies:delegation-import-preview": Line("302 302 403 403 403 403 403 302", NO_PREVIEW),
    "vendors:agreement-export": Line("302 200 200 200 200 200 403 200"),
    "vendors:membership-export": Line("302 403 403 200 403 403 403 403"),
    "vendors:membership-list": Line("302 403 403 200 403 403 403 403"),
    "vendors:membership-create": Line("302 403 403 200 403 403 403 403"),
    "vendors:membership-end": Line("302 403 403 200 403 404 404 404", pk_of("Membership")),
    "vendors:token-list": Line("302 403 403 200 403 403 403 403"),
    "vendors:token-create": Line("302 403 403 200 403 403 403 403"),
    "vendors:token-revoke": Line("302 403 403 200 403 404 404 404", pk_of("ServiceToken")),
    "studies:study-list": Line("302 200 200 200 200 200 403 200"),
    "studies:study-create": Line("302 200 403 403 403 403 403 200"),
    "studies:study-detail": Line("302 200 200 200 200 404 404 404", pk_of("Study")),
    "studies:study-edit": Line("302 200 403 403 403 404 404 404", pk_of("Study")),
    "studies:study-raci": Line("302 200 200 200 200 404 404 404", pk_of("Study")),
    "studies:study-raci-file": Line(
        "302 200 200 200 200 404 404 404",
        lambda things: {"pk": things.side.study.pk, "kind": "csv"},
    ),
    "studies:study-changes": Line("302 200 200 200 200 404 404 404", pk_of("Study")),
    "studies:ask": Line(
        "302 200 200 200 200 200 403 200", query=given(q="data management NWT-301 xyz")
    ),
    "studies:study-retained": Line("302 200 403 403 403 404 404 404", pk_of("Study")),
    "studies:ind-list": Line("302 200 200 200 403 404 404 404", pk_of("Study", "study_pk")),
    "studies:ind-create": Line("302 200 403 403 403 404 404 404", pk_of("Study", "study_pk")),
    "studies:toro": Line("302 200 200 200 403 404 404 404", pk_of("Study", "study_pk")),
    "studies:toro-changes": Line("302 200 200 200 403 404 404 404", pk_of("Study", "study_pk")),
    "studies:toro-file": Line(
        "302 200 200 200 403 404 404 404",
        lambda things: {"study_pk": things.side.study.pk, "kind": "pdf"},
    ),
    "studies:site-list": Line("302 200 200 200 200 404 404 404", pk_of("Study", "study_pk")),
    "studies:site-create": Line("302 200 403 403 403 404 404 404", pk_of("Study", "study_pk")),
    "studies:site-detail": Line("302 200 200 200 200 404 404 404", pk_of("Site")),
    "studies:site-edit": Line("302 200 403 403 403 404 404 404", pk_of("Site")),
    "studies:engagement-list": Line("302 200 200 200 200 200 403 200"),
    "studies:engagement-create": Line("302 200 403 403 403 403 403 200"),
    "studies:engagement-detail": Line("302 200 200 200 200 404 404 404", pk_of("Engagement")),
    "studies:engagement-edit": Line("302 200 403 403 403 404 404 404", pk_of("Engagement")),
    "studies:delegation-list": Line("302 200 200 200 200 200 403 200"),
    "studies:delegation-create": Line("302 200 403 403 403 403 403 200"),
    "studies:delegation-detail": Line("302 200 200 200 200 404 404 404", pk_of("Delegation")),
    "studies:delegation-edit": Line("302 200 403 403 403 404 404 404", pk_of("Delegation")),
    "studies:delegation-check": Line("302 200 403 403 403 403 403 200", method="POST"),
    "studies:delegation-check-change": Line(
        "302 200 403 403 403 404 404 404", pk_of("Delegation"), method="POST"
    ),
    "studies:delegation-confirm": post("302 302 403 403 403 404 404 404", pk_of("Delegation")),
    "studies:obligation-create": Line("302 200 403 403 403 403 403 200"),
    "studies:obligation-edit": Line("302 200 403 403 403 404 404 404", pk_of("Obligation")),
    "studies:obligation-list": Line("302 200 200 200 200 200 403 200"),
    "studies:study-export": Line("302 200 200 200 200 200 403 200"),
    "studies:site-export": Line("302 200 200 200 200 200 403 200"),
    "studies:engagement-export": Line("302 200 200 200 200 200 403 200"),
    "studies:delegation-export": Line("302 200 200 200 200 200 403 200"),
    "studies:delegation-register": Line("302 200 200 200 200 200 403 200"),
    "studies:function-export": Line("302 200 200 200 200 200 403 200"),
    "studies:obligation-export": Line("302 200 200 200 200 200 403 200"),
    "studies:function-list": Line("302 200 200 200 200 200 403 200"),
    "studies:function-create": Line("302 200 403 403 403 403 403 200"),
    "studies:function-detail": Line("302 200 200 200 200 404 404 404", pk_of("Function")),
    "studies:function-edit": Line("302 200 403 403 403 404 404 404", pk_of("Function")),
    "kpis:limits-edit": Line("302 403 403 200 403 403 404 404", pk_of("Sponsor")),
    "kpis:submission-list": Line("302 200 200 403 200 200 403 200"),
    "kpis:submission-create": Line("302 403 403 403 200 200 403 403"),
    "kpis:coverage": Line("302 200 200 200 200 200 403 200"),
    "kpis:coverage-file": Line("302 200 200 200 200 200 403 200"),
    "kpis:calendar": Line("302 200 200 403 200 200 403 200"),
    "kpis:due-submission": Line("302 200 200 403 200 404 404 404", due_month),
    "kpis:waiver-create": Line("302 302 403 403 403 404 404 404", due_month, method="POST"),
    "kpis:waiver-take-back": Line(
        "302 302 403 403 403 404 404 404", pk_of("Waiver"), method="POST"
    ),
    "kpis:submission-detail": Line("302 200 200 403 200 404 404 404", pk_of("Submission")),
    "kpis:submission-progress": Line("302 200 200 403 200 404 404 404", pk_of("Submission")),
    "kpis:submission-changes": Line("302 200 200 403 200 404 404 404", pk_of("Submission")),
    "kpis:submission-changed-rows": Line("302 200 200 403 200 404 404 404", new_queries),
    "kpis:submission-changed-rows-csv": Line("302 200 200 403 200 404 404 404", new_queries),
    "kpis:submission-add-file": Line(
        "302 403 403 403 302 404 404 404", pk_of("Submission"), method="POST"
    ),
    "kpis:submission-confirm-cutoff": Line(
        "302 403 403 403 302 404 404 404", pk_of("Submission"), method="POST"
    ),
    "kpis:submission-add-sites": Line(
        "302 403 403 403 302 404 404 404", pk_of("Submission"), method="POST"
    ),
    "kpis:submission-submit": Line(
        "302 403 403 403 302 404 404 404", pk_of("Submission"), method="POST"
    ),
    "kpis:submission-withdraw": Line(
        "302 403 403 403 302 404 404 404", pk_of("Submission"), method="POST"
    ),
    "kpis:submission-accept": Line(
        "302 302 403 403 403 404 404 404", pk_of("Submission"), method="POST"
    ),
    "kpis:submission-return": Line(
        "302 302 403 403 403 404 404 404", pk_of("Submission"), method="POST"
    ),
    "kpis:submission-cells": Line("302 404 404 403 404 404 404 404", pk_of("Submission")),  # unread
    "kpis:cell-comment": post("302 302 403 403 403 404 404 404", pk_of("SubmittedFile")),
    "kpis:comment-take-back": post("302 302 403 403 403 404 404 404", pk_of("CellComment")),
    "kpis:cell-correct": post("302 403 403 403 302 404 404 404", pk_of("SubmittedFile")),
    "kpis:correction-take-back": post("302 403 403 403 302 404 404 404", pk_of("CellCorrection")),
    "kpis:submission-take-over": post("302 403 403 403 302 404 404 404", pk_of("Submission")),
    "kpis:submission-layouts": Line("302 200 200 403 200 404 404 404", pk_of("Submission")),
    "kpis:submission-confirm-layouts": Line(
        "302 403 403 403 302 404 404 404", pk_of("Submission"), method="POST"
    ),
    "kpis:profile-list": Line("302 200 200 403 200 200 403 200"),
    "kpis:profile-detail": Line("302 200 200 403 200 404 404 404", pk_of("SourceProfile")),
    "kpis:profile-end": Line(
        "302 403 403 403 302 404 404 404", pk_of("SourceProfile"), method="POST"
    ),
    "kpis:file-mark": post("302 302 302 403 302 404 404 404", pk_of("SubmittedFile")),
    "kpis:file-marked": Line("302 404 404 403 404 404 404 404", pk_of("SubmittedFile")),  # not made
    "kpis:submission-marking": Line("302 302 302 403 302 404 404 404", pk_of("Submission")),
    "kpis:comment-dispute": post("302 403 403 403 302 404 404 404", pk_of("CellComment")),
    "kpis:reading-dispute": Line(
        "302 302 302 302 302 404 404 404",
        query=lambda things: {
            "run": things.side.run.pk,
            "kpi": "query-aging",
            "study": things.side.study.pk,
        },
    ),
    "kpis:result-dispute": Line("302 403 403 403 200 404 404 404", pk_of("KpiResult")),
    "kpis:dispute-settle": post("302 302 403 403 403 404 404 404", pk_of("Dispute")),
    "kpis:submission-receipt": Line("302 200 200 403 200 404 404 404", pk_of("Submission")),
    "kpis:submission-receipt-text": Line("302 200 200 403 200 404 404 404", pk_of("Submission")),
    "kpis:submission-typed": post("302 204 204 403 204 404 404 404", pk_of("Submission")),
    "kpis:file-download": Line("302 200 200 403 200 404 404 404", pk_of("SubmittedFile")),
    "kpis:submission-set-aside": Line(
        "302 403 403 403 302 404 404 404", pk_of("SubmittedFile"), method="POST"
    ),
    "kpis:problem-explain": Line(
        "302 403 403 403 302 404 404 404", pk_of("Problem"), method="POST"
    ),
    "kpis:problem-list": Line("302 200 200 403 200 404 404 404", pk_of("Submission")),
    "kpis:problem-csv": Line("302 200 200 403 200 404 404 404", pk_of("Problem")),
    "kpis:send-by-system": Line("302 403 403 403 200 200 403 403"),
    "kpis:template": Line("302 200 200 403 200 404 404 404", query=OCTOBER),
    "kpis:template-make": Line("302 403 403 403 302 404 404 404", method="POST", query=OCTOBER),
    "kpis:template-making": Line("302 200 200 403 200 404 404 404", query=OCTOBER),
    "kpis:template-download": Line("302 200 200 403 200 404 404 404", pk_of("TemplateIssue")),
    "kpis:engagement-start": Line("302 200 403 403 403 403 403 200"),
    "kpis:due-preview": post("302 200 403 403 403 404 404 404", pk_of("Delegation")),
    "kpis:recomputation-list": Line("302 200 200 200 403 403 403 200"),
    "kpis:recomputation-detail": Line("302 200 200 200 404 404 404 404", pk_of("Recomputation")),
    "kpis:recomputation-progress": Line("302 200 200 200 404 404 404 404", pk_of("Recomputation")),
    "kpis:recomputation-cancel": post("302 302 403 302 404 404 404 404", pk_of("Recomputation")),
    "kpis:recomputation-differences": Line(
        "302 200 200 200 404 404 404 404", pk_of("Recomputation")
    ),
    "kpis:definition-list": Line("302 200 200 403 200 200 403 200"),
    "kpis:definition-detail": Line("302 200 200 403 200 200 403 200", given(slug="query-aging")),
    "kpis:definition-version": Line("302 200 200 403 200 200 403 200", SECOND),
    "kpis:shadow-run-create": post("302 302 403 403 403 403 403 302", SECOND),
    "kpis:shadow-run-progress": Line("302 200 200 403 200 404 404 404", pk_of("ShadowRun")),
    "kpis:shadow-run-csv": Line("302 200 200 403 200 404 404 404", pk_of("ShadowRun")),
    "kpis:limits-agree": Line("302 200 403 403 403 403 403 200", given(slug="query-aging")),
    "kpis:kpi-choose": Line("302 200 403 403 403 403 403 200", given(slug="query-aging")),
    "kpis:agreed-end": Line(
        "302 200 403 403 403 404 404 404",
        lambda things: {"kind": "choice", **pk_of("ChosenKpi")(things)},
    ),
    "inspection:audit-trail": Line("302 200 200 200 403 403 403 200"),
    "inspection:audit-trail-export": Line("302 200 200 200 403 403 403 200"),
    "inspection:export-list": Line("302 200 200 403 403 403 403 200"),
    "inspection:export-create": Line("302 200 200 403 403 403 403 200"),
    "inspection:export-detail": Line("302 200 200 403 404 404 404 404", pk_of("InspectionExport")),
    "inspection:export-progress": Line(
        "302 200 200 403 404 404 404 404", pk_of("InspectionExport")
    ),
    "inspection:export-download": Line(  # not ready: back to its page
        "302 302 302 403 404 404 404 404", pk_of("InspectionExport")
    ),
    "demo:progress": Line("302 404 404 404 404 404 404 404"),
    "api:cro-list": Line("401 200 200 200 200 200 403 200"),
    "api:cro-detail": Line("401 200 200 200 200 404 403 404", pk_of("Vendor")),
    "api:tier-list": Line("401 200 200 200 200 200 403 200"),
    "api:qualification-list": Line("401 200 200 200 200 200 403 200"),
    "api:approval-list": Line("401 200 200 200 200 200 403 200"),
    "api:certificate-list": Line("401 200 200 200 200 200 403 200"),
    "api:contact-list": Line("401 200 200 200 200 200 403 200"),
    "api:service-list": Line("401 200 200 200 200 200 403 200"),
    "api:agreement-list": Line("401 200 200 200 200 200 403 200"),
    "api:agreement-detail": Line("401 200 200 200 200 404 403 404", pk_of("Agreement")),
    "api:obligation-list": Line("401 200 200 200 200 200 403 200"),
    "api:ind-submission-list": Line("401 200 200 200 200 200 403 200"),
    "api:study-list": Line("401 200 200 200 200 200 403 200"),
    "api:study-detail": Line("401 200 200 200 200 404 403 404", pk_of("Study")),
    "api:site-list": Line("401 200 200 200 200 200 403 200"),
    "api:site-detail": Line("401 200 200 200 200 404 403 404", pk_of("Site")),
    "api:function-list": Line("401 200 200 200 200 200 403 200"),
    "api:engagement-list": Line("401 200 200 200 200 200 403 200"),
    "api:engagement-detail": Line("401 200 200 200 200 404 403 404", pk_of("Engagement")),
    "api:delegation-list": Line("401 200 200 200 200 200 403 200"),
    "api:delegation-detail": Line("401 200 200 200 200 404 403 404", pk_of("Delegation")),
    "api:kpi-list": Line("401 200 200 403 200 200 403 200"),
    "api:kpi-detail": Line("401 200 200 403 200 200 403 200", QUERY_AGING),
    "api:kpi-result-list": Line("401 200 200 403 200 200 403 200"),
    "api:kpi-result-detail": Line("401 200 200 403 200 404 403 404", pk_of("KpiResult")),
    "api:kpi-result-sites": Line("401 200 200 403 200 404 403 404", pk_of("KpiResult")),
    "api:submission-list": Line("401 200 200 403 200 200 403 200"),
    "api:submission-detail": Line("401 200 200 403 200 404 403 404", pk_of("Submission")),
    "api:calendar-list": Line("401 200 200 403 200 200 403 200"),
    "api:waiver-list": Line("401 200 200 403 200 200 403 200"),
    "api:waiver-detail": Line("401 200 200 403 200 404 403 404", pk_of("Waiver")),
    "api:schema": Line("401 200 200 200 200 200 200 200"),
    "api:root": Line("404 404 404 404 404 404 404 404"),
    "api:nowhere": Line("404 404 404 404 404 404 404 404", given(path="x/")),
    "account_login": Line("200 302 302 302 302 302 302 302"),
    "account_logout": Line("302 200 200 200 200 200 200 200"),
    "account_inactive": Line("200 200 200 200 200 200 200 200"),
    "account_signup": Line("200 302 302 302 302 302 302 302"),
    "account_reauthenticate": Line("302 200 200 200 200 200 200 200"),
    "account_email": Line("404 404 404 404 404 404 404 404"),
    "account_email_verification_sent": Line("200 200 200 200 200 200 200 200"),
    "account_change_password": Line("302 200 200 200 200 200 200 200"),
    "account_set_password": Line("302 302 302 302 302 302 302 302"),
    "account_reset_password": Line("200 200 200 200 200 200 200 200"),
    "account_confirm_login_code": Line("302 302 302 302 302 302 302 302"),
    "account_confirm_email": Line("200 200 200 200 200 200 200 200", given(key="abc")),
    "account_reset_password_from_key_done": Line("200 200 200 200 200 200 200 200"),
    "account_reset_password_from_key": Line(
        "200 200 200 200 200 200 200 200", given(uidb36="1", key="abc")
    ),
    "account_reset_password_done": Line("200 200 200 200 200 200 200 200"),
    "mfa_index": Line("302 200 200 200 200 200 200 200"),
    "mfa_authenticate": Line("302 302 302 302 302 302 302 302"),
    "mfa_reauthenticate": Line("302 302 302 302 302 302 302 302"),
    "mfa_activate_totp": Line("302 302 302 302 302 302 302 302"),
    "mfa_deactivate_totp": Line("302 404 404 404 404 404 404 404"),
    "mfa_view_recovery_codes": Line("302 404 404 404 404 404 404 404"),
    "mfa_generate_recovery_codes": Line("302 302 302 302 302 302 302 302"),
    "mfa_download_recovery_codes": Line("302 404 404 404 404 404 404 404"),
    "health": Line("200 200 200 200 200 200 200 200"),
}
