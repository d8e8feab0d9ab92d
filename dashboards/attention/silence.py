"""Since when nobody has said or done anything about a matter: the audit trail is asked.

Who merely opened a page is not on record; a download is. What the sponsor's people did with a
submission is not told to a CRO, here as on the page of a submission.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date
from typing import Any

from django.db.models import Max, Q

from dashboards.attention.matter import Matter, Subject
from dashboards.periods import Asked
from kpis.selectors.happenings import STEPS
from oversight.audit_trail.events import Event
from oversight.audit_trail.models import AuditTrailEntry
from vendors.access import memberships_of

# Doing these without a word says nothing: the comment is what breaks the silence.
IN_WORDS = (Event.ACCEPTED, Event.RETURNED)
COMMENTS = frozenset({*IN_WORDS, Event.DISPUTED, Event.SETTLED})

Heard = Mapping[Subject, Mapping[str, date]]


def with_last_words(user: Any, found: Iterable[Matter], *, asked: Asked) -> tuple[Matter, ...]:
    """Return the matters with the day on which somebody last did something; one statement."""
    found = tuple(found)
    heard = _heard(user, {one for matter in found for one in matter.subjects}, asked)
    return tuple(replace(one, last_word=last_word(one, heard)) for one in found)


def last_word(matter: Matter, heard: Heard) -> date | None:
    """Return the last day on which something counts as attention to the matter. Pure."""
    return max(
        (
            day
            for subject in matter.subjects
            for event, day in heard.get(subject, {}).items()
            if event in COMMENTS or not matter.comments_only
        ),
        default=None,
    )


def _heard(user: Any, subjects: Iterable[Subject], asked: Asked) -> Heard:
    tables: dict[str, list[str]] = defaultdict(list)
    for table, pk in sorted(subjects):
        tables[table].append(str(pk))
    if not tables:
        return {}
    concerned = Q()
    for table, keys in tables.items():
        concerned |= Q(subject_table=table, subject_id__in=keys)
    entries = AuditTrailEntry.objects.filter(concerned).exclude(role="system")
    entries = entries.exclude(event__in=IN_WORDS, reason="")
    if not any(one.sponsor_id is not None for one in memberships_of(user)):
        entries = entries.filter(event__in=STEPS)
    if asked.known_until is not None:
        entries = entries.filter(at__lt=asked.known_until)
    found: dict[Subject, dict[str, date]] = defaultdict(dict)
    rows = entries.order_by().values_list("subject_table", "subject_id", "event")
    for table, pk, event, at in rows.annotate(Max("at")):
        found[table, int(pk)][event] = at.astimezone(UTC).date()
    return found
