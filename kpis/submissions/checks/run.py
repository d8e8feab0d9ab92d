"""All checks over one read submission, in document order."""

from kpis.engine.tables import LISTINGS
from kpis.submissions.checks.context import CheckContext
from kpis.submissions.checks.identity import (
    check_duplicates,
    check_sites,
    check_study,
    check_study_named,
    listings_of,
)
from kpis.submissions.checks.queries import check_queries
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.reader import in_document_order


def check_tables(result: ReadResult, *, context: CheckContext) -> tuple[Problem, ...]:
    """Return every problem that rows show together, or against what the sponsor knows."""
    problems: list[Problem] = []
    for listing in listings_of(result):
        problems += check_study(result, listing, context)
        if context.spans_studies:
            problems += check_study_named(result, listing)
        problems += check_duplicates(result, listing)
    if "queries" in result.tables:
        problems += check_sites(result, LISTINGS["queries"], context)
        problems += check_queries(result, context.cutoff_date)
    order = {(sheet.file, sheet.sheet): place for place, sheet in enumerate(result.sheets)}
    return in_document_order(problems, order)
