"""Writing one record: in one transaction, with actor and reason, checked, under its history.

Nothing is deleted. What a record may hold is said by its model's constraints; what they refuse
comes out as a sentence, also when somebody else was faster.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.history import HistoryEntry, history_of, last_change_id
from oversight.audit_trail.services import record

Row = TypeVar("Row", bound=models.Model)
Check = Callable[[Row], None]

NO_REASON = "Say why you change this: the reason is kept with the change."


class StaleRecordError(Exception):
    """Somebody changed the record after it was shown; nothing was written."""

    def __init__(self, changes: tuple[HistoryEntry, ...]) -> None:
        self.changes = changes
        super().__init__(
            "Somebody changed this record while you had it open. Nothing of yours was saved. "
            "Look at their change, then open the record again."
        )


def create_row(*, actor: Actor, row: Row, reason: str = "", check: Check[Row] | None = None) -> Row:
    """Save a new record and record the event; raise ValidationError where it may not be."""
    with sentences(row), acting(actor, reason=reason or "Added to the register"):
        if check:
            check(row)
        row.full_clean()
        row.save(force_insert=True)
        record(Event.CREATED, actor=actor, subject=row, reason=reason)
    return row


def change_row(
    *,
    actor: Actor,
    row: Row,
    values: Mapping[str, Any],
    seen: int | None,
    reason: str,
    ends_in: str = "",
    along: Mapping[str, Any] | None = None,
    check: Check[Row] | None = None,
) -> Row:
    """Change a record to `values`; return it as it is now.

    `seen` is the id of the last change its editor saw; where a later one exists, StaleRecordError.
    `ends_in` names the field whose first date ends the record. Values that are all the same write
    nothing; `along` is written with a change and is none by itself.
    """
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    with sentences(row), acting(actor, reason=reason):
        current = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
        if seen != last_change_id(current):
            raise StaleRecordError(history_of(current, since=seen or 0))
        before = {name: getattr(current, name) for name in values}
        changed = [name for name, value in values.items() if before[name] != value]
        if not changed:
            return current
        written = {name: values[name] for name in changed} | dict(along or {})
        for name, value in written.items():
            setattr(current, name, value)
        if check:
            check(current)
        current.full_clean()
        current.save(update_fields=list(written))
        ended = ends_in in changed and before[ends_in] is None
        record(Event.ENDED if ended else Event.CHANGED, actor=actor, subject=current, reason=reason)
    return current


@contextmanager
def sentences(row: models.Model) -> Iterator[None]:
    """Turn what the database refuses into the sentence of the constraint that refused."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None)
        for constraint in row._meta.constraints:
            if constraint.name == name:
                raise ValidationError(constraint.get_violation_error_message()) from error
        raise


def check_same_sponsor(row: Any, sponsor_id: int, *names: str) -> None:
    """Refuse a record that refers to one of another sponsor's register."""
    for name in names:
        related = getattr(row, name)
        if related is not None and related.sponsor_id != sponsor_id:
            raise ValidationError({name: "This belongs to another sponsor's register."})
