"""Where one KPI is told: each engagement to which it applies, and each study under it."""

from dataclasses import dataclass
from typing import Any

from dashboards.periods import Asked
from dashboards.selectors.picture import Picture, picture
from dashboards.spots import Spot


@dataclass(frozen=True)
class Place:
    """One scope of the KPI; without `protocol_number` it is the engagement as a whole."""

    vendor_name: str
    engagement_name: str
    protocol_number: str
    spot: Spot


@dataclass(frozen=True)
class Places:
    """The scopes, worst first."""

    shown: Picture
    places: tuple[Place, ...]


def places(user: Any, *, asked: Asked, slug: str) -> Places | None:
    """Return the scopes, or None where the user has no engagement."""
    shown = picture(user, asked=asked)
    if shown is None:
        return None
    definition = next(one for one in shown.definitions if one.slug == slug)
    found = [
        Place(
            vendor_name=shown.vendor_of(engagement).vendor_name,
            engagement_name=shown.vendor_of(engagement).name,
            protocol_number=shown.protocols[study] if study is not None else "",
            spot=shown.spot(definition, engagement, study),
        )
        for (engagement, study), slugs in shown.applying.items()
        if slug in slugs
    ]
    found.sort(key=lambda one: (one.spot.severity[0], one.vendor_name, one.protocol_number))
    return Places(shown, tuple(found))
