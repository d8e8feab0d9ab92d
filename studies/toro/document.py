"""The document of one study on one day: every function and obligation, who holds it, since when.

Transfer of obligations for a drug, delegation of tasks for a device. The day is the one on which
the records take effect; `known_on` asks besides what had been recorded by the end of a day. The
part of one CRO names nobody else's work, so that it can be handed to that CRO.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from studies.answers import Holding
from studies.models import Study
from studies.toro.lines import Line, lines_of
from studies.toro.records import Records, records_of
from studies.toro.taxonomy import items_of
from studies.toro.transfers import Submitted, last_until, submissions_of
from studies.toro.wording import TASKS, TRANSFER, part_statements, statements


@dataclass(frozen=True)
class Group:
    """The lines of one group of the taxonomy."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Document:
    """The whole document; `narrow`: obligations of Part 312 alone.

    `part` names the CRO whose part it is; `holders` are those that have one, and are not printed.
    """

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
    part: str = ""
    holders: tuple[tuple[int, str], ...] = field(default=(), compare=False)

    @property
    def told(self) -> bool:
        """Whether it says what the authority was told: not for a device, nor to a CRO."""
        return not self.device and not self.part

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

    @property
    def moved(self) -> int:
        """How many lines a CRO holds or shares."""
        return sum(line.moved for line in self.lines)

    @property
    def unconfirmed(self) -> int:
        """How many lines are the sponsor's because nothing is recorded."""
        return sum(line.holding == Holding.BY_DEFAULT for line in self.lines)

    @property
    def sha256(self) -> str:
        """The fingerprint of the content, the same in every form of the document."""
        printed = asdict(replace(self, holders=()))
        content = json.dumps(printed, sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()


def document(
    *,
    user: Any,
    study: Study,
    on: date,
    narrow: bool = False,
    known_on: date | None = None,
    cro: int | None = None,
) -> Document:
    """Put the document together; a fixed number of statements. A device has no narrow list.

    `cro` asks for the part of one of the `holders`; of any other CRO it is empty of lines.
    """
    device = study.product_type == Study.ProductType.DEVICE
    narrow = narrow and not device
    known = end_of(known_on) if known_on else None
    items = items_of(user=user, study=study)
    records = records_of(user=user, study=study, known=known)
    submissions = () if device else submissions_of(user=user, study=study, known=known)
    listed = [item for item in items if item.listable or (not narrow and item.transferable)]
    found = Document(
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
        lines=tuple(lines_of(listed, records, last_until(submissions, on=on), on, device)),
        holders=_holders(records),
    )
    if cro is None:
        return found
    theirs = {key: tuple(one for one in held if one.holder == cro) for key, held in records.items()}
    lines = lines_of(listed, theirs, None, on, device)
    part = dict(found.holders).get(cro, "")
    return replace(
        found,
        part=part,
        source=_source(theirs, (), device=True),
        statements=part_statements(part, device=device),
        lines=tuple(replace(line, reported="") for line in lines if line.moved),
    )


def _holders(records: Records) -> tuple[tuple[int, str], ...]:
    every = {one.holder: one.holder_name for held in records.values() for one in held if one.holder}
    return tuple(sorted(every.items(), key=lambda pair: (pair[1], pair[0])))


def end_of(day: date) -> datetime:
    """Return the moment at which a day ends, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _source(records: Records, submissions: tuple[Submitted, ...], device: bool) -> str:
    count = sum(len(held) for held in records.values())
    told = "" if device else f" and {len(submissions)} IND submission{'s'[: len(submissions) != 1]}"
    return f"{count} delegation record{'s'[: count != 1]} of this study{told}"
