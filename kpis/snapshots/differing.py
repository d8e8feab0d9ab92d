"""What is stored against what was computed again, figure by figure.

Two figures are the same when they are equal to the last bit; there is no tolerance. A figure that
an older version of the application did not keep beside the value is told like any other.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kpis.models import KpiResult, SnapshotRun
from kpis.snapshots.outcomes import Scored
from kpis.submissions.sealing import open_table
from oversight import storage

KEY = ["slug", "site", "country"]
NUMBERS = ("numerator", "denominator", "value")
FIGURES = (*NUMBERS, "rag")
NOTHING = "nothing"


@dataclass(frozen=True)
class Difference:
    """One figure that differs. `site` and `country` are empty for the scope as a whole.

    `what` is numerator, denominator, value, rag, result (one side has none), table (the sealed
    results by site cannot be had) or a name of the formula's detail after “detail ”.
    """

    slug: str
    country: str
    site: str
    what: str
    stored: Any
    computed: Any


def differing(
    run: SnapshotRun, outcomes: Mapping[tuple[str, str], Scored], slugs: Collection[str]
) -> Iterator[Difference]:
    """Yield what differs for the scope and its countries; one statement."""
    rows = KpiResult.objects.filter(run=run, definition__slug__in=slugs).order_by("pk")
    stored = {
        (slug, country): (numbers, detail)
        for slug, country, detail, *numbers in rows.values_list(
            "definition__slug", "country", "detail", *FIGURES
        )
    }
    for slug, country in sorted({*stored, *outcomes}):
        kept, one = stored.get((slug, country)), outcomes.get((slug, country))
        if kept is None or one is None:
            side = (NOTHING, "a result") if kept is None else ("a result", NOTHING)
            yield Difference(slug, country, "", "result", *side)
            continue
        outcome = one.outcome
        figures = (outcome.numerator, outcome.denominator, outcome.value, one.rag.value)
        for what, before, after in zip(FIGURES, kept[0], figures, strict=True):
            if before != after:
                yield Difference(slug, country, "", what, before, after)
        detail = json.loads(json.dumps(outcome.detail))
        yield from _details((slug, country, ""), kept[1], detail)


def sites_differing(
    run: SnapshotRun, computed: pd.DataFrame, slugs: Collection[str]
) -> Iterator[Difference]:
    """Yield what differs by site; no statement. The table must be the one that was sealed."""
    try:
        stored = open_table(run.site_results_sha256)
    except (storage.SealBroken, FileNotFoundError) as error:
        yield Difference("", "", "", "table", str(error), f"{len(computed)} results by site")
        return
    stored = stored[stored["slug"].isin(list(slugs))].reset_index(drop=True)
    if _all_equal(stored, computed):
        return
    both = stored.merge(
        computed, on=KEY, how="outer", suffixes=("_stored", "_computed"), indicator=True
    )
    alone = both["_merge"] != "both"
    for row in both[alone].to_dict("records"):
        stands = row["_merge"] == "left_only"
        side = ("a result", NOTHING) if stands else (NOTHING, "a result")
        yield Difference(row["slug"], row["country"], row["site"], "result", *side)
    both = both[~alone]
    for what in FIGURES:
        before, after = both[f"{what}_stored"], both[f"{what}_computed"]
        for row in both[_unequal(before, after, what)].to_dict("records"):
            figures = (_plain(row[f"{what}_stored"]), _plain(row[f"{what}_computed"]))
            yield Difference(row["slug"], row["country"], row["site"], what, *figures)
    for row in both[both["detail_stored"] != both["detail_computed"]].to_dict("records"):
        key = (row["slug"], row["country"], row["site"])
        sides = (json.loads(row["detail_stored"]), json.loads(row["detail_computed"]))
        yield from _details(key, *sides)


def _all_equal(stored: pd.DataFrame, computed: pd.DataFrame) -> bool:
    """Tell whether the same rows stand in the same order with the same figures: mostly they do."""
    return len(stored) == len(computed) and not any(
        _unequal(stored[name], computed[name], name).any() for name in computed.columns
    )


def _unequal(before: Any, after: Any, what: str) -> Any:
    if what not in NUMBERS:
        return (before != after).to_numpy(bool)
    left, right = (
        pd.to_numeric(one).to_numpy("float64", na_value=np.nan) for one in (before, after)
    )
    return ~((left == right) | (np.isnan(left) & np.isnan(right)))


def _plain(figure: Any) -> Any:
    """Return None for a number that is none."""
    return None if pd.isna(figure) else figure


def _details(
    key: tuple[str, str, str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield Difference(*key, f"detail {name}", before.get(name), after.get(name))
