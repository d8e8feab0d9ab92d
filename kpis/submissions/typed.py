"""What somebody typed on a page and has not sent, or sent and was refused: kept for them alone.

In the cache, by person and submission, for two weeks: a convenience, not a record. What counts is
kept by the services.
"""

from django.core.cache import cache

KEPT_SECONDS = 14 * 24 * 3600
MOST_FIELDS = 200
MOST_CHARACTERS = 4000


def keep(user_id: int, submission_id: int, key: str, text: str) -> None:
    """Keep the text of one field; an empty one is forgotten."""
    found = of(user_id, submission_id)
    found.pop(key, None)
    if text and len(found) < MOST_FIELDS:
        found[key[:400]] = text[:MOST_CHARACTERS]
    cache.set(_name(user_id, submission_id), found, KEPT_SECONDS)


def of(user_id: int | None, submission_id: int) -> dict[str, str]:
    """Return what is kept, by the key of the field."""
    found: dict[str, str] = cache.get(_name(user_id, submission_id)) or {}
    return found


def _name(user_id: int | None, submission_id: int) -> str:
    return f"typed:{user_id}:{submission_id}"
