"""Computing a stored run again, without storing anything.

`inputs_of` rebuilds what the run was computed from, `again` computes, `differences` compares. The
computation is the very one that stored the results (`computing.computed`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from kpis.engine.definition import KpiDefinition
from kpis.models import SnapshotRun
from kpis.snapshots.computing import about_others, computed
from kpis.snapshots.differing import Difference as Difference
from kpis.snapshots.differing import differing, sites_differing
from kpis.snapshots.outcomes import Scored
from kpis.snapshots.rebuilding import KeptInputs, inputs_of
from kpis.snapshots.rebuilding import NothingCame as NothingCame
from kpis.snapshots.rebuilding import NotRebuilt as NotRebuilt
from oversight.storage import SealBroken


@dataclass(frozen=True)
class Again:
    """The outcomes by (slug, country), country "" for the scope as a whole; the table by site.

    `slugs` are the KPIs that were computed; `sites` is None for the roll-up over an engagement;
    `rows` are those of each listing that was opened.
    """

    inputs: KeptInputs
    slugs: frozenset[str]
    outcomes: Mapping[tuple[str, str], Scored]
    sites: pd.DataFrame | None
    rows: Mapping[str, int]


def again(
    run: SnapshotRun,
    *,
    slugs: Collection[str] | None = None,
    definitions: Iterable[KpiDefinition] = (),
    inputs: KeptInputs | None = None,
) -> Again:
    """Compute the run again from its own inputs; nothing is stored. Raises NotRebuilt.

    `slugs` narrows it to these KPIs and opens only what they read. `definitions` take the place of
    those used, by slug: another version on the same rows, judged by the limits agreed then, if
    there were any. `inputs` spares rebuilding them a second time.
    """
    inputs = inputs or inputs_of(run)
    instead = {one.slug: one for one in definitions}
    used = tuple(instead.get(one.slug, one) for one in inputs.definitions)
    chosen = tuple(one for one in used if slugs is None or one.slug in slugs)
    whole = slugs is None or any(about_others(one) for one in chosen)
    needed = used if whole else chosen
    listings = None if whole else {name for one in chosen for name in one.listings}
    try:
        results = computed(replace(inputs, definitions=needed), inputs.waivers, listings=listings)
    except (SealBroken, FileNotFoundError) as error:
        raise NotRebuilt(f"A listing that this was computed from is not there: {error}") from error
    return Again(
        inputs=inputs,
        slugs=frozenset(one.slug for one in chosen),
        outcomes={
            (definition.slug, one.country): one
            for definition, found in results.found
            if definition in chosen
            for one in found
        },
        sites=results.by_site,
        rows=results.rows,
    )


def differences(run: SnapshotRun, found: Again) -> tuple[Difference, ...]:
    """Return where stored and computed differ, scope before sites; one statement.

    Numbers must be equal to the last bit: the same arithmetic on the same rows has no tolerance.
    """
    return (
        *differing(run, found.outcomes, found.slugs),
        *(() if found.sites is None else sites_differing(run, found.sites, found.slugs)),
    )
