"""The inputs of a stored run as they were, put together from what is kept.

A run is named by the hash of its inputs, and that hash is the proof: several states of the world
may come into question (what had been accepted, how a study was called, what was waived), and the
one that gives the hash on record is the one that was. Where none does, that is said; nothing is
guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product

from kpis.agreed.judging import from_kept
from kpis.definitions import catalogue, definition_from
from kpis.engine.definition import KpiDefinition
from kpis.engine.reading import ReadingError
from kpis.models import DefinitionSnapshot, KpiResult, SnapshotRun
from kpis.own_tables import read_back
from kpis.snapshots.inputs import Inputs
from kpis.snapshots.kept_parts import parts_in_question
from kpis.snapshots.waived import name_with, waived_kpis


class NotRebuilt(Exception):
    """The inputs of a run cannot be had as they were; the text says why in a sentence."""


class NothingCame(NotRebuilt):
    """The run says that nothing had come: there is nothing to compute."""


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
    parts = parts_in_question(run, prove=prove)
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
        own=read_back(run.own_tables),
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


def _waivers_in_question(run: SnapshotRun) -> Iterator[dict[str, str]]:
    scope = (run.engagement_id, run.study_id, run.period_start)
    then = waived_kpis(*scope, until=run.computed_at + timedelta(microseconds=1))
    yield then
    if then:
        yield {}
    elif now := waived_kpis(*scope):
        yield now
