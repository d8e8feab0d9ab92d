"""The document of one study on one day: every function and obligation, who holds it, since when.

Transfer of obligations for a drug, delegation of tasks for a device. The day is the one on which
the records take effect; `known_on` asks besides what had been recorded by the end of a day.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from studies.answers import EVERYWHERE, Holding, answers, spans
from studies.models import Study
from studies.toro.records import Held, Records, records_of
from studies.toro.taxonomy import Item, items_of
from studies.toro.transfers import Submitted, last_until, submissions_of
from studies.toro.wording import (
    HELD_TWICE,
    STATES,
    TASKS,
    TRANSFER,
    holder_words,
    statements,
)
from vendors.regions import region_label


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


@dataclass(frozen=True)
class Group:
    """The lines of one group of the taxonomy."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Document:
    """The whole document; `narrow`: obligations of Part 312 alone."""

    title: str
    study: str
    study_title: str
    sponsor: str
    product: str
    device: bool
    narrow: bool
    on: date
    known_on: date | None
    source: str
    statements: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The lines by group, in their order."""
        by_group = groupby(self.lines, key=lambda line: line.group)
        return tuple(Group(name, tuple(lines)) for name, lines in by_group)

    @property
    def scope(self) -> str:
        """Which list it is, in words."""
        if self.narrow:
            return "Obligations of 21 CFR Part 312"
        return "All functions and obligations"

    def count(self, *holdings: Holding) -> int:
        """Count the lines that are held so."""
        return sum(line.holding in holdings for line in self.lines)

    @property
    def moved(self) -> int:
        """How many lines a CRO holds or shares."""
        return self.count(Holding.TRANSFERRED, Holding.SHARED)

    @property
    def unconfirmed(self) -> int:
        """How many lines are the sponsor's because nothing is recorded."""
        return self.count(Holding.BY_DEFAULT)

    @property
    def sha256(self) -> str:
        """The fingerprint of the content, the same in every form of the document."""
        content = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()


def document(
    *, user: Any, study: Study, on: date, narrow: bool = False, known_on: date | None = None
) -> Document:
    """Put the document together; a fixed number of statements. A device has no narrow list."""
    device = study.product_type == Study.ProductType.DEVICE
    narrow = narrow and not device
    known = end_of(known_on) if known_on else None
    items = items_of(user=user, study=study)
    records = records_of(user=user, study=study, known=known)
    submissions = () if device else submissions_of(user=user, study=study, known=known)
    listed = [item for item in items if item.listable or (not narrow and item.transferable)]
    return Document(
        title=TASKS if device else TRANSFER,
        study=study.protocol_number,
        study_title=study.title,
        sponsor=study.sponsor.name,
        product=study.get_product_type_display(),
        device=device,
        narrow=narrow,
        on=on,
        known_on=known_on,
        source=_source(records, submissions, device),
        statements=statements(items, device=device),
        lines=tuple(_lines(listed, records, last_until(submissions, on=on), on, device)),
    )


def end_of(day: date) -> datetime:
    """Return the moment at which a day ends, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _source(records: Records, submissions: tuple[Submitted, ...], device: bool) -> str:
    count = sum(len(held) for held in records.values())
    told = "" if device else f" and {len(submissions)} IND submission{'s'[: len(submissions) != 1]}"
    return f"{count} delegation record{'s'[: count != 1]} of this study{told}"


def _lines(
    items: Iterable[Item], records: Records, last: Submitted | None, on: date, device: bool
) -> Iterator[Line]:
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
