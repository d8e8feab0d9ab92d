"""All checks over one read submission, in document order."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kpis.engine.tables import LISTINGS, ListingType
from kpis.submissions.checks import (
    between,
    changes,
    dates,
    figures,
    history,
    identity,
    meaning,
    periods,
    plausible,
    queries,
    sheets,
    sites,
)
from kpis.submissions.checks.context import CheckContext
from kpis.submissions.checks.countries import one_spelling
from kpis.submissions.checks.look import looked_at
from kpis.submissions.checks.missing import not_sent
from kpis.submissions.checks.naming import Checked
from kpis.submissions.checks.vendors import of_others
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.reader import in_document_order

Problems = tuple[Problem, ...]

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
    periods.check_months,
    periods.check_spells,
    periods.check_carried_over,
    figures.check_negative,
    figures.check_shares,
    figures.check_parts,
    figures.check_ratio,
    figures.check_leaving,
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
    meaning.check_states,
)


def check_all(
    result: ReadResult, *, context: CheckContext, more: Sequence[Problem] = ()
) -> tuple[ReadResult, Problems]:
    """Return everything wrong, read or checked, in document order, and the tables as they count.

    `more` is what was found elsewhere.
    The tables differ from those that were read in the spelling of countries alone; the sheets as
    they stand are let go. No problem repeats what stands in a cell with personal data.
    """
    result, found = one_spelling(looked_at(result), context)
    problems = [
        *of_others(result.problems, context),
        *more,
        *found,
        *not_sent(result, context),
        *check_tables(result, context=context),
    ]
    return replace(result, raw=()), in_order(problems, result)


def check_tables(result: ReadResult, *, context: CheckContext) -> Problems:
    """Return every problem that rows show together, or against what the sponsor knows."""
    problems: list[Problem] = sheets.check_sheets(result, context)
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
    return in_order(problems, result)


def in_order(problems: Sequence[Problem], result: ReadResult) -> Problems:
    """Return problems in the order in which one reads the files."""
    order = {(sheet.file, sheet.sheet): place for place, sheet in enumerate(result.sheets)}
    return in_document_order(problems, order)


def listings_of(result: ReadResult) -> list[ListingType]:
    """Return the listing types that were read, in the order they are defined."""
    return [listing for name, listing in LISTINGS.items() if name in result.tables]
