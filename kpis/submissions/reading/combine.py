"""Recognised sheets to one table for each listing, with sites filled in from the subject list."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from kpis.engine.tables import ListingType
from kpis.submissions.reading import why
from kpis.submissions.reading.coded import written_out
from kpis.submissions.reading.fill import fill
from kpis.submissions.reading.header_problems import header_problems
from kpis.submissions.reading.headers import is_listing
from kpis.submissions.reading.outcome import SheetSummary
from kpis.submissions.reading.problems import Problem, shorten
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.recognise import Recognised
from kpis.submissions.reading.selection import Excerpt, split_excerpts
from kpis.submissions.reading.sheet_layout import guess_of, layout_of
from kpis.submissions.reading.typed import TypedSheet, type_sheet

Tables = dict[str, pd.DataFrame]


def combine(
    recognised: Sequence[Recognised],
    asked: Sequence[ListingType],
    raw: Sequence[RawSheet],
    file_names: Sequence[str],
) -> tuple[Tables, tuple[SheetSummary, ...], list[Problem]]:
    """Return the tables by listing name, a summary of every sheet, and what was found."""
    tables: Tables = {}
    problems: list[Problem] = []
    summaries: dict[tuple[int, str], SheetSummary] = {}
    sources: dict[str, list[TypedSheet]] = {}
    by_place = {(one.sheet.file, one.sheet.name): one for one in recognised}
    for listing in asked:
        sheets = [
            type_sheet(one.sheet, one.header, listing, one.reading.columns if one.reading else {})
            for one in _in_view([one for one in recognised if one.listing == listing])
            if one.header is not None
        ]
        if listing.name == "participants":
            sheets = [typed for typed in sheets if _is_list(typed, listing, sources)]
        used, excerpts = split_excerpts(sheets, listing)
        sources[listing.name] = used
        for typed in used:
            problems += [*header_problems(typed.sheet, typed.header, listing), *typed.problems]
            problems += _no_rows(typed, listing)
            one = by_place[_place(typed)]
            summaries[_place(typed)] = replace(
                _summary(typed, listing.name, f"used: {one.why}", used=True),
                layout=layout_of(typed.sheet, typed.header, listing, one.reading, typed.problems),
            )
        for excerpt in excerpts:
            summaries[_place(excerpt.sheet)] = _excerpt_summary(excerpt, listing)
        if used:
            tables[listing.name] = _one_below_the_other([typed.table for typed in used])
    if raw and asked and not tables:
        problems.append(_not_found(asked, raw, file_names))
    for listing in asked:
        if listing.name in tables and any(column.filled_from for column in listing.columns):
            tables[listing.name], found = fill(listing, tables, sources[listing.name])
            problems += found
    for one in recognised:
        summaries.setdefault((one.sheet.file, one.sheet.name), _left(one, asked))
    ordered = tuple(summaries[(sheet.file, sheet.name)] for sheet in raw)
    return tables, ordered, problems


def _one_below_the_other(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of all tables; of several, which have other texts each, written out."""
    if len(tables) == 1:
        return tables[0]
    return pd.concat([written_out(table) for table in tables], ignore_index=True)


def _in_view(found: list[Recognised]) -> list[Recognised]:
    """Return the sheets that Excel shows; hidden ones only where there is no other."""
    return [one for one in found if not one.sheet.shown.sheet_hidden] or found


def _is_list(typed: TypedSheet, listing: ListingType, sources: dict[str, list[TypedSheet]]) -> bool:
    """Tell whether a sheet lists each participant once, and says more or is needed for sites."""
    if typed.table.duplicated(list(listing.key)).any():
        return False
    others = [one for used in sources.values() for one in used]
    needed = any("site" not in one.header.positions for one in others)
    return needed or is_listing(typed.header, listing)


def _left(one: Recognised, asked: Sequence[ListingType]) -> SheetSummary:
    """Return what is said of a sheet from which no row was taken."""
    if one.listing is None or one.header is None:
        place, rows = (one.sheet.file, one.sheet.name), len(one.sheet.frame)
        return SheetSummary(*place, None, rows, None, one.why, layout=guess_of(one.sheet))
    if one.listing in asked and one.sheet.shown.sheet_hidden:
        name, row = one.listing.name, one.header.row
        reason = f"not used: the sheet is hidden, and another one was read ({one.why})"
    elif one.listing in asked:
        name, row = one.listing.name, one.header.row
        reason = f"not used: it names some {one.listing.title.lower()} twice ({one.why})"
    else:
        name, row = one.listing.name, one.header.row
        reason = why.not_asked(one.listing.title, one.why)
    return SheetSummary(one.sheet.file, one.sheet.name, name, len(one.sheet.frame), row, reason)


def _place(typed: TypedSheet) -> tuple[int, str]:
    return typed.sheet.file, typed.sheet.name


def _summary(
    typed: TypedSheet, listing: str | None, reason: str, *, used: bool = False
) -> SheetSummary:
    header = typed.header
    titles = {
        name: (position, shorten(header.titles[position]))
        for name, position in header.positions.items()
    }
    return SheetSummary(
        *_place(typed), listing, len(typed.table), header.row, reason, used=used, titles=titles
    )


def _excerpt_summary(excerpt: Excerpt, listing: ListingType) -> SheetSummary:
    rows = len(excerpt.sheet.table)
    reason = f"not used: subset of {excerpt.whole.sheet.name}"
    if excerpt.equal < rows:
        reason += f" ({excerpt.equal:,} of {rows:,} rows equal in every column of the key)"
    return _summary(excerpt.sheet, listing.name, reason)


def _no_rows(typed: TypedSheet, listing: ListingType) -> list[Problem]:
    if len(typed.table):
        return []
    return [
        Problem(
            "no-rows",
            f"The sheet has a header for {listing.title.lower()} and no rows. Confirm that there"
            " is nothing to report.",
            file=typed.sheet.file,
            sheet=typed.sheet.name,
            row=typed.header.row,
        )
    ]


def _not_found(
    asked: Sequence[ListingType], raw: Sequence[RawSheet], file_names: Sequence[str]
) -> Problem:
    """Say that nothing of what is due was found, and by what a listing is recognised."""
    due = [listing for listing in asked if listing.name != "participants"] or list(asked)
    seen = ", ".join(shorten(sheet.name) for sheet in raw[:10])
    titles = ", ".join(listing.title.lower() for listing in due[:5])
    wanted = ", ".join(column.title for column in due[0].columns if column.required)
    needed = "needed are at least" if len(due) == 1 else f"for {due[0].title.lower()}, at least"
    names = ", ".join(shorten(name) for name in file_names)
    return Problem(
        "no-listing",
        f"No sheet with {titles} was found in {names} (looked at: {seen}). A listing is recognised"
        f" by its header; {needed}: {wanted}.",
        file=raw[0].file if len({sheet.file for sheet in raw}) == 1 else None,
    )
