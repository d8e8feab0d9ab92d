"""What a word or figure of the file means: it can only be asked, where the data leave it open."""

import re

import pandas as pd

from kpis.submissions.checks.naming import Checked
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, address, shorten
from kpis.submissions.reading.rules import RULES

HOLD = r"\bon[ -]?hold\b|\bpaused\b|\bsuspended\b|\bdormant\b"
CLOSED = r"\bclosed\b|\bterminated\b|\bdormant\b"
# In a header, these words leave open which of two things was counted.
WORDS = (
    (
        "mean-or-median",
        re.compile(r"\b(?:average|avg|mean|median)\b"),
        "says mean or median. Nothing is computed from it: medians come from the rows themselves.",
    ),
    (
        "resolved-meaning",
        re.compile(r"\bresolved\b|\bresolution\b"),
        "may say when a query was answered or when it was closed; it was read as closed. Send the"
        " close date if it is not.",
    ),
    (
        "complete-or-expected",
        re.compile(r"\bcomplete(?:ness|d)?\b.*%|%.*\bcomplete(?:ness|d)?\b|\bcompleteness\b"),
        "may be of all documents, or of those expected to date. Completeness is computed from the"
        " rows here, against what was expected by the cut-off.",
    ),
)


def check_words(result: ReadResult) -> list[Problem]:
    """Return an info, once a sheet, for each header word that can mean two things."""
    raw = {(sheet.file, sheet.name): sheet for sheet in result.raw}
    found: list[Problem] = []
    for one in result.sheets:
        sheet = raw.get((one.file, one.sheet))
        if not one.used or sheet is None:
            continue
        row = one.header_row or 1
        cells = sheet.frame.iloc[row - 1]
        for position, cell in cells.items():
            if type(cell) is not str:
                continue
            for rule, pattern, words in WORDS:
                if pattern.search(cell.casefold()):
                    title = shorten(cell)
                    found.append(
                        Problem(
                            rule,
                            f"'{title}' {words}",
                            file=one.file,
                            sheet=one.sheet,
                            row=row,
                            column=title,
                            cell=address(int(str(position)), row),
                            value=title,
                        )
                    )
    return found


def check_states(checked: Checked) -> list[Problem]:
    """Return an info where rows are on hold or of closed sites, and so perhaps do not count."""
    found: list[Problem] = []
    for column in checked.listing.columns:
        if column.kind != "text" or "status" not in column.name or not checked.has(column.name):
            continue
        words = checked.table[column.name].str.casefold()
        for rule, pattern, meaning in (
            ("on-hold-included", HOLD, "on hold"),
            ("closed-sites-included", CLOSED, "closed"),
        ):
            if rule == "closed-sites-included" and "site" not in column.name:
                continue
            distinct = pd.Series(words.dropna().unique(), dtype="str")
            mask = words.isin(distinct[distinct.str.contains(pattern, regex=True)])
            found += checked.once(
                mask,
                rule,
                column.name,
                f"{int(mask.sum()):,} rows are {meaning} by their {column.title.lower()} and are"
                f" counted. {RULES[rule].advice}",
            )
    return found
