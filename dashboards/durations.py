"""What a duration is about, in words: positions are filled, anything else ends; days or hours."""

from dataclasses import dataclass

from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import Unit
from kpis.engine.wording import NBSP


@dataclass(frozen=True)
class DurationWords:
    """The case, what happens to it at the end, and the step in which time is counted.

    `part` is the share that must have ended, `name` what the value is called.
    """

    case: str
    ended: str
    step: str
    short_step: str
    part: str
    name: str


def duration_words(definition: KpiDefinition) -> DurationWords:
    """Return the words of a KPI of the formula `duration`."""
    hours = definition.unit is Unit.HOURS
    parameters = definition.parameters
    percent = f"{100 * float(str(parameters.get('share', 0.5))):.0f}"
    half = percent == "50"
    quantile = ("half", "median") if half else (f"{percent}{NBSP}%", f"{percent}th percentile")
    step = (*(("hour", "h") if hours else ("day", "d")), *quantile)
    if (parameters.get("listing"), parameters.get("ended")) == ("positions", "started_on"):
        return DurationWords("position", "filled", *step)
    return DurationWords("case", "ended", *step)
