"""A changed file of a list: what it would do, and doing it, by the same steps.

A preview writes everything through the services and takes all of it back, so that it refuses what
they would refuse. Rows are checked one by one; one that is refused keeps all others from being
written. A record that the file does not name stays as it is: nothing ends or goes by an import.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.history import history_of, last_change_ids
from oversight.look.times import utc_text
from vendors.access import Permission
from vendors.register.book import LAST_CHANGE, RECORD, Book, Importing
from vendors.register.cells import text_of
from vendors.register.filling import Filler, Problem, problems_of
from vendors.register.pages import number_of, sponsors_allowing
from vendors.register.plan import FieldChange, Plan, RowPlan, State
from vendors.register.reading import FileRow, Table, UnreadableFile
from vendors.register.saving import StaleRecordError

MOST_WRITES = 1_000
PREVIEW = "Preview of an import"
Done = tuple[str, tuple[FieldChange, ...]]


class _Refused(Exception):
    """A row is not written."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__()


def run_import(
    *, book: Book, user: Any, actor: Actor, table: Table, today: date, reason: str = ""
) -> Plan:
    """Return what becomes of each row; with a `reason` it is written, unless a row is refused.

    Raises UnreadableFile where the file is not of this list or asks for too much at once.
    """
    run = _Run(book=book, user=user, actor=actor, table=table, today=today, reason=reason)
    with transaction.atomic():
        plan = run.plan()
        if not reason or plan.refused:
            transaction.set_rollback(True)
    return plan


