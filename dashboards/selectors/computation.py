"""How one result was computed: its files, the rows it left out and kept, the sum, the colour.

Made anew from the sealed listings, by the engine that computed the result; where what comes out is
not what is stored, the page says so.
"""

from collections.abc import Iterator
from typing import Any

from dashboards.selectors.kpi import KpiView
from dashboards.selectors.rows import NUMERATOR, RowsBehind, chosen_rows, nothing_behind
from dashboards.selectors.tables import Tables, tables_of
from dashboards.steps import Computation, Reason, Source, StepShown
from kpis.engine.explaining.explain import Explanation, explain
from kpis.engine.explaining.sieve import Role, Step
from kpis.engine.explaining.words import exact
from kpis.engine.formulas import ListingError
from kpis.engine.tables import TABLES
from kpis.models import SnapshotRun
from oversight.storage import SealBroken


def computation(view: KpiView, *, site: str = "") -> Computation:
    """Return how the value of the view, or of one of its sites, was computed; no statement.

    A table that was altered or is gone is told instead.
    """
    if not view.parts:
        return Computation(())
    try:
        tables = _tables(view)
    except (SealBroken, FileNotFoundError) as error:
        return Computation((), why=f"A listing that it was computed from is not there: {error}")
    sources = tuple(_sources(view, tables))
    try:
        found = _explained(view, tables, site)
    except ListingError as error:
        return Computation(sources, why=str(error))
    return Computation(
        sources=sources,
        steps=tuple(_shown(view, step) for step in found.steps),
        lines=found.lines,
        terms=found.terms,
        judgement=found.judgement,
        rag=found.rag.value,
        agrees=_agrees(view, found, site),
    )


def left_out(view: KpiView, *, part: str, reason: int, site: str = "") -> tuple[str, RowsBehind]:
    """Return a reason in words and the rows it left out; IndexError where there is none."""
    if not view.parts:
        return "", nothing_behind(view.definition.listings[0], view.parts)
    tables = _tables(view)
    try:
        steps = _explained(view, tables, site).steps
    except ListingError as error:
        listing = view.definition.listings[0]
        return "", nothing_behind(listing, view.parts, why=str(error))
    step = steps[-1] if part == NUMERATOR else steps[0]
    found = step.left_out[reason]
    rows = tables.rows[step.listing][found.mask]
    return found.words, chosen_rows(view.definition, step.listing, rows, view.parts)


def told_of(view: KpiView, site: str) -> bool:
    """Tell whether a site of the study has a result of its own; no statement."""
    return view.of_study and view.by_site and site in {one.site for one in view.sites}


def run_of(user: Any, view: KpiView) -> SnapshotRun | None:
    """Return the run that the stored result belongs to; one statement."""
    if view.stored is None:
        return None
    found: SnapshotRun | None = (
        SnapshotRun.objects.visible_to(user)
        .select_related("study", "engagement")
        .filter(pk=view.stored.run_id)
        .first()
    )
    return found


def _tables(view: KpiView) -> Tables:
    return tables_of(view.parts, view.definition.listings, of_study=view.of_study)


def _explained(view: KpiView, tables: Tables, site: str) -> Explanation:
    place = {"country": view.scope.country, "site": site}
    return explain(
        view.definition,
        tables.aligned,
        cutoff_date=tables.cutoff_date,
        period_start=view.period,
        place={column: value for column, value in place.items() if value},
    )


def _sources(view: KpiView, tables: Tables) -> Iterator[Source]:
    """Yield what each submission brought; a listing without rows is the first's that has it."""
    for listing, rows in tables.rows.items():
        bringing = [place for place, one in enumerate(view.parts) if listing in one.tables]
        counts = {place: int((rows["part"] == place).sum()) for place in bringing}
        for place in [place for place in bringing if counts[place]] or bringing[:1]:
            part, mine = view.parts[place], rows[rows["part"] == place]
            files = tuple(part.files[int(one)] for one in sorted(set(mine["file"])))
            title, sha256 = TABLES[listing].title, part.tables[listing]
            yield Source(title, len(mine), part, sha256, files or part.files)


def _shown(view: KpiView, step: Step) -> StepShown:
    definition = view.definition
    numbered = list(enumerate(step.left_out))
    words = {
        Role.DENOMINATOR: definition.denominator_words,
        Role.NUMERATOR: definition.numerator_words,
        Role.BOTH: definition.numerator_words,
    }
    return StepShown(
        role=step.role.value,
        part=Role.NUMERATOR.value if step.role is Role.BOTH else step.role.value,
        title=words[step.role],
        listing=TABLES[step.listing].title,
        follows=step.follows,
        start=int(step.start.sum()),
        reasons=tuple(Reason(n, one.words, one.count) for n, one in numbered if one.count),
        idle=tuple(one.words for one in step.left_out if not one.count),
        kept=int(step.kept.sum()),
        weighs=step.weighs,
        total=exact(step.total),
    )


def _agrees(view: KpiView, found: Explanation, site: str) -> bool:
    """Tell whether what came out is what is stored, to the last bit."""
    one, outcome = view.stored, found.outcome
    stored: list[tuple[Any, ...]] = []
    if site:
        mine = [row for row in view.sites if row.site == site]
        stored = [(row.numerator, row.denominator, row.number, row.status) for row in mine]
    elif one is not None:
        stored = [(one.numerator, one.denominator, one.value, one.rag)]
    computed = (outcome.numerator, outcome.denominator, outcome.value, found.rag.value)
    return all(computed == kept for kept in stored)
