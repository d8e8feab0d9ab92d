"""A spot: one KPI for one scope and month, as a table or heatmap shows it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.movement import Movement, movement
from dashboards.selectors.due import AWAITED, Due
from dashboards.selectors.runs import Reading
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus
from kpis.engine.wording import number_words, value_words

# Worst first, and what is missing before what is fine.
SEVERITY = {
    RagStatus.RED: 0,
    RagStatus.AMBER: 1,
    RagStatus.MISSING: 2,
    RagStatus.INSUFFICIENT: 3,
    RagStatus.GREEN: 4,
    RagStatus.NOT_APPLICABLE: 5,
    RagStatus.UNAVAILABLE: 6,
    RagStatus.NOT_DELEGATED: 7,
}

STEADY = Movement()


@dataclass(frozen=True)
class Spot:
    """Plain texts for a cell; `status` is a RagStatus, or "" while the month is not over.

    `series` are the last values, oldest first, None where a month has none. `note` says in a few
    words why there is no value, or what stands behind the one there is.
    """

    slug: str
    name: str
    status: str
    engagement_id: int
    study_id: int | None = None
    country: str = ""
    value: str = ""
    fraction: str = ""
    number: float | None = None
    moved: Movement = STEADY
    series: tuple[float | None, ...] = ()
    note: str = ""
    before: str = ""

    @property
    def severity(self) -> tuple[int, float]:
        """Sort key: worst status first, then the larger value."""
        place = SEVERITY[RagStatus(self.status)] if self.status else 5
        return place, -(self.number or 0.0)


def spot_of(
    definition: KpiDefinition,
    by_month: Mapping[date, Reading],
    months: Sequence[date],
    *,
    engagement_id: int,
    study_id: int | None = None,
    due: Sequence[Due] = (),
    always_due: bool = False,
) -> Spot:
    """Show the last of `months`; without a result it is missing, awaited or not delegated.

    Never the colour of an earlier month. `always_due` is for scopes below a study, which exist
    only where results are.
    """
    period = months[-1]
    reading = by_month.get(period)
    before = by_month.get(months[-2]) if len(months) > 1 else None
    series = tuple(one.value if (one := by_month.get(month)) else None for month in months)
    common = {
        "slug": definition.slug,
        "name": definition.short_name,
        "engagement_id": engagement_id,
        "study_id": study_id,
        "series": series,
        "before": before.rag if before else "",
    }
    if reading is None:
        status, note = _absent(due, always_due)
        return Spot(status=status, note=note, **common)  # type: ignore[arg-type]  # plain texts
    absent = sum(one.missing for one in due)
    return Spot(
        status=reading.rag,
        country=reading.country,
        value=value_words(reading.value, definition.unit),
        fraction=fraction_words(reading.numerator, reading.denominator),
        number=reading.value,
        moved=movement(definition, reading.value, before.value if before else None),
        note=_note(reading, definition, absent, len(due)),
        **common,  # type: ignore[arg-type]  # plain texts
    )


def fraction_words(numerator: float | None, denominator: float | None) -> str:
    """Write numerator and denominator: 412 of 2,239."""
    return f"{number_words(numerator)} of {number_words(denominator)}"


def _absent(due: Sequence[Due], always_due: bool) -> tuple[str, str]:
    if not due and not always_due:
        return RagStatus.NOT_DELEGATED.value, ""
    if due and all(one.state == AWAITED for one in due):
        last = due[0].due_after
        return "", f"due after {last.day} {last:%b}"
    in_review = any(one.state == "in review" for one in due)
    return RagStatus.MISSING.value, "in review" if in_review else "due and not there"


def _note(reading: Reading, definition: KpiDefinition, absent: int, files: int) -> str:
    if reading.rag == RagStatus.INSUFFICIENT:
        return f"fewer than {definition.minimum_denominator}"
    return f"{files - absent} of {files} files" if absent else ""
