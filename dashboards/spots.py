"""A spot: one KPI for one scope and month, as a table or heatmap shows it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.fractions import brief_value, fraction_words, shown_value
from dashboards.movement import Movement, movement
from dashboards.selectors.due import ACCEPTED, AWAITED, IN_REVIEW, NOT_ASKED, Due
from dashboards.selectors.runs import Reading
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus

# Worst first; what is missing before what is fine, and what cannot be judged after both.
SEVERITY = {
    RagStatus.RED: 0,
    RagStatus.AMBER: 1,
    RagStatus.MISSING: 2,
    RagStatus.GREEN: 3,
    RagStatus.INSUFFICIENT: 4,
    RagStatus.NOT_APPLICABLE: 5,
    RagStatus.UNAVAILABLE: 6,
    RagStatus.NOT_DELEGATED: 7,
}

STEADY = Movement()
WAIVED = "waived"


@dataclass(frozen=True)
class Spot:
    """Plain texts for a cell; `status` is a RagStatus, or "" while the file is awaited.

    `series` are the last values, oldest first, None where a month has none. `note` says in a few
    words why there is no value, or what stands behind the one there is; `why` says it in full.
    `brief` is the value for a narrow cell.
    """

    slug: str
    name: str
    status: str
    engagement_id: int
    study_id: int | None = None
    country: str = ""
    value: str = ""
    brief: str = ""
    fraction: str = ""
    number: float | None = None
    moved: Movement = STEADY
    series: tuple[float | None, ...] = ()
    note: str = ""
    before: str = ""
    why: str = ""

    @property
    def severity(self) -> tuple[int, float]:
        """Sort key: worst status first, then the larger value."""
        place = SEVERITY[RagStatus(self.status)] if self.status else 5
        return place, -(self.number or 0.0)

    @property
    def delegated(self) -> bool:
        """True where the KPI applies."""
        return self.status != RagStatus.NOT_DELEGATED

    @property
    def judged(self) -> bool:
        """True where the KPI has limits or is owed: what counts among “KPIs within limits”."""
        return self.delegated and self.status not in ("", RagStatus.NOT_APPLICABLE)


def spot_of(
    definition: KpiDefinition,
    by_month: Mapping[date, Reading],
    months: Sequence[date],
    *,
    engagement_id: int,
    study_id: int | None = None,
    applies: bool = True,
    due: Sequence[Due] = (),
) -> Spot:
    """Show the last of `months`; without a result it is missing, awaited or not delegated.

    Never the colour of an earlier month.
    """
    return spot_at(
        definition,
        by_month.get(months[-1]),
        before=by_month.get(months[-2]) if len(months) > 1 else None,
        series=tuple(one.value if (one := by_month.get(month)) else None for month in months),
        engagement_id=engagement_id,
        study_id=study_id,
        applies=applies,
        due=due,
    )


def spot_at(
    definition: KpiDefinition,
    reading: Reading | None,
    *,
    before: Reading | None,
    series: tuple[float | None, ...],
    engagement_id: int,
    study_id: int | None = None,
    applies: bool = True,
    due: Sequence[Due] = (),
) -> Spot:
    """Show one result beside that of the month before, at the end of the months' values."""
    common = {
        "slug": definition.slug,
        "name": definition.short_name,
        "engagement_id": engagement_id,
        "study_id": study_id,
        "series": series,
        "before": before.rag if before else "",
    }
    if reading is None:
        status, note = absent(due, applies, definition.slug)
        return Spot(status=status, note=note, **common)  # type: ignore[arg-type]  # plain texts
    if reading.missing or reading.waived:
        note = WAIVED if reading.waived else _late(due) or "no data"
        return Spot(status=reading.rag, note=note, why=reading.why or "", **common)  # type: ignore[arg-type]  # plain texts
    return Spot(
        status=reading.rag,
        country=reading.country,
        value=shown_value(definition, reading.value, reading.longest_open),
        brief=brief_value(definition, reading.value, reading.longest_open),
        fraction=fraction_words(definition, reading.numerator, reading.denominator),
        number=reading.value,
        moved=movement(definition, reading.value, before.value if before else None),
        note=_note(reading, definition, due),
        **common,  # type: ignore[arg-type]  # plain texts
    )


def absent(due: Sequence[Due], applies: bool, slug: str) -> tuple[str, str]:
    """Return the status of a KPI without a result, and a few words why."""
    if not applies:
        return RagStatus.NOT_DELEGATED.value, ""
    if not due:
        return RagStatus.MISSING.value, "due and not there"
    asked = [one for one in due if one.asks(slug)]
    if not asked:
        waived = any(one.entry.waives(slug) for one in due)
        return RagStatus.NOT_APPLICABLE.value, WAIVED if waived else "not asked for"
    due = asked
    states = {one.state for one in due}
    if states == {ACCEPTED}:
        return "", "being computed"
    if AWAITED in states:
        return "", f"due by {due[0].due_by.day} {due[0].due_by:%b}"
    if IN_REVIEW in states and not due[0].entry.passed:
        return "", "in review"
    return RagStatus.MISSING.value, _late(due) or "due and not there"


def _late(due: Sequence[Due]) -> str:
    """Say how late, or that it waits for the sponsor."""
    if any(one.missing for one in due):
        return next(one.late for one in due if one.missing)
    return "in review" if any(one.state == IN_REVIEW for one in due) else ""


def _note(reading: Reading, definition: KpiDefinition, due: Sequence[Due]) -> str:
    if reading.rag == RagStatus.INSUFFICIENT:
        return f"fewer than {definition.minimum_denominator}"
    due = [one for one in due if one.state != NOT_ASKED]
    absent = sum(one.missing for one in due)
    if absent:
        return f"{len(due) - absent} of {len(due)} files"
    return "no limit set" if reading.rag == RagStatus.NOT_APPLICABLE else ""
