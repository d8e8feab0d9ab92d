"""Every sheet, column by column: what its title says it holds, and what its texts look like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from kpis.engine.tables import LISTINGS
from kpis.submissions.checks.personal.columns import ColumnWords, header_row, words_of
from kpis.submissions.checks.personal.patterns import (
    Finder,
    has_birth_date,
    has_email,
    has_initials,
    has_name,
    has_phone,
    has_spoken_phone,
    is_initials,
    is_name,
)
from kpis.submissions.reading.outcome import ReadResult, SheetSummary
from kpis.submissions.reading.plain_dates import all_plain
from kpis.submissions.reading.problems import Problem, address
from kpis.submissions.reading.quick_dates import PLAIN
from kpis.submissions.reading.raw import RawSheet

# What a column's texts must contain, in lower case, before a pattern is tried on them.
SIGNS: Sequence[tuple[str, Finder, tuple[str, ...]]] = (
    ("personal-email", has_email, ("@",)),
    ("personal-phone", has_phone, ("+", "(", "tel", "phone", "mobile", "fax")),
    ("personal-birth-date", has_birth_date, ("dob", "d.o.b", "birth", "born")),
    ("personal-initials", has_initials, ("initial", "patient", "subject", "participant", "pt")),
)
SENTENCES = {
    "personal-email": "holds an e-mail address. Take it out of the file.",
    "personal-phone": "holds a telephone number. Take it out of the file.",
    "personal-birth-date": "holds a date of birth. Take it out of the file.",
    "personal-initials": "holds initials. Take them out; the participant's number is enough.",
    "personal-name": "holds the name of a person. Take it out, or write the participant's number or"
    " the role.",
}
ALWAYS = "always"  # a column that by its title holds nothing else


@dataclass(frozen=True)
class Texts:
    """The distinct texts of one column, and all of them as one in lower case."""

    distinct: tuple[str, ...]
    joined: str

    def found(self, finder: Finder, signs: Sequence[str] = ()) -> list[str]:
        """Return the texts that a finder says yes to; none where no sign of them is there."""
        if signs and not any(sign in self.joined for sign in signs):
            return []
        return [text for text in self.distinct if finder(text)]


def personal_data(result: ReadResult) -> list[Problem]:
    """Return one error for each cell with personal data; its value is in none of them."""
    summaries = {(one.file, one.sheet): one for one in result.sheets}
    found: list[Problem] = []
    for sheet in result.raw:
        found += _of_sheet(sheet, summaries.get((sheet.file, sheet.name)))
    return found


def _of_sheet(sheet: RawSheet, summary: SheetSummary | None) -> Iterator[Problem]:
    top = header_row(sheet, summary)
    for position in sheet.frame.columns:
        words = words_of(sheet, int(position), top, _meant_for_people(summary, int(position)))
        cells = sheet.frame[position].iloc[top:]
        for rule, values in _of_column(cells, words):
            rows = cells.index[cells.isin(values) if values != ALWAYS else _filled(cells)]
            for row in rows:
                yield Problem(
                    rule,
                    f"{words.title}, row {row + 1}, {SENTENCES[rule]}",
                    file=sheet.file,
                    sheet=sheet.name,
                    row=int(row) + 1,
                    column=words.title,
                    cell=address(int(position), int(row) + 1),
                )


def _meant_for_people(summary: SheetSummary | None, position: int) -> bool:
    if summary is None or summary.listing not in LISTINGS:
        return False
    listing = LISTINGS[summary.listing]
    names = [name for name, (place, _) in summary.titles.items() if place == position]
    return any(listing.column(name).names_people for name in names)


def _of_column(cells: pd.Series, words: ColumnWords) -> Iterator[tuple[str, "list[str] | str"]]:
    """Yield (rule, texts that break it, or ALWAYS where every filled cell does)."""
    if words.staff:
        return
    if words.says:
        yield words.says, ALWAYS
        return
    texts = _texts(cells)
    if not texts.distinct:
        return
    for rule, finder, signs in SIGNS:
        if values := texts.found(finder, signs):
            yield rule, values
    if words.people:
        yield "personal-name", texts.found(is_name)
        yield "personal-initials", texts.found(is_initials)
    if words.free or _long(texts.distinct):
        yield "personal-name", texts.found(has_name)
        yield "personal-phone", [t for t in texts.found(has_spoken_phone) if not has_phone(t)]


def _texts(cells: pd.Series) -> Texts:
    if isinstance(cells.dtype, pd.StringDtype):  # a million times of day hold nobody's name
        if all_plain(cells):
            return Texts((), "")
        cells = cells[~cells.str.match(PLAIN).to_numpy(dtype=bool)]
    distinct = tuple(text for text in cells.unique().tolist() if type(text) is str and text)
    return Texts(distinct, "\n".join(distinct).lower())


def _filled(cells: pd.Series) -> "pd.Series[bool]":
    blank = cells.isna() | cells.astype(str).str.strip().isin(["", "-", "n/a", "N/A", "NA", "None"])
    return ~blank


def _long(texts: Sequence[str]) -> bool:
    """Tell whether the texts are sentences: half of them have at least six words."""
    some = texts[:200]
    return sum(text.count(" ") >= 5 for text in some) * 2 >= len(some)
