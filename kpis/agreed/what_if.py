"""What other limits would have changed: past results judged again, none of them touched. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kpis.agreed.judging import judged_by
from kpis.engine.definition import KpiDefinition, Limits
from kpis.engine.rag import outcome_status
from kpis.engine.shapes import Outcome
from kpis.engine.terms import RagStatus
from kpis.engine.wording import outcome_words
from kpis.models import KpiResult

COLOURS = (RagStatus.GREEN, RagStatus.AMBER, RagStatus.RED, RagStatus.INSUFFICIENT)


@dataclass(frozen=True)
class Judged:
    """One past result with the colour it had and the one that it would have had."""

    engagement: str
    study: str
    period: date
    value: str
    before: str
    after: str

    @property
    def changes(self) -> bool:
        """Tell whether the colour would have been another one."""
        return self.before != self.after


def judged_again(
    definition: KpiDefinition, limits: Limits | None, results: Iterable[KpiResult]
) -> tuple[Judged, ...]:
    """Judge results by `limits`, or by the definition's own; what has no colour is left out.

    The results need engagement and study at hand. One that is only known to exceed a number keeps
    that rule: it can turn red, never green.
    """
    found = []
    for one in results:
        if one.rag not in COLOURS:
            continue
        outcome = Outcome(
            one.numerator, one.denominator, one.value, {}, one.detail.get("longest_open")
        )
        after = outcome_status(outcome, judged_by(definition, limits)).value
        found.append(
            Judged(
                engagement=str(one.engagement),
                study=one.study.protocol_number if one.study else "",
                period=one.period_start,
                value=outcome_words(outcome, definition.unit),
                before=one.rag,
                after=after,
            )
        )
    return tuple(found)
