"""The files of this floor's lists: studies, sites, engagements, delegations and their taxonomy."""

from typing import Any

from studies import services
from studies.delegating import change_delegation, create_delegation
from studies.delegation_form import DelegationForm
from studies.forms import EngagementForm, SiteForm, StudyForm
from studies.models import Study
from studies.models.study import Site
from studies.selectors.delegation_register import found_delegations, visible_delegations
from studies.selectors.engagements import found_engagements, visible_engagements
from studies.selectors.functions import found_functions, found_obligations
from studies.selectors.studies import found_sites, found_studies
from vendors.access import Permission
from vendors.books import own_sponsors
from vendors.register.book import Book, FileColumn, Importing, Owner, columns_of_form
from vendors.register.pages import sponsors_allowing

STUDIES = Book(
    slug="studies",
    title="Studies",
    # How CROs call a study in their files is the sponsor's to know.
    columns=columns_of_form(StudyForm, own=("names_in_files",)),
    found=found_studies,
    sponsor_id=lambda study: int(study.sponsor_id),
    list_url="studies:study-list",
    import_url="studies:study-import",
    importing=Importing(
        form=StudyForm,
        owner=Owner("Sponsor", lambda study: study.sponsor, own_sponsors, lambda one: one),
        rows=lambda user: Study.objects.visible_to(user).select_related("sponsor"),
        create=lambda actor, sponsor, values, reason, today: services.create_study(
            actor=actor, sponsor=sponsor, values=values, reason=reason
        ),
        change=lambda actor, study, values, seen, reason, today: services.change_study(
            actor=actor, study=study, values=values, seen=seen, reason=reason
        ),
    ),
)


def _own_studies(user: Any) -> tuple[tuple[str, Study], ...]:
    allowed = sponsors_allowing(user, Permission.EDIT_REGISTER)
    found = Study.objects.visible_to(user).filter(sponsor__in=[one.pk for one in allowed])
    return tuple((str(study), study) for study in found.select_related("sponsor"))


SITES = Book(
    slug="sites",
    title="Sites",
    columns=columns_of_form(SiteForm),
    found=found_sites,
    sponsor_id=lambda site: int(site.study.sponsor_id),
    list_url="studies:study-list",
    import_url="studies:site-import",
    importing=Importing(
        form=SiteForm,
        owner=Owner("Study", lambda site: site.study, _own_studies, lambda study: study.sponsor),
        rows=lambda user: Site.objects.visible_to(user).select_related("study__sponsor"),
        create=lambda actor, study, values, reason, today: services.create_site(
            actor=actor, study=study, values=values, reason=reason
        ),
        change=lambda actor, site, values, seen, reason, today: services.change_site(
            actor=actor, site=site, values=values, seen=seen, reason=reason
        ),
    ),
)


def _with_party(agreement: Any) -> str:
    """Name an agreement so that no other is meant: titles repeat from provider to provider."""
    return f"{agreement.vendor}: {agreement.title}"


def _version_with_party(version: Any) -> str:
    return f"{_with_party(version.agreement)}, {version.label}"


ENGAGEMENT_NAMES = {"agreement": _with_party}
ENGAGEMENTS = Book(
    slug="engagements",
    title="Engagements",
    columns=columns_of_form(EngagementForm, names=ENGAGEMENT_NAMES),
    found=found_engagements,
    sponsor_id=lambda engagement: int(engagement.sponsor_id),
    list_url="studies:engagement-list",
    import_url="studies:engagement-import",
    importing=Importing(
        form=EngagementForm,
        owner=Owner("Sponsor", lambda one: one.sponsor, own_sponsors, lambda one: one),
        rows=visible_engagements,
        create=lambda actor, sponsor, values, reason, today: services.create_engagement(
            actor=actor, sponsor=sponsor, values=values, reason=reason
        ),
        change=lambda actor, engagement, values, seen, reason, today: services.change_engagement(
            actor=actor, engagement=engagement, values=values, seen=seen, reason=reason
        ),
        names=ENGAGEMENT_NAMES,
    ),
)
DELEGATION_NAMES = {"agreement_version": _version_with_party}
DELEGATIONS = Book(
    slug="delegations",
    title="Delegations",
    columns=columns_of_form(DelegationForm, names=DELEGATION_NAMES),
    found=found_delegations,
    sponsor_id=lambda one: int(one.study.sponsor_id),
    list_url="studies:delegation-register",
    import_url="studies:delegation-import",
    importing=Importing(
        form=DelegationForm,
        owner=Owner("Sponsor", lambda one: one.study.sponsor, own_sponsors, lambda one: one),
        rows=visible_delegations,
        create=lambda actor, sponsor, values, reason, today: create_delegation(
            actor=actor, values=values, today=today, reason=reason
        ),
        change=lambda actor, delegation, values, seen, reason, today: change_delegation(
            actor=actor,
            delegation=delegation,
            values=values,
            today=today,
            seen=seen,
            reason=reason,
        ),
        names=DELEGATION_NAMES,
    ),
)
FUNCTIONS = Book(
    slug="functions",
    title="Functions",
    columns=(
        FileColumn("Function", lambda one: one.name),
        FileColumn("What it covers", lambda one: one.description),
        FileColumn("Whose", lambda one: str(one.sponsor or "common")),
        FileColumn("Critical", lambda one: "yes" if one.critical else "no"),
    ),
    found=found_functions,
    sponsor_id=lambda one: one.sponsor_id,
    list_url="studies:function-list",
)
OBLIGATIONS = Book(
    slug="obligations",
    title="Obligations",
    columns=(
        FileColumn("Code", lambda one: one.code),
        FileColumn("Obligation", lambda one: one.function.name),
        FileColumn("Group", lambda one: one.group),
        FileColumn("21 CFR, drugs", lambda one: one.drug_citation),
        FileColumn("21 CFR, devices", lambda one: one.device_citation),
        FileColumn("ICH E6(R3)", lambda one: one.gcp_citation),
        FileColumn("EU and others", lambda one: one.other_citation),
        FileColumn("Part 312", lambda one: one.get_part312_display()),
        FileColumn("Transfer", lambda one: one.practice if one.transferable else "never"),
        FileColumn("Citations", lambda one: "to be confirmed by regulatory affairs"),
    ),
    found=found_obligations,
    sponsor_id=lambda one: one.function.sponsor_id,
    list_url="studies:obligation-list",
)
