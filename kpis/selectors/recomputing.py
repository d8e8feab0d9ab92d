"""How far one recomputation is: by study, how fast, how long still, and what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kpis.models import Recomputation, RecomputedPart
from kpis.recomputing.work import part_name
from kpis.selectors.recomputations import is_open, months_words, scope_words, state_words
from oversight import progress

HOUR, MINUTE = 3600, 60


@dataclass(frozen=True)
class PartLine:
    """One part: `done` of its months are computed; `at_work` while its worker says so."""

    part: RecomputedPart
    name: str
    done: int
    at_work: bool

    @property
    def state(self) -> str:
        """Say where it stands."""
        if self.part.finished_at:
            return "Done"
        if self.at_work:
            return f"At month {self.done} of {self.part.months}"
        return "Begun again soon" if self.part.begun_at else "Waiting"


@dataclass(frozen=True)
class Standing:
    """The whole of it: sums over its parts, and what follows from them.

    `per_second` is None until something is done, `left` (words) None unless workers are at it.
    """

    row: Recomputation
    scope: str
    months_words: str
    state: str
    is_open: bool
    lines: tuple[PartLine, ...]
    months: int
    done: int
    parts_done: int
    again: int
    differing: int
    not_possible: int
    results: int
    workers: tuple[str, ...]
    took: str
    per_second: float | None
    left: str | None

    @property
    def percent(self) -> int:
        """Return whole percents of months; 100 only at the end."""
        return 100 * self.done // self.months if self.months else 0

    @property
    def is_proof(self) -> bool:
        """Tell the two kinds apart."""
        return self.row.kind == Recomputation.Kind.PROOF


def standing_of(row: Recomputation, *, now: datetime) -> Standing:
    """Return how far it is; one statement, and one question to the cache."""
    parts = list(
        row.parts.select_related("study", "engagement__vendor").order_by(
            "study__protocol_number", "engagement__name", "pk"
        )
    )
    begun = [part for part in parts if part.begun_at and not part.finished_at]
    told = progress.of_all(part_name(part.pk) for part in begun) if is_open(row) else {}
    lines = tuple(_line(part, told) for part in parts)
    done, months = sum(line.done for line in lines), sum(part.months for part in parts)
    seconds = _seconds(row, parts, now)
    speed = done / seconds if done and seconds else None
    workers = {line.part.worker for line in lines if line.at_work}
    finished = sum(1 for part in parts if part.finished_at)
    return Standing(
        row=row,
        scope=scope_words(row),
        months_words=months_words(row),
        state=state_words(row, done=finished, parts=len(parts)),
        is_open=is_open(row),
        lines=lines,
        months=months,
        done=done,
        parts_done=finished,
        again=sum(part.again for part in parts),
        differing=sum(part.differing for part in parts),
        not_possible=sum(part.not_possible for part in parts),
        results=sum(part.results for part in parts),
        workers=tuple(sorted(workers)),
        took=duration_words(seconds),
        per_second=speed,
        left=duration_words((months - done) / speed) if speed and workers else None,
    )


def duration_words(seconds: float) -> str:
    """Say a duration roughly: "40 seconds", "5 minutes", "2 hours 10 minutes"."""
    if seconds < 2 * MINUTE:
        return _counted(round(seconds), "second")
    hours, minutes = divmod(round(seconds / MINUTE), HOUR // MINUTE)
    words = [_counted(hours, "hour")] if hours else []
    return " ".join([*words, _counted(minutes, "minute")] if minutes else words)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _line(part: RecomputedPart, told: Mapping[str, progress.Progress]) -> PartLine:
    said = told.get(part_name(part.pk))
    done = part.months if part.finished_at else int(said.words) if said else 0
    return PartLine(part, part_words(part), done, said is not None)


def part_words(part: RecomputedPart) -> str:
    """Name a part: its study, or the engagement whose studies it takes together."""
    if part.study is not None:
        return str(part.study)
    return f"{part.engagement}, its studies together"


def _seconds(row: Recomputation, parts: Iterable[RecomputedPart], now: datetime) -> float:
    """Return how long workers have been at it: from the first part begun until the end or now."""
    begun = [part.begun_at for part in parts if part.begun_at]
    if not begun:
        return 0.0
    end = row.finished_at or row.cancelled_at or now
    return max((end - min(begun)).total_seconds(), 0.0)
