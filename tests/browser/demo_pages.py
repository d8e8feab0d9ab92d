"""Which pages are looked at, as whom, on which records of the demo. One line per page.

A name before ` / ` is the address's name in the URL conf; the rest tells two states apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from inspection.models import InspectionExport
from kpis.models import AgreedLimits, KpiResult, SourceProfile, Submission
from kpis.selectors.templates import template_address
from studies.models import Delegation, Engagement, Function, Site, Study
from vendors.models import Agreement, AgreementVersion, Membership, Sponsor, Vendor

NEWEST = "2026-10"


@dataclass(frozen=True)
class Shown:
    """A page: who opens it (their e-mail name; nobody is a visitor), and where."""

    person: str
    address: Callable[[], str]
    dark: bool = False  # its picture is taken in the dark theme too


def at(name: str, **arguments: object) -> Callable[[], str]:
    """Build an address without a record."""
    return lambda: reverse(name, kwargs=arguments)


def one(address: str, model: type, keyword: str = "pk", /, **lookup: object) -> Callable[[], str]:
    """Build the address of the first record that fits."""
    return lambda: reverse(address, kwargs={keyword: _first(model, **lookup)})


def kpi(name: str, *, study: str = "", **query: str) -> Callable[[], str]:
    """Build the address of a KPI's page for Alder, for all studies or one."""

    def build() -> str:
        scope = {"engagement": str(_first(Engagement, vendor__name=ALDER)), "period": NEWEST}
        if study:
            scope["study"] = str(_first(Study, protocol_number=study))
        address = reverse(name, kwargs={"slug": "query-aging"})
        return f"{address}?{urlencode({**scope, **query})}"

    return build


def agreed_end() -> str:
    """Build the address of the end of the demo's agreed limits."""
    return reverse("kpis:agreed-end", kwargs={"kind": "limits", "pk": _first(AgreedLimits)})


def of_cro(cro: str, slug: str, month: str = NEWEST, study: str = "") -> Callable[[], str]:
    """Build the address of a KPI's page for all of a CRO's engagement, or one study of it."""

    def build() -> str:
        scope = {"engagement": str(_first(Engagement, vendor__name=cro)), "period": month}
        if study:
            scope["study"] = str(_first(Study, protocol_number=study))
        return f"{reverse('dashboards:kpi', kwargs={'slug': slug})}?{urlencode(scope)}"

    return build


def template_of(cro: str, study: str) -> Callable[[], str]:
    """Build the address of a CRO's template for one study."""

    def build() -> str:
        return template_address(
            _first(Engagement, vendor__name=cro),
            _first(Study, protocol_number=study),
            date.fromisoformat(f"{NEWEST}-01"),
        )

    return build


def in_file(name: str, kind: str) -> Callable[[], str]:
    """Build the address of a page of Alder's file."""
    return lambda: reverse(name, kwargs={"vendor_id": _first(Vendor, name=ALDER), "kind": kind})


def period(build: Callable[[], str], **query: str) -> Callable[[], str]:
    """Ask for the demo's newest month, whatever the day."""
    return lambda: f"{build()}?{urlencode({'period': NEWEST, **query})}"


def due_month() -> str:
    """Build the address of what Alder owes for its study and the newest month."""
    engagement = _first(Engagement, vendor__name=ALDER)
    study = _first(Study, protocol_number=STUDY)
    return reverse("kpis:due-submission", args=[engagement, study, NEWEST])


def _first(model: type, **lookup: object) -> int:
    found = model._default_manager.filter(**lookup).order_by("pk").first()  # type: ignore[attr-defined]  # any model
    return int(found.pk)


