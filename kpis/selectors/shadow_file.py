"""A shadow run as a file: every month by both versions, one line each."""

from typing import Any

from kpis.definitions import definition_from
from kpis.models import ShadowRun
from kpis.selectors.shadow_rows import rows_beside
from kpis.shadow.beside import Beside, Figures

SIDES = ("Version", "Numerator", "Denominator", "Value", "Colour")
HEAD = (
    "Month",
    "CRO",
    "Engagement",
    "Study",
    *(f"{name} on record" for name in SIDES),
    *(f"{name} of the shadow run" for name in SIDES),
    "Changes colour",
    "Why it has no value",
)


def file_rows(user: Any, run: ShadowRun) -> tuple[tuple[Any, ...], ...]:
    """Return the lines under `HEAD`, as far as `user` may see them; one statement."""
    rows = rows_beside(user, run, definition_from(run.content).unit)
    return tuple(_line(one) for one in rows)


def _line(one: Beside) -> tuple[Any, ...]:
    return (
        one.period,
        one.vendor,
        one.engagement,
        one.study,
        *_side(one.before),
        *_side(one.after),
        "yes" if one.changes else "no",
        one.why,
    )


def _side(figures: Figures) -> tuple[Any, ...]:
    return (
        figures.version,
        figures.numerator,
        figures.denominator,
        figures.value,
        figures.rag,
    )
