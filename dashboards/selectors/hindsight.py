"""Earlier months as the newest listing tells them, beside what was reported then.

A listing that names closed cases too holds the past: what was open at each earlier cut-off can be
counted again from it. Where that differs, cases were added later, are no longer listed, or had
their days changed. The results on record stay what they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.findings import plural
from dashboards.selectors.kpi import KpiView
from dashboards.selectors.runs import Reading
from dashboards.selectors.sources import Part
from kpis.engine.ageing_months import month_ends
from kpis.engine.formulas import formula_of
from kpis.engine.wording import number_words, value_words
from oversight import storage


@dataclass(frozen=True)
class PastMonth:
    """One earlier month: as reported, and as it is listed now. Ages in days."""

    month: date
    reported: Reading
    open: int
    old: int
    share: str
    median_age: str
    p90_age: str

    @property
    def differs(self) -> bool:
        """True where other cases, or older ones, are listed as open then than were reported."""
        return (self.open, self.old) != (self.reported.denominator, self.reported.numerator)


@dataclass(frozen=True)
class Hindsight:
    """The earlier months, newest first."""

    months: tuple[PastMonth, ...]

    @property
    def title(self) -> str:
        """Say in how many months the newest listing differs from what was reported."""
        changed, of = sum(one.differs for one in self.months), plural(len(self.months), "month")
        if not changed:
            return "The newest listing agrees with what was reported before"
        return f"{changed} of {of} before {'is' if changed == 1 else 'are'} listed otherwise by now"


def hindsight(view: KpiView) -> Hindsight | None:
    """Count the earlier months again, each at its own cut-off.

    None for another formula, without earlier results, and for a listing that tells nothing of the
    past: one that names no more cases than are open, or that is put together from several files.
    Raises storage.SealBroken for a table that was altered.
    """
    part, months = _part(view), _earlier(view)
    if part is None or not months:
        return None
    parameters: Any = formula_of(view.definition)[1]
    found = month_ends(
        storage.fetch_verified(part.tables[parameters.listing]),
        parameters,
        by=(),
        cutoffs=[one.cutoff_date for one in months.values()],
    )
    old, share = (of[parameters.older_than] for of in (found.older_than, found.share_over))
    columns = (found.open, old, share, found.median_age, found.p90_age)
    figures = zip(*(column[:, 0].tolist() for column in columns), strict=True)
    return Hindsight(
        tuple(
            PastMonth(
                *(month, reported, standing, beyond),
                share=value_words(percent, view.definition.unit),
                median_age=number_words(median, decimals=1),
                p90_age=number_words(p90, decimals=1),
            )
            for (month, reported), (standing, beyond, percent, median, p90) in zip(
                months.items(), figures, strict=True
            )
        )
    )


def _earlier(view: KpiView) -> Mapping[date, Reading]:
    found = ((month, view.by_month.get(month)) for month in reversed(view.months))
    return {
        month: one
        for month, one in found
        if one is not None and not one.missing and month < view.period
    }


def _part(view: KpiView) -> Part | None:
    """Return the submission that alone supplies a study's listing, if it names closed cases too."""
    if view.definition.formula != "stock_ageing" or view.scope.country or not view.of_study:
        return None
    listing = str(view.definition.parameters["listing"])
    part = next((part for part in view.parts if listing in part.tables), None)
    if part is None or part.names is not None or view.reading is None:
        return None
    return part if part.rows[listing] > (view.reading.denominator or 0) else None
