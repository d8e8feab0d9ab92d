"""The computation of one run, from its inputs to its outcomes. Nothing is stored here.

What stores results and what computes them again both come through here, so that a difference
between the two is one of inputs, never of method.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from kpis.agreed.judging import judged_by
from kpis.engine.definition import KpiDefinition
from kpis.engine.remembering import remembering
from kpis.own_tables import AGREED_KPIS, agreed_kpis
from kpis.snapshots.inputs import Inputs
from kpis.snapshots.outcomes import Scored, scored, site_rows
from kpis.snapshots.waived import excused


@dataclass(frozen=True)
class Computed:
    """Each definition with its outcomes, the scope as a whole first, and the results by site.

    `by_site` is None for the roll-up over an engagement. `rows` are those of each listing read.
    """

    found: tuple[tuple[KpiDefinition, tuple[Scored, ...]], ...]
    by_site: pd.DataFrame | None
    rows: Mapping[str, int]


def computed(
    inputs: Inputs, waivers: Mapping[str, str], *, listings: Collection[str] | None = None
) -> Computed:
    """Compute every KPI of the inputs; with `listings` only these are opened.

    Raises storage.SealBroken and FileNotFoundError for a table that is not there as it was sealed.
    """
    tables = inputs.tables(listings)
    with remembering():
        return _computed(inputs, tables, waivers)


def _computed(
    inputs: Inputs, tables: Mapping[str, pd.DataFrame], waivers: Mapping[str, str]
) -> Computed:
    window = {"cutoff_date": inputs.cutoff_date, "period_start": inputs.period_start}
    of_study = inputs.study_id is not None
    judged = tuple(judged_by(one, inputs.limits.get(one.slug)) for one in inputs.definitions)

    def outcomes(
        definition: KpiDefinition, tables: Mapping[str, pd.DataFrame]
    ) -> tuple[Scored, ...]:
        found = scored(definition, tables, with_countries=of_study, **window)
        return tuple(excused(definition, found, waivers))

    found = {one.slug: outcomes(one, tables) for one in judged if not about_others(one)}
    if len(found) < len(judged):
        standing = [(one, found[one.slug][0].rag) for one in judged if one.slug in found]
        own = {AGREED_KPIS: agreed_kpis(standing)}
        found |= {one.slug: outcomes(one, own) for one in judged if about_others(one)}
    return Computed(
        found=tuple((own, found[own.slug]) for own in inputs.definitions),
        by_site=site_rows(judged, tables, **window) if of_study else None,
        rows={listing: len(table) for listing, table in tables.items()},
    )


def about_others(definition: KpiDefinition) -> bool:
    """Tell whether a KPI is computed from how the others of the same scope stand."""
    return AGREED_KPIS in definition.listings
