"""The inputs of a stored run as they were, put together from what is kept.

A run is named by the hash of its inputs, and that hash is the proof: several states of the world
may come into question (what had been accepted, how a study was called, what was waived), and the
one that gives the hash on record is the one that was. Where none does, that is said; nothing is
guessed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product

import pandas as pd

from kpis.agreed.judging import from_kept
from kpis.definitions import catalogue, definition_from
from kpis.engine.definition import KpiDefinition
from kpis.engine.reading import ReadingError
from kpis.models import (
    Check,
    DefinitionSnapshot,
    KpiResult,
    SnapshotRun,
    Submission,
    SubmittedTable,
)
from kpis.snapshots.inputs import Inputs, Part, cutoff_of
from kpis.snapshots.waived import name_with, waived_kpis
from kpis.submissions.sealing import rows_sha256
from oversight.audit_trail.as_known import as_known
from oversight.storage import SealBroken
from studies.models import Study

ACCEPTED_ONCE = (Submission.State.ACCEPTED, Submission.State.SUPERSEDED)


class NotRebuilt(Exception):
    """The inputs of a run cannot be had as they were; the text says why in a sentence."""


class NothingCame(NotRebuilt):
    """The run says that nothing had come: there is nothing to compute."""


@dataclass(frozen=True)
class KeptPart(Part):
    """A part with its tables at hand; with `prove` each is checked against the hash of its rows."""

    tables: tuple[SubmittedTable, ...] = ()
    prove: bool = False

    def sent(self) -> Sequence[SubmittedTable]:
        """Return all tables of the submission."""
        return self.tables

    def opened(self, table: SubmittedTable) -> pd.DataFrame:
        """Return all rows of one of them."""
        rows = super().opened(table)
        if self.prove and rows_sha256(rows) != table.rows_sha256:
            raise SealBroken(table.sha256)
        return rows


@dataclass(frozen=True)
class KeptInputs(Inputs):
    """The inputs of a stored run, with the waivers that stood, by slug."""

    waivers: dict[str, str] = field(default_factory=dict)

    def name(self) -> str:
        """Return the hash that names the run."""
        return name_with(self.sha256(), self.waivers)


def inputs_of(run: SnapshotRun, *, prove: bool = False) -> KeptInputs:
    """Return what the run was computed from; at most eight statements, whatever was sent.

    With `prove`, opening a table also checks its rows against their own hash. Raises NotRebuilt.
    """
    bare = _without_parts(run)
    parts = _parts_in_question(run, prove=prove)
    if not parts:
        raise NothingCame("Nothing had come when this was stored, so there is nothing to compute.")
    for waivers, chosen in product(_waivers_in_question(run), parts):
        found = replace(bare, parts=chosen, waivers=waivers)
        if found.name() == run.inputs_sha256:
            return found
    raise NotRebuilt(
        "What this was computed from cannot be put together any more: no state of the accepted "
        "files, the studies' names in files and the waivers, with the definitions and limits kept "
        "beside the results, gives the hash of the inputs that is on record. One of these was "
        "altered since."
    )


def _without_parts(run: SnapshotRun) -> KeptInputs:
    """Return the definitions in their order, and the agreed limits, as the results keep them."""
    rows = list(
        KpiResult.objects.filter(run=run, country="")
        .order_by("pk")
        .values_list("definition_id", "definition__slug", "definition__sha256", "limits")
    )
    used = _definitions({pk: (slug, sha256) for pk, slug, sha256, _ in rows})
    limits = {slug: from_kept(kept) for _, slug, _, kept in rows}
    return KeptInputs(
        engagement_id=run.engagement_id,
        study_id=run.study_id,
        period_start=run.period_start,
        parts=(),
        definitions=tuple(used[pk] for pk, *_ in rows),
        limits={slug: agreed for slug, agreed in limits.items() if agreed is not None},
    )


def _definitions(wanted: dict[int, tuple[str, str]]) -> dict[int, KpiDefinition]:
    """Return definitions as used: the catalogue's where it means the same, else as kept."""
    current = {pk: catalogue().get(slug) for pk, (slug, _) in wanted.items()}
    found = {
        pk: one for pk, one in current.items() if one is not None and one.digest() == wanted[pk][1]
    }
    older = [pk for pk in wanted if pk not in found]
    for kept in DefinitionSnapshot.objects.filter(pk__in=older) if older else ():
        try:
            found[kept.pk] = definition_from(kept.content)
        except (ReadingError, KeyError, ValueError) as error:
            raise NotRebuilt(f"The kept definition of {kept} cannot be read any more.") from error
        if found[kept.pk].digest() != kept.sha256:
            raise NotRebuilt(f"The kept definition of {kept} is not the one that was used.")
    return found


def _parts_in_question(run: SnapshotRun, *, prove: bool) -> list[tuple[Part, ...]]:
    """Return what may have been accepted, the state at the run's own moment first."""
    decided = list(
        Submission.objects.filter(
            engagement=run.engagement_id, period_start=run.period_start, state__in=ACCEPTED_ONCE
        ).order_by("decided_at", "pk")
    )
    tables = _tables([one.pk for one in decided])
    names = list(_studies(run, decided))
    known = sum(1 for one in decided if one.decided_at and one.decided_at <= run.computed_at)
    # A worker reads the clock before it waits its turn, so a later acceptance may be in it.
    counts = sorted(range(1, len(decided) + 1), key=lambda count: (abs(count - known), -count))
    return [
        parts
        for count in counts
        for study in names
        if (parts := tuple(_parts(run.study_id, study, decided[:count], tables, prove=prove)))
    ]


def _parts(
    study_id: int | None,
    study: Study | None,
    decided: list[Submission],
    tables: dict[int, tuple[SubmittedTable, ...]],
    *,
    prove: bool,
) -> Iterator[Part]:
    """Yield the parts in the order of `scopes`: by study, what spans studies last."""
    latest = {one.study_id: one for one in decided}
    for key in sorted(latest, key=lambda key: (key is None, key or 0)):
        one = latest[key]
        if study_id in (None, key) or key is None:
            spanning = study if key is None else None
            cutoff_of(one)
            yield KeptPart(one, spanning, tables.get(one.pk, ()), prove)


def _studies(run: SnapshotRun, decided: list[Submission]) -> Iterator[Study | None]:
    """Yield the study as rows of a file that spans studies name it: as it is, and as it was."""
    if run.study is None or all(one.study_id is not None for one in decided):
        yield None
        return
    yield run.study
    yield from as_known(Study, [run.study.pk], run.computed_at)


def _tables(submissions: list[int]) -> dict[int, tuple[SubmittedTable, ...]]:
    """Return the tables of the check that counts, by submission, in the order of listings."""
    latest = (
        Check.objects.filter(submission__in=submissions)
        .order_by("submission_id", "-pk")
        .distinct("submission_id")
    )
    rows = SubmittedTable.objects.filter(check_made__in=latest.values("pk"))
    found: dict[int, tuple[SubmittedTable, ...]] = {}
    for table in rows.select_related("check_made").order_by("listing"):
        pk = table.check_made.submission_id
        found[pk] = (*found.get(pk, ()), table)
    return found


def _waivers_in_question(run: SnapshotRun) -> Iterator[dict[str, str]]:
    scope = (run.engagement_id, run.study_id, run.period_start)
    then = waived_kpis(*scope, until=run.computed_at + timedelta(microseconds=1))
    yield then
    if then:
        yield {}
    elif now := waived_kpis(*scope):
        yield now
