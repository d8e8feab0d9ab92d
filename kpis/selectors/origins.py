"""Which files the rows of a comparison stand in, on both sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kpis.models import Check, Comparison, SubmittedFile
from kpis.selectors.differing import Place, RowLine


@dataclass(frozen=True)
class Origin:
    """A place in words: file, sheet and row. `pk` is the file's, 0 where it is not known."""

    pk: int
    name: str
    sheet: str
    row: int


@dataclass(frozen=True)
class NamedLine:
    """A row with the places it stands in, before and after."""

    line: RowLine
    before: Origin | None
    after: Origin | None


@dataclass(frozen=True)
class Origins:
    """The files of both sides, in the order in which their rows name them."""

    before: tuple[tuple[int, str], ...]
    after: tuple[tuple[int, str], ...]

    def named(self, lines: Iterable[RowLine]) -> tuple[NamedLine, ...]:
        """Return the rows with their places in words."""
        return tuple(
            NamedLine(line, self.place("before", line.before), self.place("after", line.after))
            for line in lines
        )

    def place(self, side: str, place: Place | None) -> Origin | None:
        """Return a place in words, None for none."""
        if place is None:
            return None
        files = self.before if side == "before" else self.after
        pk, name = files[place.file] if place.file < len(files) else (0, "")
        return Origin(pk, name, place.sheet, place.row)


def origins_of(user: Any, comparison: Comparison) -> Origins:
    """Return the files of a comparison; two statements."""
    last = (
        Check.objects.visible_to(user).filter(submission=comparison.against).order_by("-pk").first()
        if comparison.against
        else None
    )
    before = last.file_ids if last else []
    after = comparison.check_made.file_ids
    rows = SubmittedFile.objects.visible_to(user).filter(pk__in=[*before, *after])
    names = dict(rows.values_list("pk", "name"))
    sides = (tuple((pk, names.get(pk, "")) for pk in side) for side in (before, after))
    return Origins(*sides)
