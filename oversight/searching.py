"""The search over everything: each floor names what it can find, this ground asks all of them.

The list below holds names and no imports, as the addresses do, so that floors only point down. A
finder takes the signed-in person and the words, shows only what that person may see, and asks a
fixed number of statements.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.db.models import Count, F, Q, QuerySet, Window
from django.utils.module_loading import import_string

FINDERS = ("studies.search.find", "vendors.search.find", "kpis.search.find")
SHORTEST = 2
SHOWN = 8


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is called, a few words about it, its page (none: no page)."""

    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind: how many there are, the first of them, where all are listed."""

    title: str
    count: int
    hits: tuple[Hit, ...]
    all_url: str = ""


class Finder(Protocol):
    """What a floor offers."""

    def __call__(self, *, user: Any, words: str) -> tuple[Group, ...]:
        """Return the groups of this floor, empty ones too."""


@cache
def finders() -> tuple[Finder, ...]:
    """Return the finders of all floors."""
    return tuple(import_string(name) for name in FINDERS)


def search(*, user: Any, words: str) -> tuple[Group, ...]:
    """Return the groups in which something was found; nothing for words that are too short."""
    if len(words) < SHORTEST:
        return ()
    every = [group for find in finders() for group in find(user=user, words=words)]
    return tuple(group for group in every if group.count)


def matching(
    found: "QuerySet[Any]", *, words: str, fields: tuple[str, ...], order: tuple[str, ...]
) -> tuple[int, list[Any]]:
    """Return how many rows hold all words in `fields`, and the first of them; one statement."""
    for word in words.split():
        held: list[Any] = [(f"{name}__icontains", word) for name in fields]
        found = found.filter(Q.create(held, connector=Q.OR))
    counted = found.annotate(found_in_all=Window(Count(F("pk"))))
    rows = list(counted.order_by(*order, "pk")[:SHOWN])
    return (rows[0].found_in_all if rows else 0), rows
