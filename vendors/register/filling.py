"""From the cells of a row to the data of a register's form: names become records and choices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from vendors.register.book import Book, FileColumn
from vendors.register.forms import RecordForm

NOT_CHANGED = "This does not change on a record. Add a new row for another one."
NOT_NEW = "Leave this empty on a new record."
YES_NO = {"yes": "on", "no": "", "": ""}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell, or with a row where `heading` is empty."""

    heading: str
    value: str
    sentence: str


@dataclass
class Filler:
    """Fills forms of one book; what records are called is asked once for each set of choices."""

    book: Book
    known: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def fill(
        self,
        form: RecordForm,
        data: dict[str, Any],
        cells: Mapping[str, str],
        before: Mapping[str, str],
    ) -> list[Problem]:
        """Put the cells into the form's `data`; return what cannot be understood.

        `before` are the texts of an existing record by heading: they stand in for columns that the
        file leaves out. A new record takes a field's usual value where its cell is empty.
        """
        problems = []
        for column in self.book.columns:
            new = form.instance.pk is None
            text = cells.get(column.title, before.get(column.title, ""))
            if column.field not in form.fields:
                if text != before.get(column.title, ""):
                    sentence = NOT_NEW if new else NOT_CHANGED
                    problems.append(Problem(column.title, text, sentence))
                continue
            bound = form.fields[column.field]
            if new and not text:
                data[column.field] = form.get_initial_for_field(bound, column.field)
                continue
            try:
                data[column.field] = self._raw(column, bound, text)
            except LookupError as error:
                problems.append(Problem(column.title, text, str(error.args[0])))
        return problems

    def _raw(self, column: FileColumn, bound: forms.Field, text: str) -> Any:
        if not text:
            return ""
        if isinstance(bound, forms.ModelChoiceField):
            return self._record(column, bound, text)
        if isinstance(bound, forms.ChoiceField):
            return _choice(bound, text)
        if isinstance(bound, forms.BooleanField):
            if text.lower() not in YES_NO:
                raise LookupError("Write yes or no.")
            return YES_NO[text.lower()]
        return text

    def _record(self, column: FileColumn, bound: forms.ModelChoiceField, text: str) -> Any:
        found: Any = bound.queryset
        key = f"{column.field} {found.query}"
        if key not in self.known:
            importing = self.book.importing
            say: Callable[[Any], str] = (importing.names if importing else {}).get(
                column.field, str
            )
            self.known[key] = {}
            for row in found:
                self.known[key].setdefault(say(row).casefold(), []).append(row.pk)
        keys = self.known[key].get(text.casefold(), [])
        if len(keys) == 1:
            return keys[0]
        if keys:
            raise LookupError("Several records have this name; choose on the record's own page.")
        raise LookupError("Nothing of this name can stand here. Write it as the register has it.")


def _choice(bound: forms.ChoiceField, text: str) -> str:
    given: Any = bound.choices
    pairs = [(str(value), str(label)) for value, label in given if value != ""]
    for value, label in pairs:
        if text.casefold() in (value.casefold(), label.casefold()):
            return value
    raise LookupError(f"Write one of: {'; '.join(label for _, label in pairs)}.")


def problems_of(book: Book, form: RecordForm, cells: Mapping[str, str]) -> list[Problem]:
    """Return what a form refused, at the columns it is about."""
    titles = {column.field: column.title for column in book.columns if column.field}
    return [
        Problem(heading, cells.get(heading, ""), str(sentence))
        for name, sentences in form.errors.items()
        for heading in (titles.get(name, ""),)
        for sentence in sentences
    ]
