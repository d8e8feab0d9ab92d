"""A list as a file: which rows, which columns, and how a changed file comes back.

Each register declares one book beside its list. The file of a register that can be imported holds
what its form asks for, and two columns more: which record a row is, and how new it was.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import ForeignKey, QuerySet

from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.history import last_change_ids
from vendors.access import Permission, memberships_of
from vendors.models import Sponsor
from vendors.register.cells import Cell, text_of
from vendors.register.forms import RecordForm
from vendors.register.pages import acts_for_sponsor, sponsors_allowing

RECORD, LAST_CHANGE = "Record", "Last change"
BATCH = 500


@dataclass(frozen=True)
class FileColumn:
    """One column: its heading, the value of a row, and the form's field that it fills.

    What is `own` stands only in the files of the sponsor's own people.
    """

    title: str
    value: Callable[[Any], Cell]
    field: str = ""
    own: bool = False


@dataclass(frozen=True)
class Owner:
    """What a new row is written into, named in a column of its own: a sponsor, or a study.

    `choices` are the names and records that somebody may write into.
    """

    title: str
    of: Callable[[Any], Any]
    choices: Callable[[Any], tuple[tuple[str, Any], ...]]
    sponsor: Callable[[Any], Sponsor]


@dataclass(frozen=True)
class Importing:
    """How rows of a file become records: the form that checks them, the services that write."""

    form: type[RecordForm]
    owner: Owner
    rows: Callable[[Any], "QuerySet[Any]"]
    # actor, what it is written into, values, reason, today → the record
    create: Callable[[Actor, Any, Mapping[str, Any], str, date], Any]
    # actor, record, values, fingerprint, reason, today → the record
    change: Callable[[Actor, Any, Mapping[str, Any], int, str, date], Any]
    # Field → how its file names a record it refers to, where str() is not enough.
    names: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """One register's file. `found` takes user, wanted and today, and gives the rows of the list."""

    slug: str
    title: str
    columns: tuple[FileColumn, ...]
    found: Callable[..., "QuerySet[Any]"]
    sponsor_id: Callable[[Any], int | None]
    list_url: str
    permission: Permission = Permission.VIEW_REGISTER
    importing: Importing | None = None
    import_url: str = ""


def columns_of_form(
    form: type[RecordForm],
    *,
    names: Mapping[str, Callable[[Any], str]] | None = None,
    own: tuple[str, ...] = (),
) -> tuple[FileColumn, ...]:
    """Return a column for each field of a register's form, in its order.

    `names` says records that a field refers to; `own` fields are for the sponsor's people.
    """
    return tuple(
        FileColumn(
            _title(form, name),
            _value(form, name, (names or {}).get(name, str)),
            name,
            own=name in own,
        )
        for name in form._meta.fields or ()
        if name != "sponsor"
    )


def _title(form: type[RecordForm], name: str) -> str:
    words = str(form.base_fields[name].label)
    return words[:1].upper() + words[1:]


def _value(form: type[RecordForm], name: str, say: Callable[[Any], str]) -> Callable[[Any], Cell]:
    field: Any = form._meta.model._meta.get_field(name)

    def value(row: Any) -> Cell:
        found = getattr(row, name)
        if found is None or isinstance(field, ForeignKey):
            return None if found is None else say(found)
        if field.choices:
            return str(dict(field.flatchoices).get(found, found))
        if isinstance(found, list):
            return ", ".join(found)
        return text_of(found) if isinstance(found, bool) else found

    return value


def headings(book: Book, *, user: Any) -> tuple[str, ...]:
    """Return the headings of the file that `user` gets."""
    titles = tuple(column.title for column in shown_columns(book, user=user))
    if book.importing is None:
        return titles
    return (*_leading(book, user), book.importing.owner.title, *titles)


def _leading(book: Book, user: Any) -> tuple[str, ...]:
    """Say which record a row is only to those who may send the file back."""
    return (RECORD, LAST_CHANGE) if sponsors_allowing(user, Permission.EDIT_REGISTER) else ()


def shown_columns(book: Book, *, user: Any) -> tuple[FileColumn, ...]:
    """Return the columns of the file that `user` gets."""
    insider = any(membership.sponsor_id for membership in memberships_of(user))
    return tuple(column for column in book.columns if insider or not column.own)


def lines(book: Book, found: "QuerySet[Any]", *, user: Any) -> Iterator[list[Cell]]:
    """Yield the values of each row, in the order of `headings`.

    Two statements for each 500 rows, whatever they hold.
    """
    columns = shown_columns(book, user=user)
    importing = book.importing
    editor = importing is not None and bool(_leading(book, user))
    rows = found.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        known = last_change_ids(batch) if editor else {}
        for row in batch:
            own = acts_for_sponsor(user, book.sponsor_id(row) or 0)
            leading: list[Cell] = [row.pk, known.get(row.pk, 0)] if editor else []
            if importing is not None:
                leading.append(str(importing.owner.of(row)))
            yield [*leading, *(c.value(row) if own or not c.own else None for c in columns)]
