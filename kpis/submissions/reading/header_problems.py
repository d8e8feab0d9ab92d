"""What is wrong with a found header: columns missing, misspelt, doubled or without use."""

import difflib

from kpis.engine.tables import Column, ListingType
from kpis.submissions.reading import convert
from kpis.submissions.reading.headers import Header, squeeze
from kpis.submissions.reading.problems import Problem, address, column_letters, shorten
from kpis.submissions.reading.raw import RawSheet


def header_problems(sheet: RawSheet, header: Header, listing: ListingType) -> list[Problem]:
    """Return what is wrong with the header: missing, misspelt, doubled, unused columns."""
    problems: list[Problem] = []
    known = {
        words.casefold(): column
        for column in listing.columns
        for words in (*column.synonyms, column.title)
    }
    explained: set[str] = set()
    for position in header.unused:
        title = header.titles[position]
        if title.casefold() in known:  # left out by a person who confirmed the layout
            continue
        near = difflib.get_close_matches(title.casefold(), known, 1, 0.8)
        column = known[near[0]] if near else None
        if column is None or column.name in header.positions or column.name in explained:
            continue
        explained.add(column.name)
        problems.append(
            Problem(
                "misspelt-column" if column.required else "perhaps-column",
                f"The column '{shorten(title)}' is not known. Did you mean '{column.title}'?"
                " Correct the name in the header and send the file again.",
                file=sheet.file,
                sheet=sheet.name,
                row=header.row,
                column=shorten(title),
                cell=address(position, header.row),
                value=shorten(title),
            )
        )
    problems += [
        _missing(sheet, header, listing, column)
        for column in listing.columns
        if column.name not in header.positions
        and column.name not in explained
        and column.filled_from is None
        and (column.required or _tells_rows_apart(column, listing))
    ]
    return problems + _doubled(sheet, header, listing) + _unused(sheet, header)


def _tells_rows_apart(column: Column, listing: ListingType) -> bool:
    """Tell whether rows are refused as the same for want of it; a file without study is of one."""
    return listing.duplicates == "refused" and column.name in listing.key and column.name != "study"


def _missing(sheet: RawSheet, header: Header, listing: ListingType, column: Column) -> Problem:
    rule = "missing-column" if column.required else "missing-key-column"
    why = (
        "Add it to the report and send the file again."
        if column.required
        else "Without it, rows that differ in it alone cannot be told apart."
    )
    return Problem(
        rule,
        f"The column '{column.title}' is missing from {listing.title.lower()}. {why}",
        file=sheet.file,
        sheet=sheet.name,
        row=header.row,
        column=column.title,
    )


def _doubled(sheet: RawSheet, header: Header, listing: ListingType) -> list[Problem]:
    """Return each column that is there twice; an error only where rows are told apart by it."""
    problems = []
    for name, places in header.others.items():
        used = header.positions[name]
        for place in places:
            same = squeeze(header.titles[place]) == squeeze(header.titles[used])
            tells = listing.duplicates == "refused" or listing.column(name).required
            rule = "doubled-column" if same and tells else "two-columns-one-meaning"
            advice = " Remove or rename the other one."
            if _equal(sheet, header, used, place):
                rule, advice = "repeated-column", " Their cells are equal."
            first, second = shorten(header.titles[used]), shorten(header.titles[place])
            problems.append(
                Problem(
                    rule,
                    f"'{first}' (column {column_letters(used)}) and '{second}' (column"
                    f" {column_letters(place)}) mean the same; column {column_letters(used)} was"
                    f" read.{advice}",
                    file=sheet.file,
                    sheet=sheet.name,
                    row=header.row,
                    column=second,
                    cell=address(place, header.row),
                    value=second,
                )
            )
    return problems


def _equal(sheet: RawSheet, header: Header, used: int, place: int) -> bool:
    below = sheet.frame.iloc[header.last + 1 :]
    return convert.as_text(below[used]).equals(convert.as_text(below[place]).rename(used))


def _unused(sheet: RawSheet, header: Header) -> list[Problem]:
    titles = [shorten(header.titles[position]) for position in header.unused]
    if not titles:
        return []
    return [
        Problem(
            "columns-not-used",
            f"These columns are not needed and were not used: {', '.join(titles)}.",
            file=sheet.file,
            sheet=sheet.name,
            row=header.row,
        )
    ]