ALDER, STUDY = "Alder Clinical", "NWT-301"
WITH_GAP = "NWT-303"  # nobody has said who does one of its obligations
ORDER = {"vendor__name": ALDER, "kind": "work-order"}
ON_STUDY = {"study__protocol_number": STUDY}
SAM, ADA, QUINN, INES = "sam@northwind", "ada@alder", "quinn@northwind", "ines@northwind"
IVO = "ivo@northwind"
PAGES: dict[str, Shown] = {
    "account_login": Shown("", at("account_login")),
    "account_reset_password": Shown("", at("account_reset_password")),
    "dashboards:portfolio": Shown(SAM, period(at("dashboards:portfolio")), dark=True),
    "dashboards:studies": Shown(SAM, period(at("dashboards:studies"))),
    "dashboards:portfolio / of a CRO": Shown(ADA, period(at("dashboards:portfolio"))),
    "dashboards:attention": Shown(SAM, at("dashboards:attention"), dark=True),
    "dashboards:changes": Shown(
        SAM, period(at("dashboards:changes"), since="2026-10-20"), dark=True
    ),
    "dashboards:changes / nothing": Shown(
        ADA, period(at("dashboards:changes"), since="2026-11-30")
    ),
    "dashboards:attention / of a CRO": Shown(ADA, at("dashboards:attention")),
    "dashboards:cro": Shown(SAM, period(one("dashboards:cro", Vendor, "vendor_id", name=ALDER))),
    "dashboards:study": Shown(
        SAM,
        period(one("dashboards:study", Study, "study_id", protocol_number=STUDY)),
        dark=True,
    ),
    "dashboards:trends": Shown(
        SAM, period(one("dashboards:trends", Vendor, "vendor_id", name=ALDER)), dark=True
    ),
    "dashboards:progress": Shown(
        SAM,
        period(one("dashboards:progress", Study, "study_id", protocol_number=STUDY)),
        dark=True,
    ),
    "dashboards:site": Shown(
        SAM,
        lambda: period(
            one("dashboards:site", Study, "study_id", protocol_number=STUDY),
            number=Site.objects.filter(**ON_STUDY).order_by("pk")[0].number,
        )(),
    ),
    "dashboards:kpi": Shown(SAM, kpi("dashboards:kpi", study=STUDY), dark=True),
    "dashboards:kpi / of an engagement": Shown(SAM, kpi("dashboards:kpi")),
    # The demo's stories, beside Alder's slide into red above.
    "dashboards:kpi / story of numbers too good": Shown(
        SAM, of_cro("Fir Data Services", "query-aging")
    ),
    "dashboards:cro / story of one that is late": Shown(
        SAM, period(one("dashboards:cro", Vendor, "vendor_id", name="Elm Site Network"))
    ),
    "dashboards:kpi / story of a restated month": Shown(
        SAM, of_cro("Cedar Biometrics", "query-aging", "2026-06", study="NWT-205")
    ),
    "dashboards:kpi / story of three who left": Shown(
        SAM, of_cro("Birch Research", "time-to-fill")
    ),
    "dashboards:kpi-why": Shown(SAM, kpi("dashboards:kpi-why"), dark=True),
    "dashboards:kpi / to choose": Shown(SAM, period(at("dashboards:kpi", slug="query-aging"))),
    "dashboards:computed": Shown(SAM, kpi("dashboards:computed", study=STUDY), dark=True),
    "dashboards:rows": Shown(SAM, kpi("dashboards:rows", study=STUDY)),
    "dashboards:functions": Shown(SAM, period(at("dashboards:functions"))),
    "dashboards:function": Shown(
        SAM, period(at("dashboards:function", slug="clinical-monitoring")), dark=True
    ),
    "dashboards:function / of a CRO": Shown(
        ADA, period(at("dashboards:function", slug="data-management"))
    ),
    "dashboards:executive": Shown(IVO, period(at("dashboards:executive")), dark=True),
    "dashboards:executive / of a CRO": Shown(ADA, period(at("dashboards:executive"))),
    "dashboards:owed": Shown(SAM, at("dashboards:owed"), dark=True),
    "dashboards:owed / of a CRO": Shown(ADA, at("dashboards:owed")),
    "dashboards:quality": Shown(
        SAM, period(at("dashboards:quality"), rule="row-disappeared"), dark=True
    ),
    "dashboards:quality / of a CRO": Shown(ADA, period(at("dashboards:quality"))),
    "vendors:sponsor-list": Shown(INES, at("vendors:sponsor-list")),
    "vendors:sponsor-create": Shown(INES, at("vendors:sponsor-create")),
    "vendors:sponsor-detail": Shown(INES, one("vendors:sponsor-detail", Sponsor)),
    "vendors:sponsor-edit": Shown(INES, one("vendors:sponsor-edit", Sponsor)),
    "vendors:search": Shown(SAM, lambda: f"{reverse('vendors:search')}?q=alder", dark=True),
    "vendors:search / nothing found": Shown(ADA, lambda: f"{reverse('vendors:search')}?q=cedar"),
    "vendors:vendor-list": Shown(SAM, at("vendors:vendor-list")),
    "vendors:vendor-create": Shown(SAM, at("vendors:vendor-create")),
    "vendors:vendor-detail": Shown(SAM, one("vendors:vendor-detail", Vendor, name=ALDER)),
    "vendors:vendor-edit": Shown(SAM, one("vendors:vendor-edit", Vendor, name=ALDER)),
    "vendors:entry-create": Shown(SAM, in_file("vendors:entry-create", "qualification")),
    "vendors:agreement-list": Shown(SAM, at("vendors:agreement-list")),
    "vendors:agreement-create": Shown(SAM, at("vendors:agreement-create")),
    "vendors:agreement-detail": Shown(SAM, one("vendors:agreement-detail", Agreement, **ORDER)),
    "vendors:version-create": Shown(SAM, one("vendors:version-create", Agreement, **ORDER)),
    "vendors:version-clauses": Shown(
        SAM, one("vendors:version-clauses", AgreementVersion, agreement__vendor__name=ALDER)
    ),
    "vendors:membership-list": Shown(INES, at("vendors:membership-list")),
    "vendors:membership-create": Shown(INES, at("vendors:membership-create")),
    "vendors:membership-end": Shown(INES, one("vendors:membership-end", Membership)),
    "kpis:limits-edit": Shown(INES, one("kpis:limits-edit", Sponsor)),
    "vendors:token-list": Shown(INES, at("vendors:token-list")),
    "vendors:token-create": Shown(INES, at("vendors:token-create")),
    "dashboards:home": Shown("nora@example", at("dashboards:home")),
    "studies:study-list": Shown(SAM, at("studies:study-list")),
    "studies:study-create": Shown(SAM, at("studies:study-create")),
    "studies:study-detail": Shown(SAM, one("studies:study-detail", Study, protocol_number=STUDY)),
    "studies:study-edit": Shown(SAM, one("studies:study-edit", Study, protocol_number=STUDY)),
    "studies:study-raci": Shown(
        SAM, one("studies:study-raci", Study, protocol_number=STUDY), dark=True
    ),
    "studies:study-changes": Shown(
        SAM,
        lambda: f"{one('studies:study-changes', Study, protocol_number=STUDY)()}?since=2020-01-01",
        dark=True,
    ),
    "studies:ask": Shown(
        SAM, lambda: f"{reverse('studies:ask')}?q=data+management+{STUDY}", dark=True
    ),
    "studies:ask / of a CRO": Shown(ADA, lambda: f"{reverse('studies:ask')}?q=monitoring"),
    "studies:study-retained": Shown(
        SAM, one("studies:study-retained", Study, protocol_number=WITH_GAP), dark=True
    ),
    "studies:ind-list": Shown(
        SAM, one("studies:ind-list", Study, "study_pk", protocol_number=STUDY)
    ),
    "studies:ind-create": Shown(
        SAM, one("studies:ind-create", Study, "study_pk", protocol_number=STUDY)
    ),
    "studies:toro": Shown(
        SAM, one("studies:toro", Study, "study_pk", protocol_number=STUDY), dark=True
    ),
    "studies:toro-changes": Shown(
        SAM, one("studies:toro-changes", Study, "study_pk", protocol_number=STUDY)
    ),
    "studies:site-list": Shown(
        SAM, one("studies:site-list", Study, "study_pk", protocol_number=STUDY)
    ),
    "studies:site-create": Shown(
        SAM, one("studies:site-create", Study, "study_pk", protocol_number=STUDY)
    ),
    "studies:site-detail": Shown(SAM, one("studies:site-detail", Site, **ON_STUDY)),
    "studies:site-edit": Shown(SAM, one("studies:site-edit", Site, **ON_STUDY)),
    "studies:engagement-list": Shown(SAM, at("studies:engagement-list")),
    "kpis:engagement-start": Shown(SAM, at("kpis:engagement-start"), dark=True),
    "studies:engagement-create": Shown(SAM, at("studies:engagement-create")),
    "studies:engagement-detail": Shown(
        SAM, one("studies:engagement-detail", Engagement, vendor__name=ALDER)
    ),
    "studies:engagement-edit": Shown(
        SAM, one("studies:engagement-edit", Engagement, vendor__name=ALDER)
    ),
    "studies:delegation-list": Shown(SAM, at("studies:delegation-list")),
    "kpis:coverage": Shown(SAM, at("kpis:coverage"), dark=True),
    "studies:delegation-create": Shown(SAM, at("studies:delegation-create")),
    "studies:delegation-detail": Shown(SAM, one("studies:delegation-detail", Delegation)),
    "studies:delegation-edit": Shown(SAM, one("studies:delegation-edit", Delegation), dark=True),
    "studies:obligation-create": Shown(SAM, at("studies:obligation-create")),
    "studies:obligation-list": Shown(SAM, at("studies:obligation-list")),
    "studies:delegation-list / by obligation": Shown(
        SAM, lambda: f"{reverse('studies:delegation-list')}?of=obligations"
    ),
    "studies:delegation-import": Shown(SAM, at("studies:delegation-import")),
    "studies:delegation-register": Shown(SAM, at("studies:delegation-register"), dark=True),
    "studies:function-list": Shown(SAM, at("studies:function-list")),
    "studies:function-create": Shown(SAM, at("studies:function-create")),
    "studies:function-detail": Shown(
        SAM, one("studies:function-detail", Function, slug="data-management")
    ),
    "kpis:submission-list": Shown(SAM, at("kpis:submission-list")),
    "kpis:calendar": Shown(SAM, period(at("kpis:calendar")), dark=True),
    "kpis:calendar / of a CRO": Shown(ADA, period(at("kpis:calendar"))),
    "kpis:due-submission": Shown(SAM, due_month),
    "kpis:submission-create": Shown(ADA, at("kpis:submission-create")),
    "kpis:submission-detail": Shown(
        ADA, one("kpis:submission-detail", Submission, state="checked"), dark=True
    ),
    "kpis:problem-list": Shown(ADA, one("kpis:problem-list", Submission, state="checked")),
    "kpis:submission-detail / to decide": Shown(
        SAM, one("kpis:submission-detail", Submission, state="submitted")
    ),
    "kpis:submission-detail / accepted": Shown(
        SAM, one("kpis:submission-detail", Submission, state="accepted")
    ),
    "kpis:submission-changes": Shown(
        ADA, one("kpis:submission-changes", Submission, state="checked"), dark=True
    ),
    "kpis:submission-changed-rows": Shown(
        SAM,
        lambda: reverse(
            "kpis:submission-changed-rows",
            kwargs={
                "pk": _first(Submission, state="submitted"),
                "listing": "queries",
                "kind": "changed",
            },
        ),
    ),
    "kpis:submission-cells": Shown(
        SAM, one("kpis:submission-cells", Submission, state="submitted")
    ),
    "kpis:submission-layouts": Shown(
        ADA, one("kpis:submission-layouts", Submission, state="checked"), dark=True
    ),
    "kpis:profile-list": Shown(ADA, at("kpis:profile-list")),
    "kpis:profile-detail": Shown(
        ADA, one("kpis:profile-detail", SourceProfile, vendor__name=ALDER, listing="queries")
    ),
    "kpis:send-by-system": Shown(ADA, at("kpis:send-by-system")),
    "kpis:template": Shown(ADA, template_of(ALDER, STUDY)),
    "kpis:template / to choose": Shown(ADA, at("kpis:template")),
    "kpis:submission-receipt": Shown(
        ADA,
        one(
            "kpis:submission-receipt",
            Submission,
            state="accepted",
            engagement__vendor__name=ALDER,
        ),
    ),
    "kpis:result-dispute": Shown(
        ADA, one("kpis:result-dispute", KpiResult, engagement__vendor__name=ALDER)
    ),
    "kpis:recomputation-list": Shown(SAM, at("kpis:recomputation-list")),
    "kpis:definition-list": Shown(SAM, at("kpis:definition-list")),
    "kpis:definition-detail": Shown(SAM, at("kpis:definition-detail", slug="query-aging")),
    "kpis:definition-version": Shown(
        SAM, at("kpis:definition-version", slug="query-aging", version=2), dark=True
    ),
    "kpis:limits-agree": Shown(SAM, at("kpis:limits-agree", slug="query-aging")),
    "kpis:kpi-choose": Shown(SAM, at("kpis:kpi-choose", slug="tmf-timeliness")),
    "kpis:agreed-end": Shown(SAM, agreed_end),
    "inspection:audit-trail": Shown(QUINN, at("inspection:audit-trail")),
    "inspection:export-list": Shown(QUINN, at("inspection:export-list")),
    "inspection:export-detail": Shown(QUINN, one("inspection:export-detail", InspectionExport)),
    "inspection:export-create": Shown(QUINN, at("inspection:export-create")),
    "account_logout": Shown(SAM, at("account_logout")),
    "account_change_password": Shown(SAM, at("account_change_password")),
    "account_reauthenticate": Shown(SAM, at("account_reauthenticate")),
    "mfa_index": Shown(SAM, at("mfa_index")),
}
NO_PAGES: dict[str, str] = {
    "dashboards:kpi-chart": "JSON",
    "dashboards:recompute": "a button of the page that says how it was computed",
    "dashboards:recomputing": "a part of the page that says how it was computed",
    "dashboards:kpi-csv": "a download",
    "dashboards:kpi-why-csv": "a download",
    "dashboards:rows-csv": "a download",
    "dashboards:portfolio-csv": "a download",
    "dashboards:attention-csv": "a download",
    "dashboards:changes-csv": "a download",
    "dashboards:changes-line": "a part of the portfolio and other pages",
    "dashboards:attention-first": "a part of the portfolio",
    "dashboards:quality-csv": "a download",
    "dashboards:executive-csv": "a download",
    "dashboards:owed-csv": "a download",
    "dashboards:study-chart": "JSON",
    "dashboards:study-csv": "a download",
    "dashboards:trends-csv": "a download",
    "dashboards:function-csv": "a download",
    "studies:toro-file": "a download",
    "kpis:submission-progress": "a part of the submission's page",
    "vendors:vendor-export": "a download",
    "vendors:vendor-import": "the form of studies:delegation-import",
    "studies:study-import": "the form of studies:delegation-import",
    "studies:site-import": "the form of studies:delegation-import",
    "studies:engagement-import": "the form of studies:delegation-import",
    "vendors:vendor-import-preview": "there once a file is sent",
    "studies:study-import-preview": "there once a file is sent",
    "studies:site-import-preview": "there once a file is sent",
    "studies:engagement-import-preview": "there once a file is sent",
    "studies:delegation-import-preview": "there once a file is sent",
    "vendors:agreement-export": "a download",
    "vendors:membership-export": "a download",
    "studies:study-export": "a download",
    "studies:site-export": "a download",
    "studies:engagement-export": "a download",
    "studies:delegation-export": "a download",
    "studies:function-export": "a download",
    "studies:obligation-export": "a download",
    "kpis:recomputation-detail": "there once somebody asked; see recomputing/test_page.py",
    "kpis:recomputation-progress": "a part of the recomputation's page",
    "kpis:recomputation-cancel": "a button of the recomputation's page",
    "kpis:recomputation-differences": "a download",
    "kpis:shadow-run-create": "a button of the page of a version",
    "kpis:shadow-run-progress": "a part of the page of a version",
    "kpis:shadow-run-csv": "a download",
    "kpis:coverage-file": "a download",
    "kpis:file-download": "a download",
    "kpis:problem-csv": "a download",
    "kpis:submission-receipt-text": "a download",
    "kpis:reading-dispute": "leads on to the reading",
    "kpis:template-making": "a part of the template's page",
    "kpis:template-download": "a download",
    "kpis:file-marked": "a download",
    "kpis:submission-marking": "a part of the submission's page",
    "kpis:submission-changed-rows-csv": "a download",
    "inspection:audit-trail-export": "a download",
    "inspection:export-download": "a download",
    "inspection:export-progress": "a part of the pack's page",
    "demo:progress": "a part of pages, in the demo alone",
    "kpis:waiver-create": "a form of the page of what is due",
    "kpis:waiver-take-back": "a form of the page of what is due",
    "health": "plain text",
    "account_email": "closed: an administrator changes the address",
    "vendors:entry-edit": "the form of vendors:entry-create, with its history",
    "vendors:agreement-edit": "the form of vendors:agreement-create, with its history",
    "vendors:version-edit": "the form of vendors:version-create, with its history",
    "vendors:part-create": "a form like vendors:entry-create",
    "vendors:part-edit": "a form like vendors:entry-create; a signed version has none",
    "vendors:version-download": "a download",
    "studies:study-raci-file": "a download",
    "kpis:due-preview": "a button of the delegation's form; see test_starting.py",
    "studies:delegation-confirm": "a button of the delegation's page",
    "vendors:token-revoke": "the form of vendors:membership-end; the demo issues no token",
    "studies:obligation-edit": "the form of obligation-create; the demo has none of its own",
    "studies:function-edit": "the form of function-create; the demo has common ones only",
    "account_inactive": "one sentence in the frame of the sign-in page",
    "account_signup": "one sentence in the frame of the sign-in page",
    "account_email_verification_sent": "one sentence in the frame of the sign-in page",
    "account_set_password": "leads on: everybody has a password",
    "account_confirm_login_code": "leads on: no codes are sent",
    "account_confirm_email": "one sentence in the frame of the sign-in page",
    "account_reset_password_done": "one sentence in the frame of the sign-in page",
    "account_reset_password_from_key": "one sentence in the frame of the sign-in page",
    "account_reset_password_from_key_done": "one sentence in the frame of the sign-in page",
    "mfa_authenticate": "leads on unless a sign-in is half done",
    "mfa_reauthenticate": "leads on without two-step sign-in",
    "mfa_activate_totp": "leads on to asking for the password again",
    "mfa_deactivate_totp": "not there without two-step sign-in",
    "mfa_view_recovery_codes": "not there without two-step sign-in",
    "mfa_generate_recovery_codes": "leads on without two-step sign-in",
    "mfa_download_recovery_codes": "a download",
}
