"""What the search finds on this floor: KPIs by what they ask, submissions by what they are of."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from kpis.definitions import catalogue
from kpis.models import Submission
from kpis.selectors.definitions import found_by
from oversight.look.times import month_text
from oversight.searching import SHOWN, Group, Hit, matching
from vendors.access import Permission, permissions_of


def find(*, user: Any, words: str) -> tuple[Group, ...]:
    """Return KPIs and submissions, as far as the roles of `user` allow; one statement."""
    permissions = permissions_of(user)
    found: tuple[Group, ...] = ()
    if Permission.VIEW_DASHBOARDS in permissions:
        found += (_kpis(words),)
    if Permission.VIEW_SUBMISSIONS in permissions:
        found += (_submissions(user, words),)
    return found


def _kpis(words: str) -> Group:
    hits = [
        Hit(one.name, one.question, reverse("kpis:definition-detail", args=[one.slug]))
        for one in found_by(words, catalogue().values())
    ]
    every = f"{reverse('kpis:definition-list')}?{urlencode({'q': words})}"
    return Group("KPIs", len(hits), tuple(hits[:SHOWN]), every)


def _submissions(user: Any, words: str) -> Group:
    count, rows = matching(
        Submission.objects.visible_to(user).select_related("engagement__vendor", "study"),
        words=words,
        fields=("engagement__name", "engagement__vendor__name", "study__protocol_number"),
        order=("-received_at",),
    )
    hits = tuple(
        Hit(
            " · ".join(
                text
                for text in (
                    str(row.engagement),
                    str(row.study or "all studies"),
                    month_text(row.period_start) or "month not confirmed",
                )
            ),
            row.get_state_display(),
            reverse("kpis:submission-detail", args=[row.pk]),
        )
        for row in rows
    )
    return Group("Submissions", count, hits, reverse("kpis:submission-list"))
