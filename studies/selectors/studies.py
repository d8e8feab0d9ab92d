"""Studies and their sites."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from studies.models import Site, Study
from vendors.access import VisibleQuerySet
from vendors.register.filters import Filter, by_answer, by_choice, by_record, by_value
from vendors.register.listing import Column, Listing, Register, Wanted, listing, narrowed


@dataclass(frozen=True)
class StudyRow:
    """A study as listed, with the number of its sites."""

    pk: int
    protocol_number: str
    title: str
    phase: str
    therapeutic_area: str
    status: str
    sponsor: str
    sites: int
    names_in_files: str


STUDY_COLUMNS = (
    Column("Protocol number", "protocol", ("protocol_number",)),
    Column("Title", "title", ("title",)),
    Column("Phase", "phase", ("phase",)),
    Column("Therapeutic area", "area", ("therapeutic_area",)),
    Column("Status", "status", ("status",)),
    Column("Sponsor", "sponsor", ("sponsor__name",)),
    Column("Sites", "sites", ("site_count",), numeric=True),
)


def _with_sites(queryset: VisibleQuerySet) -> VisibleQuerySet:
    sites = Site._base_manager.filter(study=OuterRef("pk")).order_by().values("study")
    counted = Subquery(sites.annotate(number_of_sites=Count("pk")).values("number_of_sites"))
    return queryset.select_related("sponsor").annotate(site_count=Coalesce(counted, 0))


STUDIES = Register(
    columns=STUDY_COLUMNS,
    search=("protocol_number", "title", "therapeutic_area"),
    filters=(
        by_choice("status", "Status", Study.Status.choices),
        by_choice("phase", "Phase", Study.Phase.choices),
        by_choice("product", "Product", Study.ProductType.choices, field="product_type"),
    ),
)


def found_studies(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    """Return the studies of the list, all pages of it."""
    visible = _with_sites(Study.objects.visible_to(user))
    return narrowed(visible, wanted=wanted, register=STUDIES)


def studies(*, user: Any, wanted: Wanted) -> Listing:
    """List the studies that `user` sees."""
    return listing(
        _with_sites(Study.objects.visible_to(user)),
        wanted=wanted,
        register=STUDIES,
        to_row=_study_row,
    )


def study_row(*, user: Any, study_id: int) -> StudyRow:
    """Return one study that `user` sees; raise Study.DoesNotExist otherwise."""
    return _study_row(_with_sites(Study.objects.visible_to(user)).get(pk=study_id))


def _study_row(study: Any) -> StudyRow:
    return StudyRow(
        pk=study.pk,
        protocol_number=study.protocol_number,
        title=study.title,
        phase=study.get_phase_display(),
        therapeutic_area=study.therapeutic_area,
        status=study.get_status_display(),
        sponsor=str(study.sponsor),
        sites=study.site_count,
        names_in_files=", ".join(study.names_in_files),
    )


@dataclass(frozen=True)
class SiteRow:
    """A site as listed."""

    pk: int
    number: str
    name: str
    country: str
    principal_investigator: str
    activated_on: date | None
    closed_on: date | None


@dataclass(frozen=True)
class SiteCounts:
    """How many sites of a study there are, in how many countries, and how many are at work."""

    sites: int
    countries: int
    activated: int
    closed: int


SITE_COLUMNS = (
    Column("Number", "number", ("number",)),
    Column("Name", "name", ("name",)),
    Column("Country", "country", ("country",)),
    Column("Principal investigator", "investigator", ("principal_investigator",)),
    Column("Activated", "activated", ("activated_on",)),
    Column("Closed", "closed", ("closed_on",)),
)


SITE_SEARCH = ("number", "name", "country", "principal_investigator")
AT_WORK = by_answer(
    "state",
    "State",
    (
        ("waiting", "not activated", Q(activated_on__isnull=True, closed_on__isnull=True)),
        ("active", "at work", Q(activated_on__isnull=False, closed_on__isnull=True)),
        ("closed", "closed", Q(closed_on__isnull=False)),
    ),
)


def _countries(found: "QuerySet[Any]") -> Filter:
    return by_value("country", "Country", found, field="country")


def found_sites(*, user: Any, wanted: Wanted, today: date) -> "QuerySet[Any]":
    """Return the sites of all studies, or of the one named by `study`, all pages of the list."""
    visible = Site.objects.visible_to(user).select_related("study__sponsor")
    of_study = by_record("study", "Study", Study.objects.visible_to(user), name="protocol_number")
    register = Register(SITE_COLUMNS, SITE_SEARCH, (of_study, _countries(visible), AT_WORK))
    return narrowed(visible, wanted=wanted, register=register)


def sites(*, user: Any, study: Study, wanted: Wanted) -> Listing:
    """List the sites of one study."""
    visible = Site.objects.visible_to(user).filter(study=study)
    return listing(
        visible,
        wanted=wanted,
        register=Register(SITE_COLUMNS, SITE_SEARCH, (_countries(visible), AT_WORK)),
        to_row=site_row,
    )


def site_counts(*, user: Any, study: Study) -> SiteCounts:
    """Count the sites of one study; a site without a country adds none."""
    counted = (
        Site.objects.visible_to(user)
        .filter(study=study)
        .aggregate(
            sites=Count("pk"),
            countries=Count("country", distinct=True, filter=~Q(country="")),
            activated=Count("pk", filter=Q(activated_on__isnull=False)),
            closed=Count("pk", filter=Q(closed_on__isnull=False)),
        )
    )
    return SiteCounts(**counted)


def site_row(site: Site) -> SiteRow:
    """Return one site as plain values."""
    return SiteRow(
        pk=site.pk,
        number=site.number,
        name=site.name,
        country=site.country,
        principal_investigator=site.principal_investigator,
        activated_on=site.activated_on,
        closed_on=site.closed_on,
    )
