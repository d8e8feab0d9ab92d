"""What nobody has said anything about on one study."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from studies.models import Function, Study
from studies.selectors.study_functions import FunctionParties, functions_of_study
from studies.selectors.taxonomy import usable
from vendors.register.pages import number_of


@dataclass(frozen=True)
class Unconfirmed:
    """Functions, then obligations, that are retained by default on a day."""

    functions: tuple[FunctionParties, ...]
    obligations: tuple[FunctionParties, ...]

    def __len__(self) -> int:
        return len(self.functions) + len(self.obligations)

    @property
    def groups(self) -> tuple[tuple[str, tuple[FunctionParties, ...]], ...]:
        """Both under their headings."""
        return (("Functions", self.functions), ("Obligations", self.obligations))


def unconfirmed(*, user: Any, study: Study, on: date) -> Unconfirmed:
    """Return what is retained by default for the sponsor's own people; four statements."""
    found = {
        kind: tuple(
            row
            for row in functions_of_study(user=user, study=study, own=True, today=on, kind=kind)
            if row.by_default
        )
        for kind in (Function.Kind.FUNCTION, Function.Kind.OBLIGATION)
    }
    return Unconfirmed(found[Function.Kind.FUNCTION], found[Function.Kind.OBLIGATION])


def chosen(*, user: Any, study: Study, keys: Iterable[str]) -> tuple[Function, ...]:
    """Return those of the functions named by number that this study may keep."""
    numbers = {number for key in keys if (number := number_of(key)) is not None}
    return tuple(
        function
        for kind in Function.Kind.values
        for function in usable(user, {study.sponsor_id}, kind).filter(pk__in=numbers)
    )
