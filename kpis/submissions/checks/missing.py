"""Listings that are due and in none of the files."""

from kpis.engine.tables import LISTINGS
from kpis.submissions.checks.context import CheckContext
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem


def not_sent(result: ReadResult, context: CheckContext) -> list[Problem]:
    """Return one warning for each listing that is due and was not found; none where none was.

    Files without any listing have an error of their own.
    """
    if not result.tables:
        return []
    return [
        Problem(
            "listing-not-sent",
            f"{LISTINGS[name].title} is due and in none of the files. Add the file that holds it,"
            " or explain; its KPIs will be missing.",
            value=LISTINGS[name].title,
        )
        for name in LISTINGS
        if name in context.due and name not in result.tables
    ]
