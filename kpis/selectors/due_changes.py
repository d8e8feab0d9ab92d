"""What a change of delegations changes in what is due, in the words of a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kpis.definitions import catalogue
from kpis.due import Change, Item
from kpis.due.difference import What
from kpis.engine.tables import LISTINGS

Spell = tuple[bool, date, date | None, int]


@dataclass(frozen=True)
class Part:
    """What changes in one submission: `scope` is the study, or that of all studies."""

    scope: str
    listings: tuple[str, ...]
    kpis: tuple[str, ...]
    studies: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """All that one engagement owes more, or no longer, from a month to a month."""

    sentence: str
    due: bool
    parts: tuple[Part, ...]


def blocks(
    changes: Iterable[Change],
    *,
    providers: Mapping[int, str],
    studies: Mapping[int, str],
    owes: str = "also owes",
) -> tuple[Block, ...]:
    """Say changes by engagement and months: `providers` by engagement, protocols by study.

    `owes` says what becomes due; of a new engagement nothing was due before.
    """

    def spell(change: Change) -> Spell:
        return (change.due, change.first, change.last, change.item.engagement_id)

    def order(change: Change) -> tuple[object, ...]:
        due, first, last, engagement_id = spell(change)
        return (first, not due, last or date.max, engagement_id)

    grouped = groupby(sorted(changes, key=order), spell)
    return tuple(
        Block(
            _sentence(found, providers, owes),
            found[0],
            _parts([one.item for one in of_it], studies),
        )
        for found, of_it in grouped
    )


def _sentence(spell: Spell, providers: Mapping[int, str], owes: str) -> str:
    due, first, last, engagement_id = spell
    months = f"From {first:%B %Y}"
    if last == first:
        months = f"In {first:%B %Y}"
    elif last is not None:
        months = f"From {first:%B %Y} to {last:%B %Y}"
    return f"{months} {providers[engagement_id]} {owes if due else 'no longer owes'}"


def _parts(found: list[Item], studies: Mapping[int, str]) -> tuple[Part, ...]:
    scopes = sorted({one.study_id or 0 for one in found})

    def names(scope: int, what: What) -> list[str]:
        return [one.name for one in found if (one.study_id or 0) == scope and one.what is what]

    return tuple(
        Part(
            scope=studies[scope] if scope else "all its studies together",
            listings=tuple(sorted(LISTINGS[name].title for name in names(scope, What.LISTING))),
            kpis=tuple(sorted(catalogue()[slug].name for slug in names(scope, What.KPI))),
            studies=tuple(sorted(studies[int(pk)] for pk in names(scope, What.STUDY)))
            if not scope
            else (),
        )
        for scope in scopes
    )
