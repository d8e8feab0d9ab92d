"""When a token was last used: a convenience for whoever tidies up, not a record.

Kept in the cache and not in the table: each request would otherwise be a change of the token, and
its history is for what people decide. What a token did is in the audit trail.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.cache import cache

from vendors.tokens.models import LONGEST_LIFE

LIFE_SECONDS = int(LONGEST_LIFE.total_seconds())


def note_use(token_id: int, *, now: datetime) -> None:
    """Remember that a token was used."""
    cache.set(_key(token_id), now, timeout=LIFE_SECONDS)


def last_uses(token_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when each token was last used, as far as it is remembered; one look-up."""
    keys = {_key(token_id): token_id for token_id in token_ids}
    return {keys[key]: at for key, at in cache.get_many(keys).items()}


def _key(token_id: int) -> str:
    return f"service-token-used-{token_id}"
