"""The source profiles that a reader may see: who confirmed what, and when it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kpis.engine.tables import LISTINGS
from kpis.models import SourceProfile
from kpis.selectors.layout_columns import ORDERS, SIGNS


@dataclass(frozen=True)
class ProfileRow:
    """One version of a profile in a list."""

    pk: int
    vendor: str
    name: str
    listing: str
    version: int
    columns: int
    confirmed_at: datetime
    confirmed_by: str
    ended_at: datetime | None
    ended_by: str


def profile_rows(user: Any) -> tuple[ProfileRow, ...]:
    """Return every version that `user` may see, by CRO, listing and name; one statement."""
    rows = SourceProfile.objects.visible_to(user).select_related(
        "vendor", "confirmed_by", "ended_by"
    )
    ordered = rows.order_by("vendor__name", "listing", "name", "-version")
    return tuple(profile_row(row) for row in ordered)


def profile_row(row: SourceProfile) -> ProfileRow:
    """Return one version as a list shows it."""
    listing = LISTINGS.get(row.listing)
    return ProfileRow(
        pk=row.pk,
        vendor=str(row.vendor),
        name=row.name,
        listing=listing.title if listing else row.listing,
        version=row.version,
        columns=sum(reading["place"] is not None for reading in row.mapping.values()),
        confirmed_at=row.confirmed_at,
        confirmed_by=str(row.confirmed_by),
        ended_at=row.ended_at,
        ended_by=str(row.ended_by or ""),
    )


@dataclass(frozen=True)
class MappedColumn:
    """One column of ours as a profile says it is read."""

    title: str
    header: str
    how: tuple[str, ...]


def mapped_columns(row: SourceProfile) -> tuple[MappedColumn, ...]:
    """Return which column of the file is which of ours, and how it is read, in words."""
    listing = LISTINGS.get(row.listing)
    titles = {column.name: column.title for column in listing.columns} if listing else {}
    return tuple(
        MappedColumn(titles.get(name, name), reading["header"], _how(reading))
        for name, reading in row.mapping.items()
        if reading["place"] is not None
    )


def _how(reading: Mapping[str, Any]) -> tuple[str, ...]:
    told = [f"in {reading['unit']}"] if reading["unit"] else []
    told += [dict(ORDERS)[reading["date_order"]]] if reading["date_order"] else []
    told += [dict(SIGNS)[reading["decimal_sign"]]] if reading["decimal_sign"] else []
    told += [f"“{word}” means {value}" for word, value in reading["spellings"].items()]
    return tuple(told)
