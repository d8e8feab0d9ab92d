"""What may have been accepted when a run was computed: its parts, with their tables at hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from kpis.models import Check, SnapshotRun, Submission, SubmittedTable
from kpis.snapshots.inputs import Part
from kpis.submissions.sealing import rows_sha256
from oversight.audit_trail.as_known import as_known
from oversight.storage import SealBroken
from studies.models import Study

ACCEPTED_ONCE = (Submission.State.ACCEPTED, Submission.State.SUPERSEDED)


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


def parts_in_question(run: SnapshotRun, *, prove: bool) -> list[tuple[Part, ...]]:
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
