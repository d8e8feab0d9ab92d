"""The functions of one study: who does each now, who did or will, and what nobody confirmed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from studies.models import Function, Study
from studies.selectors.held import Held, held
from studies.selectors.parties import Party, parties_of_studies
from studies.selectors.taxonomy import title_of, usable


@dataclass(frozen=True)
class FunctionParties:
    """One function of one study: who holds it on the day, place by place, and who did or will.

    `by_default`: somewhere no record covers the day, so the sponsor keeps it, unconfirmed.
    """

    function_id: int
    function: str
    held: tuple[Held, ...]
    others: tuple[Party, ...]

    @property
    def current(self) -> tuple[Party, ...]:
        """Return who holds it on the day, wherever."""
        return tuple(party for one in self.held for party in one.parties)

    @property
    def by_default(self) -> bool:
        """Somewhere nobody has said who does it."""
        return any(one.by_default for one in self.held)


def functions_of_study(
    *,
    user: Any,
    study: Study,
    own: bool,
    today: date,
    kind: str = Function.Kind.FUNCTION,
) -> tuple[FunctionParties, ...]:
    """Return each function, or obligation, with its parties on one study; two statements.

    `own`: the reader belongs to the sponsor and sees every function; others see only theirs.
    """
    grouped = parties_of_studies(user=user, study_ids=[study.pk], today=today)
    rows = []
    for function in usable(user, {study.sponsor_id}, kind):
        parties = grouped.get((study.pk, function.pk), [])
        if parties or own:
            rows.append(
                FunctionParties(
                    function_id=function.pk,
                    function=title_of(function),
                    held=held(parties, on=today, own=own),
                    others=tuple(party for party in parties if party.state != "current"),
                )
            )
    return tuple(rows)
