"""How a row of a typed table is named in a problem."""

from kpis.engine.tables import ListingType
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, address, shorten


def problem_at(
    result: ReadResult,
    listing: ListingType,
    rule: str,
    sentence: str,
    *,
    place: tuple[int, str, int],
    column: str,
    value: object,
) -> Problem:
    """Return a problem at (file, sheet, row), with the column as its sheet calls it."""
    file, sheet, row = place
    titles = next(
        (one.titles for one in result.sheets if (one.file, one.sheet) == (file, sheet)), {}
    )
    position, title = titles.get(column, (None, listing.column(column).title))
    return Problem(
        rule,
        sentence,
        file=file,
        sheet=sheet,
        row=row,
        column=title,
        cell=None if position is None else address(position, row),
        value=shorten(value) or None,
    )
