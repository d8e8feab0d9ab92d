"""One row of the document: a function or obligation in one place, held by one record, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from studies.answers import EVERYWHERE, Holding, answers, spans
from studies.toro.records import Held, Records
from studies.toro.taxonomy import Item
from studies.toro.transfers import Submitted
from studies.toro.wording import HELD_TWICE, STATES, holder_words
from vendors.regions import region_label

MOVED = frozenset({Holding.TRANSFERRED.value, Holding.SHARED.value})


@dataclass(frozen=True)
class Line:
    """One row, in words; `since` is None where it was so from the beginning."""

    code: str
    name: str
    group: str
    citation: str
    state: str
    holding: str
    place: str
    since: date | None
    holder: str = "Sponsor"
    split: str = ""
    performer: str = ""
    agreement: str = ""
    clause: str = ""
    decision_maker: str = ""
    confirmed: str = ""
    reported: str = ""

    @property
    def moved(self) -> bool:
        """Whether a CRO holds or shares it."""
        return self.holding in MOVED


def lines_of(
    items: Iterable[Item], records: Records, last: Submitted | None, on: date, device: bool
) -> Iterator[Line]:
    """Yield a line for each record of a day, or one that says that there is none. Pure."""
    for item in items:
        held = records.get(item.pk, ())
        given = answers(held, on=on)
        for region, answer in given.items():
            base = Line(
                code=item.code,
                name=item.name,
                group=item.group,
                citation=item.citation,
                state=STATES[device][Holding.BY_DEFAULT],
                holding=Holding.BY_DEFAULT.value,
                place=_place(region, len(given) > 1),
                since=_default_since(held, region, on),
            )
            if not answer.records:
                yield base
            for one in answer.records:
                twice = f": {HELD_TWICE}" if answer.holding == Holding.OVERLAP else ""
                yield replace(
                    base,
                    state=f"{STATES[device][one.kind]}{twice}",
                    holding=one.kind,
                    since=one.from_date,
                    holder=holder_words(one),
                    split=one.split,
                    performer=one.performer or one.holder_name,
                    agreement=one.agreed.name if one.agreed else "",
                    clause=one.clause,
                    decision_maker=one.decision_maker,
                    confirmed=one.confirmed,
                    reported=_told(item, one, region, last),
                )


def _place(region: str, several: bool) -> str:
    return "everywhere else" if region == EVERYWHERE and several else region_label(region)


def _default_since(held: tuple[Held, ...], region: str, on: date) -> date | None:
    begun = [span.first for span in spans(held, region=region) if span.first <= on]
    return begun[-1] if begun[-1] != date.min else None


def _told(item: Item, one: Held, region: str, last: Submitted | None) -> str:
    if not item.listable or not one.moved:
        return ""
    if last is None:
        return "no submission recorded"
    listed = last.lists(item.pk, one.holder, region)
    return f"in {last.name}" if listed else f"not in {last.name}"
