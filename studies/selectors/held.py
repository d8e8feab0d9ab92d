"""Who holds a function on a study on a day, place by place: the answers in plain values for pages.

Only the sponsor's own people are told what is retained by default; others see what is theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from studies.answers import EVERYWHERE, Answer, Holding, answers
from studies.selectors.parties import Party
from vendors.regions import region_label


@dataclass(frozen=True)
class Held:
    """One answer: where, how, by which records. `place` is empty where no region differs."""

    region: str
    place: str
    holding: Holding
    parties: tuple[Party, ...]

    @property
    def by_default(self) -> bool:
        """Nobody has said who does it here."""
        return self.holding == Holding.BY_DEFAULT

    @property
    def overlap(self) -> bool:
        """Records contradict each other here."""
        return self.holding == Holding.OVERLAP


def held(
    parties: Iterable[Party], *, on: date, own: bool, region: str | None = None
) -> tuple[Held, ...]:
    """Return one answer for each place of a day, or for the one region asked about.

    `own`: the reader is of the sponsor. Others get no answer where they have no record.
    """
    asked = None if region is None else (region,)
    found: dict[str, Answer[Party]] = answers(tuple(parties), on=on, regions=asked)
    several = len(found) > 1 or any(place != EVERYWHERE for place in found)
    return tuple(
        Held(
            region=place,
            place=_place(place) if several and region is None else "",
            holding=answer.holding,
            parties=answer.records,
        )
        for place, answer in found.items()
        if own or answer.records
    )


def _place(region: str) -> str:
    return region_label(region) if region else "elsewhere"
