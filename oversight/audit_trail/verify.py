"""Checking the hash chain: every seal is computed again from the entries it covers."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from oversight.audit_trail.models import Seal

LOWEST_ID = -(2**63)


@dataclass(frozen=True)
class BrokenSeal:
    """A seal that does not come out again: entries it covers were changed, added or removed."""

    seal_id: int
    expected: str
    found: str


def broken_seals() -> Iterator[BrokenSeal]:
    """Yield each seal whose hash, or whose link to the one before, does not hold."""
    # The first window is read from the lowest id there can be: nothing hides below the first entry.
    previous, change, entry = "0" * 64, LOWEST_ID, LOWEST_ID
    for seal in Seal.objects.order_by("id").iterator():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT audit_trail_window_sha256(%s, %s, %s, %s, %s)",
                [previous, change, seal.last_change_id, entry, seal.last_entry_id],
            )
            found = cursor.fetchone()[0]
        if found != seal.sha256 or seal.previous_sha256 != previous:
            yield BrokenSeal(seal_id=seal.pk, expected=seal.sha256, found=found)
        previous, change, entry = seal.sha256, seal.last_change_id, seal.last_entry_id
