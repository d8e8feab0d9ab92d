"""The proof: each stored run is computed again from its sealed tables and held against itself.

With the definitions and limits as they were used. Nothing is stored but what differs.
"""

from collections.abc import Iterator

from kpis.models import CurrentRun, RecomputedPart, SnapshotRun
from kpis.recomputing.found import Month
from kpis.recomputing.parts import runs_of, within
from kpis.snapshots.again import Difference, NothingCame, NotRebuilt, again, differences


def months(part: RecomputedPart) -> Iterator[Month]:
    """Yield each month of the part as it came out."""
    rows = runs_of(part.recomputation).filter(within(part))
    pointers: list[CurrentRun] = list(rows.select_related("run__study"))
    for pointer in pointers:
        month = _month(pointer.run)
        if month is not None:
            yield month


def _month(run: SnapshotRun) -> Month | None:
    whose = (run.engagement_id, run.study_id, run.period_start)
    try:
        found = again(run)
    except NothingCame:
        return None
    except NotRebuilt as error:
        return Month(*whose, not_possible=str(error))
    differing = differences(run, found)
    results = len(found.outcomes) + (0 if found.sites is None else len(found.sites))
    return Month(*whose, results, bool(differing), tuple(map(_kept, differing)))


def _kept(one: Difference) -> dict[str, object]:
    return {
        "slug": one.slug,
        "country": one.country,
        "site": one.site,
        "what": one.what,
        "stored": one.stored,
        "computed": one.computed,
    }
