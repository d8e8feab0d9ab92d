"""Words that several findings share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from studies.coverage.facts import Facts, Held, StudyFact, Work
from vendors.regions import region_label


def day(value: date) -> str:
    """Return a date as it stands in a sentence."""
    return f"{value:%-d %b %Y}"


def joined(names: Iterable[str]) -> str:
    """Return names as "A", "A and B" or "A, B and C"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def somewhere(region: str) -> str:
    """Return " in Europe", or nothing for everywhere."""
    return f" in {region_label(region)}" if region else ""


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


@dataclass(frozen=True)
class Names:
    """The studies and functions of the facts by number; `own`: those of the reader's sponsor."""

    studies: Mapping[int, StudyFact]
    works: Mapping[int, Work]
    own: frozenset[int]

    @classmethod
    def of(cls, facts: Facts) -> "Names":
        """Gather them from the facts."""
        return cls(
            {study.pk: study for study in facts.studies},
            {work.pk: work for work in facts.works},
            frozenset(study.pk for study in facts.studies if study.own),
        )

    def known(self, held: Held) -> bool:
        """Say whether study and function of a delegation are among the facts."""
        return held.study in self.studies and held.function in self.works

    def ours(self, held: Held) -> bool:
        """Say whether a delegation to a CRO is on a study of the reader's own sponsor."""
        return held.moved and held.study in self.own and held.function in self.works


def extent(names: Names, held: Iterable[Held]) -> str:
    """Say how much rests on something: "Site management on NWT-204", "3 functions on 2 studies"."""
    cells = {(one.study, one.function) for one in held}
    studies, functions = ({cell[place] for cell in cells} for place in (0, 1))
    where = counted(len(studies), "study", "studies")
    if len(studies) == 1:
        where = names.studies[studies.pop()].protocol_number
    if len(functions) == 1:
        return f"{names.works[functions.pop()].name} on {where}"
    duties = sum(names.works[pk].obligation for pk in functions)
    found = (
        (len(functions) - duties, "function", "functions"),
        (duties, "obligation", "obligations"),
    )
    return f"{joined(counted(*one) for one in found if one[0])} on {where}"
