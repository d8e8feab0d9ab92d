"""How sure and how fresh: files accepted of those due, cut-offs, time of computing, versions."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboards.selectors.due import ACCEPTED, AWAITED, IN_REVIEW, NOT_SENT, Due
from dashboards.selectors.picture import Picture
from dashboards.selectors.runs import Reading

# One tile per file: solid, outlined, hatched.
TILES = {ACCEPTED: "", IN_REVIEW: "part", AWAITED: "part", NOT_SENT: "none"}
NAMED = 2
ORDER = (ACCEPTED, IN_REVIEW, AWAITED, NOT_SENT)


@dataclass(frozen=True)
class Files:
    """Counts of files by where they stand, and a tile for each."""

    total: int
    accepted: int
    in_review: int
    not_sent: int
    awaited: int
    tiles: tuple[str, ...]


@dataclass(frozen=True)
class Stamp:
    """What stands on every page with numbers."""

    files: Files
    cutoffs: tuple[date, ...]
    computed_at: datetime | None
    versions: tuple[str, ...]


def files_of(due: Sequence[Due]) -> Files:
    """Count files by where they stand; one that is not asked for counts nowhere."""
    counts = Counter(one.state for one in due)
    return Files(
        total=sum(counts[state] for state in ORDER),
        accepted=counts[ACCEPTED],
        in_review=counts[IN_REVIEW],
        not_sent=counts[NOT_SENT],
        awaited=counts[AWAITED],
        tiles=tuple(TILES[state] for state in ORDER for _ in range(counts[state])),
    )


def stamp_of(shown: Picture) -> Stamp:
    """Return the stamp of a page; of a study's page with its countries, whose runs are the same."""
    found = [
        (run, versions)
        for run in shown.results.runs
        if run.period == shown.period and (versions := shown.results.of_run[run.id].versions)
    ]
    return _stamp(
        cutoffs={run.cutoff_date for run, _ in found},
        computed_at=max((run.computed_at for run, _ in found), default=None),
        versions=frozenset().union(*(versions for _, versions in found)),
        due=shown.due,
    )


def readings_stamp(found: Sequence[Reading], due: Sequence[Due]) -> Stamp:
    """Return the stamp of some results and of the files due for them."""
    return _stamp(
        cutoffs={one.cutoff_date for one in found},
        computed_at=max((one.computed_at for one in found), default=None),
        versions={(one.slug, one.version) for one in found},
        due=due,
    )


def _stamp(
    *,
    cutoffs: Collection[date],
    computed_at: datetime | None,
    versions: Collection[tuple[str, int]],
    due: Sequence[Due],
) -> Stamp:
    ends = sorted({min(cutoffs), max(cutoffs)}) if cutoffs else []
    return Stamp(
        files=files_of(due),
        cutoffs=tuple(ends),
        computed_at=computed_at,
        versions=_versions(sorted(versions)),
    )


def _versions(found: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Name the definitions used; of many, their number and those beyond version 1."""
    if len(found) <= NAMED:
        return tuple(f"{slug} version {version}" for slug, version in found)
    later = [f"{slug} version {version}" for slug, version in found if version > 1]
    return (f"{len(found)} definitions" + ("" if later else ", version 1"), *later[:NAMED])
