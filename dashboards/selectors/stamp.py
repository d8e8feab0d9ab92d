"""How sure and how fresh: files accepted of those due, cut-offs, time of computing, versions."""

from collections.abc import Sequence
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
    counts = {state: sum(one.state == state for one in due) for state in ORDER}
    return Files(
        total=sum(counts.values()),
        accepted=counts[ACCEPTED],
        in_review=counts[IN_REVIEW],
        not_sent=counts[NOT_SENT],
        awaited=counts[AWAITED],
        tiles=tuple(TILES[state] for state in ORDER for _ in range(counts[state])),
    )


def stamp_of(shown: Picture) -> Stamp:
    """Return the stamp of a page."""
    return readings_stamp(shown.current, shown.due)


def readings_stamp(found: Sequence[Reading], due: Sequence[Due]) -> Stamp:
    """Return the stamp of some results and of the files due for them."""
    cutoffs = sorted({one.cutoff_date for one in found})
    versions = sorted({(one.slug, one.version) for one in found})
    return Stamp(
        files=files_of(due),
        cutoffs=(cutoffs[0], cutoffs[-1]) if len(cutoffs) > 1 else tuple(cutoffs),
        computed_at=max((one.computed_at for one in found), default=None),
        versions=_versions(versions),
    )


def _versions(found: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Name the definitions used; of many, their number and those beyond version 1."""
    if len(found) <= NAMED:
        return tuple(f"{slug} version {version}" for slug, version in found)
    later = [f"{slug} version {version}" for slug, version in found if version > 1]
    return (f"{len(found)} definitions" + ("" if later else ", version 1"), *later[:NAMED])
