"""What a formula was computed with: what the arithmetic and the terms are written from."""

from dataclasses import dataclass
from typing import Any

from kpis.engine.explaining.sieve import Step
from kpis.engine.shapes import Outcome, Tables, Window


@dataclass(frozen=True)
class Put:
    """The steps, the outcome, the tables as given, and the formula's own parameters."""

    steps: tuple[Step, ...]
    outcome: Outcome
    tables: Tables
    window: Window
    parameters: Any
