"""What became different between two days in who does a function, in plain sentences. Pure.

Spans of `studies.answers` go in, one sentence for each day on which the answer changed comes out.
Who is not of the sponsor is told of their own records alone, never who held it before or after.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from oversight.look.times import day_text
from studies.answers import EVERYWHERE, Answer, Holding, Span, spans
from studies.selectors.parties import Party
from vendors.regions import Region, region_label


class Turn(StrEnum):
    """What kind of change it is, as a page groups them."""

    BEGAN = "began"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True)
class Change:
    """One change: when, what kind, in words, and the records that hold from then on or did."""

    on: date
    turn: Turn
    sentence: str
    delegation_ids: tuple[int, ...]


def changes(
    title: str, parties: Iterable[Party], *, since: date, until: date, own: bool
) -> Iterator[Change]:
    """Yield the changes after `since`, up to and with `until`, by day.

    A region is told apart only where it has records of its own.
    """
    known = tuple(parties)
    named = {party.region for party in known} - {EVERYWHERE}
    for region in (EVERYWHERE, *(value for value in Region.values if value in named)):
        cut = spans(known, region=region)
        for before, after in pairwise(cut):
            if since < after.first <= until and _own_doing(before, after, region):
                turn, words = _said(before, after, own=own)
                rows = after.answer.records or before.answer.records
                where = f" in {region_label(region)}" if region else ""
                yield Change(
                    on=after.first,
                    turn=turn,
                    sentence=f"{title}{where}: {words}",
                    delegation_ids=tuple(party.pk for party in rows),
                )


def _own_doing(before: Span[Party], after: Span[Party], region: str) -> bool:
    """Leave out of a region what changed everywhere: it is told once."""
    if region == EVERYWHERE:
        return True
    rows = (*before.answer.records, *after.answer.records)
    return any(party.region == region for party in rows)


def _said(before: Span[Party], after: Span[Party], *, own: bool) -> tuple[Turn, str]:
    old, new, day = before.answer, after.answer, day_text(after.first)
    if not old.records:
        if new.holding == Holding.RETAINED:
            words = f"from {day} on it is on record that the sponsor keeps it"
            return Turn.BEGAN, f"{words}; before, it did so by default."
        rest = "; before, the sponsor kept it by default" if own else ""
        return Turn.BEGAN, f"{_holds(new)} from {day} on{rest}."
    if not new.records:
        rest = " Since then the sponsor keeps it by default, unconfirmed." if own else ""
        return Turn.ENDED, f"{_held(old)} until {day_text(before.last)}.{rest}"
    if (_who(old), old.holding) == (_who(new), new.holding):
        return Turn.CHANGED, f"{_holds(new)} as before; {_differs(old, new)} from {day} on."
    return Turn.CHANGED, f"{_holds(new)} from {day} on; before, {_held(old)}."


def _who(answer: Answer[Party]) -> tuple[str, ...]:
    return tuple(party.name for party in answer.records)


PRESENT = {
    Holding.NOT_APPLICABLE: "it does not apply",
    Holding.RETAINED: "the sponsor keeps it",
    Holding.SHARED: "{who} and the sponsor share it",
    Holding.OVERLAP: "it is held more than once ({who})",
    Holding.TRANSFERRED: "{who} does it",
}
PAST = {
    Holding.NOT_APPLICABLE: "it did not apply",
    Holding.RETAINED: "the sponsor kept it",
    Holding.SHARED: "{who} and the sponsor shared it",
    Holding.OVERLAP: "it was held more than once ({who})",
    Holding.TRANSFERRED: "{who} did it",
}


def _holds(answer: Answer[Party]) -> str:
    """Say an answer with records in the present, with the agreement and clause it rests on."""
    source = "; ".join(dict.fromkeys(party.source for party in answer.records if party.source))
    words = PRESENT[answer.holding].format(who=_names(answer))
    return f"{words} under {source}" if source else words


def _held(answer: Answer[Party]) -> str:
    return PAST[answer.holding].format(who=_names(answer))


def _names(answer: Answer[Party]) -> str:
    return " and ".join(dict.fromkeys(party.vendor or "the sponsor" for party in answer.records))


FACETS = (
    ("the agreement", "source"),
    ("who performs it", "performer"),
    ("who decides", "decision_maker"),
    ("the split", "split"),
    ("the engagement", "engagement"),
)


def _differs(before: Answer[Party], after: Answer[Party]) -> str:
    found = [
        words
        for words, name in FACETS
        if [getattr(p, name) for p in before.records] != [getattr(p, name) for p in after.records]
    ]
    return f"{', '.join(found)} changed" if found else "a new record holds"
