"""Recognised sheets to one table for each listing, with sites filled in from the subject list."""

from collections.abc import Sequence

import pandas as pd

from kpis.engine.tables import ListingType
from kpis.submissions.reading.fill import fill
from kpis.submissions.reading.header_problems import header_problems
from kpis.submissions.reading.headers import is_listing
from kpis.submissions.reading.outcome import SheetSummary
from kpis.submissions.reading.problems import Problem, shorten
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.recognise import Recognised
from kpis.submissions.reading.selection import Excerpt, split_excerpts
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
    for listing in asked:
        sheets = [
            type_sheet(one.sheet, one.header, listing)
            for one in recognised
            if one.listing is listing and one.header is not None
        ]
        if listing.name == "participants":
            sheets = [typed for typed in sheets if _is_list(typed, listing, sources)]
        used, excerpts = split_excerpts(sheets, listing)
        sources[listing.name] = used
        for typed in used:
            problems += [*header_problems(typed.sheet, typed.header, listing), *typed.problems]
            problems += _no_rows(typed, listing)
            summaries[_place(typed)] = _summary(typed, listing.name, "used", used=True)
        for excerpt in excerpts:
            summaries[_place(excerpt.sheet)] = _excerpt_summary(excerpt, listing)
        if used:
            tables[listing.name] = pd.concat([t.table for t in used], ignore_index=True)
    if raw and not tables:
        problems += [_not_found(listing, raw, file_names) for listing in asked[:1]]
    for listing in asked:
        if listing.name in tables and any(column.filled_from for column in listing.columns):
            tables[listing.name], found = fill(listing, tables, sources[listing.name])
            problems += found
    for one in recognised:
        place = (one.sheet.file, one.sheet.name)
        summaries.setdefault(
            place,
            SheetSummary(
                *place, None, len(one.sheet.frame), None, "not asked for in this submission"
            ),
        )
    ordered = tuple(summaries[(sheet.file, sheet.name)] for sheet in raw)
    return tables, ordered, problems


def _is_list(typed: TypedSheet, listing: ListingType, sources: dict[str, list[TypedSheet]]) -> bool:
    """Tell whether a sheet lists each participant once, and says more or is needed for sites."""
    if typed.table.duplicated(list(listing.key)).any():
        return False
    needed = any("site" not in one.header.positions for one in sources.get("queries", []))
    return needed or is_listing(typed.header, listing)


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


def _not_found(listing: ListingType, raw: Sequence[RawSheet], file_names: Sequence[str]) -> Problem:
    seen = ", ".join(shorten(sheet.name) for sheet in raw[:10])
    wanted = ", ".join(column.title for column in listing.columns if column.required)
    names = ", ".join(shorten(name) for name in file_names)
    return Problem(
        "no-listing",
        f"No sheet with {listing.title.lower()} was found in {names} (looked at: {seen}). It is"
        f" recognised by its header; needed are at least: {wanted}.",
        file=raw[0].file if len({sheet.file for sheet in raw}) == 1 else None,
    )