@dataclass
class _Run:
    book: Book
    user: Any
    actor: Actor
    table: Table
    today: date
    reason: str

    def plan(self) -> Plan:
        importing = self.book.importing
        assert importing is not None  # noqa: S101  (its address exists for such books only)
        self.importing: Importing = importing
        expected = [column.title for column in self.book.columns]
        if not set(expected) & set(self.table.headings):
            raise UnreadableFile(
                f"This is not a file of this list: it has none of its columns "
                f"({', '.join(expected[:4])} …). Download the list and change that file."
            )
        self.filler = Filler(self.book)
        self.allowed = {s.pk for s in sponsors_allowing(self.user, Permission.EDIT_REGISTER)}
        self.owners = importing.owner.choices(self.user)
        named = {number_of(row.cells.get(RECORD)) for row in self.table.rows} - {None}
        visible = importing.rows(self.user)
        self.known = {record.pk: record for record in visible.filter(pk__in=named)}
        self.newest = last_change_ids(self.known.values())
        self.seen_in_file: set[int] = set()
        self.writes = 0
        absent = visible.exclude(pk__in=named).count()
        rows = tuple(self._row(row) for row in self.table.rows)
        known = {RECORD, LAST_CHANGE, importing.owner.title, *expected}
        return Plan(
            rows=rows,
            absent=absent,
            unknown=tuple(one for one in self.table.headings if one and one not in known),
        )

    def _row(self, row: FileRow) -> RowPlan:
        record = self.known.get(number_of(row.cells.get(RECORD)) or 0)
        name = str(record) if record is not None else self._name(row)
        new = not row.cells.get(RECORD)
        try:
            done = self._new(row) if new else self._existing(row, record)
        except _Refused as refused:
            cells = tuple(
                (self.table.address(row.number, one.heading), one) for one in refused.problems
            )
            return RowPlan(row.number, name, "refused", (), cells)
        state: State = "new" if new else "changed" if done[1] else "unchanged"
        return RowPlan(row.number, done[0] if new else name, state, done[1], ())

    def _name(self, row: FileRow) -> str:
        titles = [column.title for column in self.book.columns]
        return next((row.cells[one] for one in titles if row.cells.get(one)), "a row without name")

    def _existing(self, row: FileRow, record: Any) -> Done:
        number = row.cells[RECORD]
        if record is None:
            sentence = "You see no record of this number. Leave the cell empty for a new one."
            raise _Refused(Problem(RECORD, number, sentence))
        if record.pk in self.seen_in_file:
            raise _Refused(Problem(RECORD, number, "An earlier row is about this record already."))
        self.seen_in_file.add(record.pk)
        before = {column.title: text_of(column.value(record)) for column in self.book.columns}
        owner = self.importing.owner
        before_owner = str(owner.of(record))
        differs = any(row.cells.get(head, old) != old for head, old in before.items())
        if row.cells.get(owner.title) not in (None, "", before_owner):
            sentence = f"The {owner.title.lower()} of a record does not change."
            raise _Refused(Problem(owner.title, row.cells[owner.title], sentence))
        if not differs:
            return str(record), ()
        sponsor = owner.sponsor(owner.of(record))
        if sponsor.pk not in self.allowed:
            raise _Refused(Problem("", "", "Your role does not allow you to change this record."))
        seen = self._fingerprint(row, record)
        data: dict[str, Any] = {"reason": self.reason or PREVIEW, "seen": seen}
        form = self.importing.form(data, instance=record, user=self.user, sponsors=(sponsor,))
        after = self._written(row, form, data, before, seen)
        return str(after), self._changes(before, after)

    def _fingerprint(self, row: FileRow, record: Any) -> int:
        """Return how new the row was when it was downloaded; refuse it where it is not so now."""
        text = row.cells.get(LAST_CHANGE, "")
        seen = number_of(text)
        if seen is None:
            sentence = "This cell says how new your row is. Download the list again and keep it."
            raise _Refused(Problem(LAST_CHANGE, text, sentence))
        if seen != self.newest.get(record.pk, 0):
            raise _Refused(Problem(LAST_CHANGE, text, _stale(record, seen)))
        return seen

    def _new(self, row: FileRow) -> Done:
        owner = self.importing.owner
        text = row.cells.get(owner.title, "")
        fitting = [one for name, one in self.owners if name.casefold() == text.casefold()]
        if not text and len(self.owners) == 1:
            fitting = [self.owners[0][1]]
        if len(fitting) != 1:
            sentence = f"Name the {owner.title.lower()} that this belongs to, as the register does."
            raise _Refused(Problem(owner.title, text, sentence))
        data: dict[str, Any] = {"reason": self.reason or PREVIEW}
        sponsors = (owner.sponsor(fitting[0]),)
        form = self.importing.form(data, user=self.user, sponsors=sponsors)
        after = self._written(row, form, data, {}, fitting[0])
        return str(after), self._changes({}, after)

    def _written(
        self, row: FileRow, form: Any, data: dict[str, Any], before: Mapping[str, str], where: Any
    ) -> Any:
        """Write one record; `where` is its fingerprint, of a new one what it is written into."""
        self.writes += 1
        if self.writes > MOST_WRITES:
            raise UnreadableFile(
                f"The file adds or changes more than {MOST_WRITES:,} records. Send it in parts."
            )
        problems = self.filler.fill(form, data, row.cells, before)
        if problems:
            raise _Refused(*problems)
        if form.is_valid():
            try:
                return self._service(form, where, existing=bool(before))
            except StaleRecordError as stale:
                raise _Refused(Problem(LAST_CHANGE, "", str(stale))) from stale
            except ValidationError as error:
                form.refuse(error)
        raise _Refused(*problems_of(self.book, form, row.cells))

    def _service(self, form: Any, where: Any, *, existing: bool) -> Any:
        importing, reason = self.importing, self.reason or PREVIEW
        if existing:
            record, values = form.instance, form.values()
            return importing.change(self.actor, record, values, where, reason, self.today)
        return importing.create(self.actor, where, form.values(), reason, self.today)

    def _changes(self, before: Mapping[str, str], after: Any) -> tuple[FieldChange, ...]:
        now = {column.title: text_of(column.value(after)) for column in self.book.columns}
        return tuple(
            FieldChange(heading, before.get(heading, ""), text)
            for heading, text in now.items()
            if text != before.get(heading, "")
        )


def _stale(record: Any, seen: int) -> str:
    found = history_of(record, since=seen, limit=1)
    who = found[0].name if found and found[0].name else "Somebody"
    when = f" on {utc_text(found[0].at)}" if found else ""
    return f"{who} changed this{when}, after your file was made. Download the list again."
