"""The page of one version of a KPI: what it changes in words, and what it would have changed."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.definitions import definition_from
from kpis.engine.definition import KpiDefinition
from kpis.engine.difference import Differing, differing
from kpis.models import ShadowRun
from kpis.selectors.filters import Filter, filter_of
from kpis.selectors.shadow_list import Shown, shown, turn_value
from kpis.selectors.shadow_rows import rows_beside
from kpis.selectors.versions import known_versions
from kpis.shadow.beside import Beside, Counted, statuses
from kpis.shadow.figure import shadow_figure
from oversight.look.marks import mark_of
from oversight.look.tables import Column
from oversight.look.times import month_text
from vendors.access import Permission
from vendors.register.pages import sponsors_allowing

RUNS_SHOWN = 12
# What the forms of the page carry on for each other.
KEPT = ("run", "scope", "show", "engagement", "sort")


@dataclass(frozen=True)
class Matrix:
    """Status on record × status by the coming version: of each pair the address and the count."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, int], ...], int], ...]

    @property
    def same(self) -> frozenset[str]:
        """The pairs that are no change."""
        return frozenset(turn_value((one, one)) for one in self.columns)


@dataclass(frozen=True)
class Trend:
    """One scope by both versions, the oldest month first, for a chart and its table."""

    scopes: Filter
    place: str
    summary: str
    figure: Mapping[str, Any]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ShadowPage:
    """A version after the first, and months that were judged by an earlier one.

    `coming` until it holds; `run` is the shadow run looked at, None while none was computed;
    `stale` where the definition was changed since. `kept` is what the address asks for already.
    """

    definition: KpiDefinition
    before: KpiDefinition
    differing: tuple[Differing, ...]
    coming: bool
    runs: tuple[ShadowRun, ...]
    run: ShadowRun | None
    waiting: ShadowRun | None
    stale: bool
    counted: Counted
    matrix: Matrix
    trend: Trend | None
    shown: Shown
    lacking: tuple[tuple[str, str, str], ...]
    may_ask: bool
    kept: tuple[tuple[str, str], ...]

    @property
    def number(self) -> str:
        """The version's number as text."""
        return str(self.definition.version)

    @property
    def not_yet(self) -> str:
        """Say who can have it computed."""
        if self.may_ask:
            return "Have it computed on the past months: no result that stands is touched."
        return "An oversight manager of the sponsor can have it computed on the past months."


def shadow_page(
    user: Any, slug: str, version: int, *, wanted: Mapping[str, str], today: date
) -> ShadowPage | None:
    """Return the page, or None for a version that is the first or unknown; three statements."""
    known = known_versions(slug)
    definition, before = known.get(version), known.get(version - 1)
    if definition is None or before is None:
        return None
    runs = _runs(user, definition)
    done = [one for one in runs if one.computed_at]
    run = next((one for one in done if str(one.pk) == wanted.get("run")), None) or next(
        iter(done), None
    )
    used = definition_from(run.content) if run else definition
    counted = Counted(rows_beside(user, run, used.unit) if run else ())
    return ShadowPage(
        definition=definition,
        before=before,
        differing=differing(before, definition),
        coming=definition.effective_from > today,
        runs=runs,
        run=run,
        waiting=next((one for one in runs if not one.computed_at), None),
        stale=run is not None and run.sha256 != definition.digest(),
        counted=counted,
        matrix=_matrix(counted),
        trend=_trend(counted, used, wanted),
        shown=shown(counted, wanted),
        lacking=_lacking(counted),
        may_ask=bool(sponsors_allowing(user, Permission.DECIDE)),
        kept=tuple((name, wanted[name]) for name in KEPT if wanted.get(name)),
    )


def newest_sentence(user: Any, definition: KpiDefinition) -> str:
    """Say what the newest shadow run of a version found, "" without one; two statements at most."""
    run = next((one for one in _runs(user, definition) if one.computed_at), None)
    return Counted(rows_beside(user, run, definition.unit)).sentence if run else ""


def _runs(user: Any, definition: KpiDefinition) -> tuple[ShadowRun, ...]:
    """Return the shadow runs over months that the user sees, the newest first; one statement."""
    mine = ShadowRun.objects.visible_to(user).filter(
        slug=definition.slug, version=definition.version
    )
    return tuple(mine.select_related("asked_by", "sponsor")[:RUNS_SHOWN])


def _matrix(counted: Counted) -> Matrix:
    columns = statuses(one.after.rag for one in counted.judged)
    turns = counted.turns
    lines = []
    for before in statuses(one.before.rag for one in counted.judged):
        cells = tuple((turn_value((before, after)), turns[before, after]) for after in columns)
        lines.append((before, cells, sum(number for _, number in cells)))
    return Matrix(columns, tuple(lines))


def _trend(counted: Counted, used: KpiDefinition, wanted: Mapping[str, str]) -> Trend | None:
    """Return the scope asked for; without one that in which most would have changed."""
    places = {one.scope: one.place for one in counted.rows}
    if not places:
        return None
    changing = Counter(one.scope for one in counted.changing)
    scope = wanted.get("scope", "")
    if scope not in places:
        scope = max(places, key=lambda one: (changing[one], places[one]))
    named = sorted(places.items(), key=lambda one: one[1])
    months = [one for one in reversed(counted.rows) if one.scope == scope]
    return Trend(
        scopes=filter_of("scope", "Where", named, {"scope": scope}),
        place=places[scope],
        summary=(
            f"{used.name} of {places[scope]} by month, on record and by version {used.version}: "
            f"{changing[scope]} of {len(months)} months would have another colour."
        ),
        figure=shadow_figure(months, used),
        columns=(
            Column("Month"),
            Column("On record", numeric=True),
            Column("Colour"),
            Column(f"Version {used.version}", numeric=True),
            Column("Colour"),
        ),
        rows=tuple(_line(one) for one in months),
    )


def _line(one: Beside) -> tuple[str, ...]:
    return (
        month_text(one.period),
        one.before.words,
        mark_of(one.before.rag).name,
        one.after.words,
        mark_of(one.after.rag).name if one.after.rag else "Not computed",
    )


def _lacking(counted: Counted) -> tuple[tuple[str, str, str], ...]:
    """Return place, why, and the months, the oldest first, wherever nothing could be computed."""
    months: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in reversed(counted.lacking):
        months[one.place, one.why].append(month_text(one.period))
    return tuple((place, why, ", ".join(found)) for (place, why), found in sorted(months.items()))
