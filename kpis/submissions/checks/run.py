"""All checks over one read submission, in document order."""

from collections.abc import Callable, Sequence

from kpis.engine.tables import LISTINGS, ListingType
from kpis.submissions.checks import (
    between,
    changes,
    dates,
    figures,
    history,
    identity,
    plausible,
    queries,
    sites,
)
from kpis.submissions.checks.context import CheckContext
from kpis.submissions.checks.naming import Checked
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.reader import in_document_order

OF_A_LISTING: Sequence[Callable[[Checked], list[Problem]]] = (
    identity.check_study,
    identity.check_study_named,
    identity.check_functions,
    identity.check_duplicates,
    sites.check_total_rows,
    sites.check_investigators,
    sites.check_renumbered,
    sites.check_two_sites,
    sites.check_sites_missing,
    dates.check_order,
    dates.check_after_cutoff,
    dates.check_too_old,
    dates.check_extracted,
    dates.check_periods,
    figures.check_negative,
    figures.check_shares,
    figures.check_parts,
    figures.check_balance,
    figures.check_currencies,
    plausible.check_zeros,
    plausible.check_round,
    plausible.check_blank_zero,
    plausible.check_at_limit,
    history.check_disappeared,
    history.check_copied,
    changes.check_jumps,
    changes.check_sites_jump,
    changes.check_unit_changed,
    changes.check_cumulative,
    changes.check_plans,
    history.check_backlog,
    queries.check_queries,
)


def check_tables(result: ReadResult, *, context: CheckContext) -> tuple[Problem, ...]:
    """Return every problem that rows show together, or against what the sponsor knows."""
    problems: list[Problem] = []
    sites_told: set[str] = set()
    for listing in listings_of(result):
        checked = Checked(result, listing, context)
        if checked.table.empty:
            continue
        problems += sites.check_sites(checked, sites_told)
        for check in OF_A_LISTING:
            problems += check(checked)
    if not context.spans_studies:
        problems += between.check_participants(result)
    order = {(sheet.file, sheet.sheet): place for place, sheet in enumerate(result.sheets)}
    return in_document_order(problems, order)


def listings_of(result: ReadResult) -> list[ListingType]:
    """Return the listing types that were read, in the order they are defined."""
    return [listing for name, listing in LISTINGS.items() if name in result.tables]
