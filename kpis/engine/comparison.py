"""How a definition wants its units compared; the arithmetic is in `statistics/funnel.py`."""

from dataclasses import dataclass

from kpis.engine.terms import Sides


@dataclass(frozen=True)
class Comparison:
    """To which sides units are compared, and from which numerator on, beside the minimum.

    A definition without one compares to both sides.
    """

    sides: Sides = Sides.BOTH
    minimum_numerator: int | None = None
