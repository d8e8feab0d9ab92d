"""How rows and cells of a typed table are named in a problem."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd

from kpis.engine.tables import ListingType
from kpis.submissions.checks.context import CheckContext
from kpis.submissions.reading.coded import written, written_out
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, address, shorten

Place = tuple[int, str, int]
# A sentence for all rows, or what makes those of the rows at an index.
Sentences = str | Callable[[pd.Index], "pd.Series[str]"]


@dataclass(frozen=True)
class Checked:
    """One listing under check: its rows, what is known outside, and the names of its cells.

    `made` keeps what several rules need and is slow to make.
    """

    result: ReadResult
    listing: ListingType
    context: CheckContext
    made: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def table(self) -> pd.DataFrame:
        """The rows that were read; their texts may be `coded`."""
        return self.result.tables[self.listing.name]

    @property
    def texts(self) -> pd.DataFrame:
        """The same rows with their texts in each; for what two columns or two tables are joined."""
        if "texts" not in self.made:
            self.made["texts"] = written_out(self.table)
        table: pd.DataFrame = self.made["texts"]
        return table

    @property
    def before(self) -> pd.DataFrame | None:
        """The rows accepted before, or None."""
        return self.context.before(self.listing.name)

    def has(self, *columns: str) -> bool:
        """Tell whether the table has all the columns and each says something."""
        return all(name in self.table and self.table[name].notna().any() for name in columns)

    def rows(
        self,
        mask: "pd.Series[bool]",
        rule: str,
        column: str,
        sentences: Sentences,
    ) -> list[Problem]:
        """Return one problem for each row that is marked, with its sentence after 'Row 7: '."""
        marked = self.table[mask.to_numpy(dtype=bool, na_value=False)]
        if marked.empty:
            return []
        words: Iterable[str] = (
            [sentences] * len(marked) if isinstance(sentences, str) else sentences(marked.index)
        )
        titles = titles_of(self.result)
        fallback = (None, self.listing.column(column).title)
        found = []
        for file, sheet, row, value, words_of_row in zip(
            marked["file"],
            marked["sheet"],
            marked["row"],
            shown(marked[column]),
            words,
            strict=True,
        ):
            position, title = titles.get((file, sheet), {}).get(column, fallback)
            found.append(
                Problem(
                    rule,
                    f"Row {row}: {words_of_row}",
                    file=int(file),
                    sheet=str(sheet),
                    row=int(row),
                    column=title,
                    cell=None if position is None else address(position, int(row)),
                    value=shorten(value) or None,
                )
            )
        return found

    def once(self, mask: "pd.Series[bool]", rule: str, column: str, sentence: str) -> list[Problem]:
        """Return one problem at the first row that is marked, for all of them."""
        marked = self.table[mask.to_numpy(dtype=bool, na_value=False)]
        if marked.empty:
            return []
        first = marked.iloc[0]
        return [
            problem_at(
                self.result,
                self.listing,
                rule,
                sentence,
                place=place_of(first),
                column=column,
                value=plain(first[column]),
            )
        ]

    def whole(self, rule: str, sentence: str, *, value: object = "") -> Problem:
        """Return a problem with the listing as such, at its first sheet."""
        sheet = next(s for s in self.result.sheets if s.used and s.listing == self.listing.name)
        return Problem(
            rule,
            sentence,
            file=sheet.file,
            sheet=sheet.sheet,
            row=sheet.header_row,
            value=shorten(value) or None,
        )


def problem_at(
    result: ReadResult,
    listing: ListingType,
    rule: str,
    sentence: str,
    *,
    place: Place,
    column: str,
    value: object,
) -> Problem:
    """Return a problem at (file, sheet, row), with the column as its sheet calls it."""
    file, sheet, row = place
    titles = titles_of(result).get((file, sheet), {})
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


def titles_of(result: ReadResult) -> dict[tuple[int, str], dict[str, tuple[int, str]]]:
    """Return position and title of each column that was used, by file and sheet."""
    return {(one.file, one.sheet): dict(one.titles) for one in result.sheets}


def place_of(row: pd.Series) -> Place:
    """Return where a row of a typed table stands."""
    return int(row["file"]), str(row["sheet"]), int(row["row"])


def shown(values: pd.Series) -> "pd.Series[str]":
    """Return a column as text; a date without a time of day as a date, nothing as ''."""
    if pd.api.types.is_datetime64_any_dtype(values):
        bare = (values == values.dt.normalize()) | values.isna()
        days, times = values.dt.strftime("%Y-%m-%d"), values.dt.strftime("%Y-%m-%d %H:%M")
        return days.where(bare, times).fillna("")
    return written(values).map(plain)


def plain(value: object) -> str:
    """Return one value as text, numbers without needless digits."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
