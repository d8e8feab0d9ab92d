"""What changed on one study between two days, and which records were edited in that time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from oversight.audit_trail.history import HistoryEntry, edits_of
from studies.changes import Change, Turn, changes
from studies.models import Delegation, Function, Study
from studies.selectors.parties import parties_of_studies
from studies.selectors.taxonomy import title_of
from vendors.register.pages import acts_for_sponsor


@dataclass(frozen=True)
class Edit:
    """One edit of a record in the period; it may say something of other days."""

    delegation_id: int
    title: str
    entry: HistoryEntry


@dataclass(frozen=True)
class StudyChanges:
    """All changes of a period by day; `edits` are for the sponsor's own people."""

    found: tuple[Change, ...]
    edits: tuple[Edit, ...]

    def of(self, turn: Turn) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.found if change.turn == turn)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Change, ...]], ...]:
        """Each kind under its heading."""
        titles = {Turn.BEGAN: "Began", Turn.CHANGED: "Changed", Turn.ENDED: "Ended"}
        return tuple((title, self.of(turn)) for turn, title in titles.items())


def study_changes(*, user: Any, study: Study, since: date, until: date) -> StudyChanges:
    """Gather the changes of a period as far as `user` may know; a fixed number of statements."""
    own = acts_for_sponsor(user, study.sponsor_id)
    grouped = parties_of_studies(user=user, study_ids=[study.pk], today=until)
    titles = _titles({function_id for _, function_id in grouped})
    found = [
        change
        for (_, function_id), parties in grouped.items()
        for change in changes(titles[function_id], parties, since=since, until=until, own=own)
    ]
    of_record = {
        party.pk: titles[function_id]
        for (_, function_id), parties in grouped.items()
        for party in parties
    }
    return StudyChanges(
        found=tuple(sorted(found, key=lambda change: (change.on, change.sentence))),
        edits=_edits(of_record, since=since, until=until) if own else (),
    )


def _titles(keys: Iterable[int]) -> dict[int, str]:
    found = Function._base_manager.filter(pk__in=list(keys)).select_related("obligation")
    return {function.pk: title_of(function) for function in found}


def _edits(of_record: dict[int, str], *, since: date, until: date) -> tuple[Edit, ...]:
    found = edits_of(Delegation, of_record, since=since, until=until)
    return tuple(Edit(int(key), of_record[int(key)], entry) for key, entry in found)
