"""What the KPIs would show if a submission were accepted as it is. Nothing is stored.

The same inputs, engine and limits as a real computation; other studies' accepted files go into the
results of the engagement as a whole.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from kpis.agreed.judging import judged_by
from kpis.due import by_study
from kpis.engine.definition import KpiDefinition
from kpis.models import KpiResult, Submission, SubmittedTable
from kpis.snapshots.inputs import Inputs, Part
from kpis.snapshots.outcomes import Scored, scored
from kpis.snapshots.scopes import scopes_with
from studies.models import Study

Scope = tuple[str, int | None]


@dataclass(frozen=True)
class Draft(Part):
    """The submission under check: its tables as they were just read."""

    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def sent(self) -> list[SubmittedTable]:
        """Return the tables by name; none of them is stored."""
        return [SubmittedTable(listing=listing) for listing in sorted(self.frames)]

    def opened(self, table: SubmittedTable) -> pd.DataFrame:
        """Return the rows; what is done to them stays outside."""
        return self.frames[table.listing].copy(deep=False)


def colours_of(
    submission: Submission,
    frames: Mapping[str, pd.DataFrame],
    *,
    cutoff_date: date,
    against: Submission | None,
) -> list[dict[str, Any]]:
    """Return each KPI and scope that acceptance would compute, beside the last accepted result.

    {slug, version, study, scope, before, after}: `study` is a key or None for all studies, `scope`
    names it; each side has value, rag, numerator, denominator, bound and version, `before` is None
    where nothing stands. `bound` is given where a value is only known to lie above it.
    """
    draft = copy(submission)
    draft.data_cutoff_date, draft.period_start = cutoff_date, cutoff_date.replace(day=1)
    inputs = scopes_with(Draft(draft, frames=frames), period=draft.period_start)
    studies = [one.study_id for one in inputs if one.study_id is not None]
    names = dict(Study.objects.filter(pk__in=studies).values_list("pk", "protocol_number"))
    alone = len(studies) == 1 and all(len(one.parts) == 1 for one in inputs)
    before = _standing(submission, against)
    found = []
    for one in inputs:
        tables = one.tables()
        for definition in one.definitions:
            if one.study_id is None and alone and by_study(definition):
                continue  # the one study says it already
            after = _computed(definition, one, tables)
            found.append(
                {
                    "slug": definition.slug,
                    "version": definition.version,
                    "study": one.study_id,
                    "scope": names[one.study_id] if one.study_id else "all studies",
                    "before": before.get((definition.slug, one.study_id)),
                    "after": _side(after, definition),
                }
            )
    return found


def _computed(
    definition: KpiDefinition, inputs: Inputs, tables: Mapping[str, pd.DataFrame]
) -> Scored:
    window = {"cutoff_date": inputs.cutoff_date, "period_start": inputs.period_start}
    definition = judged_by(definition, inputs.limits.get(definition.slug))
    return next(iter(scored(definition, tables, with_countries=False, **window)))


def _side(found: Scored, definition: KpiDefinition) -> dict[str, Any]:
    outcome = found.outcome
    return {
        "value": outcome.value,
        "rag": found.rag.value,
        "numerator": outcome.numerator,
        "denominator": outcome.denominator,
        "bound": outcome.lower_bound,
        "version": definition.version,
    }


def _standing(submission: Submission, against: Submission | None) -> dict[Scope, dict[str, Any]]:
    """Return the current results of the month compared with, by KPI and study; one statement."""
    if against is None or against.period_start is None:
        return {}
    rows = KpiResult.objects.filter(
        run__current__isnull=False,
        engagement=submission.engagement_id,
        period_start=against.period_start,
        country="",
    ).values_list(
        "definition__slug",
        "study_id",
        "value",
        "rag",
        "numerator",
        "denominator",
        "detail__longest_open",
        "definition__version",
    )
    return {
        (slug, study): {
            "value": value,
            "rag": rag,
            "numerator": numerator,
            "denominator": denominator,
            "bound": longest if value is None else None,
            "version": version,
        }
        for slug, study, value, rag, numerator, denominator, longest, version in rows
    }
