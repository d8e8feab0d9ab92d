"""Rows go in, each reason takes rows out, and what is left counts."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from kpis.engine.shapes import Array


class Role(StrEnum):
    """What the rows of a step are for."""

    DENOMINATOR = "denominator"
    NUMERATOR = "numerator"
    BOTH = "both"  # the same rows are above and below the line, or there is no line


@dataclass(frozen=True)
class LeftOut:
    """Rows that were left out, and why; never a row that an earlier reason took."""

    words: str
    mask: Array

    @property
    def count(self) -> int:
        """Return how many."""
        return int(self.mask.sum())


@dataclass(frozen=True)
class Step:
    """`start` less all that was left out is `kept`, as masks over one listing as it was given.

    `follows` says that it starts from the rows of the denominator. `weighs` says what a kept row
    adds to `total`, empty where each counts as one.
    """

    role: Role
    listing: str
    start: Array
    left_out: tuple[LeftOut, ...]
    kept: Array
    weighs: str
    total: Any
    follows: bool


class Sieve:
    """A step while it is being made."""

    def __init__(
        self, listing: str, table: pd.DataFrame, start: Array, *, follows: bool = False
    ) -> None:
        self.listing, self.table, self.follows = listing, table, follows
        self.start, self.kept = start, start.copy()
        self.left_out: list[LeftOut] = []

    def drop(self, words: str, rows: Array) -> None:
        """Leave out these rows, as far as they are still in."""
        if words in {one.words for one in self.left_out} and not (self.kept & rows).any():
            return  # the same condition stands on both sides of a comparison
        self.left_out.append(LeftOut(words, self.kept & rows))
        self.kept = self.kept & ~rows

    def keep(self, words: str, rows: Array) -> None:
        """Leave out all but these rows."""
        self.drop(words, ~rows)

    def then(self) -> "Sieve":
        """Begin the next step with the rows that are left."""
        return Sieve(self.listing, self.table, self.kept, follows=True)

    def step(self, role: Role, *, weighs: str = "", weight: Array | None = None) -> Step:
        """End the step; `weight` is what each row of the table adds, one without it."""
        kept = self.kept
        total = int(kept.sum()) if weight is None else weight[kept].sum()
        return Step(
            role=role,
            listing=self.listing,
            start=self.start,
            left_out=tuple(self.left_out),
            kept=kept,
            weighs=weighs,
            total=np.asarray(total).item(),
            follows=self.follows,
        )
