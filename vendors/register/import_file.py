"""Importing one file: read, looked at or written, and what was written kept with its file."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from oversight import storage
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record
from vendors.access import Permission
from vendors.register.book import Book
from vendors.register.importing import run_import
from vendors.register.pages import sponsors_allowing
from vendors.register.plan import Plan
from vendors.register.reading import read_table


@dataclass(frozen=True)
class Waiting:
    """A file between preview and confirmation."""

    name: str
    content: bytes


def import_file(
    *, book: Book, user: Any, actor: Actor, file: Waiting, today: date, reason: str = ""
) -> Plan:
    """Return what the file would do; with a `reason` do it, keep the file, record the event.

    Raises UnreadableFile with a sentence.
    """
    table = read_table(file.name, file.content)
    with acting(actor, reason=reason):
        plan = run_import(
            book=book, user=user, actor=actor, table=table, today=today, reason=reason
        )
        if reason and not plan.refused:
            detail = {
                "list": book.slug,
                "file": file.name,
                "sha256": storage.keep(io.BytesIO(file.content)),
                "new": plan.new,
                "changed": plan.changed,
            }
            for sponsor in sponsors_allowing(user, Permission.EDIT_REGISTER):
                record(Event.IMPORTED, actor=actor, subject=sponsor, reason=reason, detail=detail)
    return plan
