"""Regions of the world, as service providers are organised: what a service or delegation covers."""

from django.db import models


class Region(models.TextChoices):
    """Where; empty stands for everywhere."""

    NORTH_AMERICA = "north-america", "North America"
    LATIN_AMERICA = "latin-america", "Latin America"
    EUROPE = "europe", "Europe"
    MIDDLE_EAST_AFRICA = "middle-east-africa", "Middle East and Africa"
    ASIA_PACIFIC = "asia-pacific", "Asia-Pacific"


EVERYWHERE = "everywhere"


def region_label(value: str) -> str:
    """Return a region in words; an empty one is everywhere."""
    return str(Region(value).label) if value else EVERYWHERE
