"""The hidden sheet with the words of the drop-downs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpis.engine.tables import Column
from kpis.submissions.template.facts import TemplateFacts
from kpis.submissions.template.mark import LISTS
from kpis.submissions.template.styles import BOLD, put
from kpis.submissions.template.words import choice_word

SHEET = "Lists"
HEAD = 2


@dataclass
class Lists:
    """The sheet as it grows: each list of words is written once."""

    sheet: Worksheet
    written: dict[tuple[str, ...], str] = field(default_factory=dict)

    def range_of(self, title: str, words: Sequence[str]) -> str:
        """Return the range that holds the words, writing them at first use; "" for none."""
        found = tuple(dict.fromkeys(words))
        if not found:
            return ""
        if found not in self.written:
            column = len(self.written) + 1
            put(self.sheet.cell(HEAD, column), title, font=BOLD)
            for offset, word in enumerate(found, start=1):
                put(self.sheet.cell(HEAD + offset, column), word, format="@")
            letter = get_column_letter(column)
            last = HEAD + len(found)
            self.written[found] = f"{SHEET}!${letter}${HEAD + 1}:${letter}${last}"
        return self.written[found]

    def for_column(self, column: Column, facts: TemplateFacts) -> str:
        """Return the range of words for a column's cells, "" where any text may stand."""
        if column.kind == "choice":
            return self.range_of(column.title, [choice_word(one) for one in column.choices])
        if column.name == "study":
            return self.range_of(column.title, facts.studies)
        if column.name == "site":
            return self.range_of(column.title, [site.number for site in facts.sites])
        return ""


def begin_lists(sheet: Worksheet, facts: TemplateFacts) -> Lists:
    """Begin the sheet with the mark."""
    sheet.sheet_state = "hidden"
    put(sheet["A1"], facts.mark.text(LISTS))
    return Lists(sheet)
