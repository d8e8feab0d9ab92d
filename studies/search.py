"""What the search finds on this floor: studies, sites, engagements, functions, obligations."""

from typing import Any

from django.urls import reverse

from oversight.searching import Group, Hit, matching
from studies.models import Engagement, Function, Obligation, Site, Study
from vendors.access import Permission, permissions_of
from vendors.search import list_url


def find(*, user: Any, words: str) -> tuple[Group, ...]:
    """Return what is found, studies first; five statements."""
    if Permission.VIEW_REGISTER not in permissions_of(user):
        return ()
    return (
        _studies(user, words),
        _sites(user, words),
        _engagements(user, words),
        _functions(user, words),
        _obligations(user, words),
    )


def _studies(user: Any, words: str) -> Group:
    count, rows = matching(
        Study.objects.visible_to(user),
        words=words,
        fields=("protocol_number", "title", "therapeutic_area"),
        order=("protocol_number",),
    )
    hits = tuple(
        Hit(
            row.protocol_number,
            row.title or row.get_status_display(),
            reverse("studies:study-detail", args=[row.pk]),
        )
        for row in rows
    )
    return Group("Studies", count, hits, list_url("studies:study-list", words))


def _sites(user: Any, words: str) -> Group:
    count, rows = matching(
        Site.objects.visible_to(user).select_related("study"),
        words=words,
        fields=("number", "name", "country", "principal_investigator", "study__protocol_number"),
        order=("study__protocol_number", "number"),
    )
    hits = tuple(
        Hit(
            f"Site {row.number} of {row.study}",
            ", ".join(text for text in (row.name, row.country, row.principal_investigator) if text),
            reverse("studies:site-detail", args=[row.pk]),
        )
        for row in rows
    )
    return Group("Sites", count, hits)


def _engagements(user: Any, words: str) -> Group:
    count, rows = matching(
        Engagement.objects.visible_to(user).select_related("vendor"),
        words=words,
        fields=("name", "vendor__name", "agreement__title"),
        order=("vendor__name", "name"),
    )
    hits = tuple(
        Hit(
            row.name,
            f"{row.vendor}, {row.get_model_display().lower()}",
            reverse("studies:engagement-detail", args=[row.pk]),
        )
        for row in rows
    )
    return Group("Engagements", count, hits, list_url("studies:engagement-list", words))


def _functions(user: Any, words: str) -> Group:
    count, rows = matching(
        Function.objects.visible_to(user).filter(kind=Function.Kind.FUNCTION),
        words=words,
        fields=("name", "description"),
        order=("name",),
    )
    hits = tuple(
        Hit(row.name, row.description, reverse("studies:function-detail", args=[row.pk]))
        for row in rows
    )
    return Group("Functions", count, hits, list_url("studies:function-list", words))


def _obligations(user: Any, words: str) -> Group:
    count, rows = matching(
        Obligation.objects.visible_to(user).select_related("function"),
        words=words,
        fields=(
            "code",
            "function__name",
            "drug_citation",
            "device_citation",
            "gcp_citation",
            "other_citation",
        ),
        order=("code",),
    )
    hits = tuple(
        Hit(
            f"{row.code} {row.function.name}",
            row.drug_citation or row.gcp_citation,
            reverse("studies:function-detail", args=[row.pk]),
        )
        for row in rows
    )
    return Group("Obligations", count, hits, list_url("studies:obligation-list", words))
