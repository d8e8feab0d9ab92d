"""Whose doing a change is: the actor as they were at the time, carried into the database.

`acting` opens the transaction in which a service writes and tells PostgreSQL who acts and why;
the change triggers read it. A write outside `acting` leaves history too, marked unattributed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import connections, transaction

request_id: ContextVar[str] = ContextVar("request_id", default="")
_current: ContextVar[str] = ContextVar("current_attribution", default="")


@dataclass(frozen=True)
class Actor:
    """The person, or part of the system, who acts: text copies, as they were at the time."""

    user_id: int | None
    name: str
    role: str = ""
    organisation: str = ""

    @property
    def person_id(self) -> int:
        """Return the user's id; raises ValueError for the system: some steps are a person's."""
        if self.user_id is None:
            raise ValueError(f"{self.name} is not a person; this step needs one.")
        return self.user_id

    @classmethod
    def of_user(cls, user: Any, *, role: str = "", organisation: str = "") -> "Actor":
        """Return the actor for a user; role and organisation come from their membership."""
        return cls(user_id=user.pk, name=str(user), role=role, organisation=organisation)

    @classmethod
    def system(cls, part: str) -> "Actor":
        """Return the actor for work that nobody asked for by hand, such as a scheduled job."""
        return cls(user_id=None, name=f"system: {part}", role="system")

    @classmethod
    def visitor(cls) -> "Actor":
        """Return the actor for somebody who has not signed in."""
        return cls(user_id=None, name="visitor", role="visitor")

    def in_role(self, *, role: str, organisation: str) -> "Actor":
        """Return the same actor acting in one of their roles."""
        return replace(self, role=role, organisation=organisation)


@contextmanager
def acting(actor: Actor, *, reason: str = "", using: str = "default") -> Iterator[None]:
    """Open a transaction whose changes are attributed to `actor`, with the reason they gave.

    Nested use names the inner reason for the inner changes and restores the outer one after.
    """
    attribution = json.dumps({**asdict(actor), "reason": reason, "request_id": request_id.get()})
    with transaction.atomic(using=using):
        _tell(attribution, using=using)
        before = _current.get()
        token = _current.set(attribution)
        try:
            yield
        finally:
            _current.reset(token)
        _tell(before, using=using)


def _tell(attribution: str, *, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('oversight.attribution', %s, true)", [attribution])
