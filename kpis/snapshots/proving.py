"""The proof of one stored result: computed again from its rows, compared, and put on record.

Each table is also held against the hash of its rows, so that the chain from the result to the rows
is closed. Nothing but the event is written.
"""

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from kpis.models import SnapshotRun
from kpis.snapshots.again import Difference, NotRebuilt, again, differences, inputs_of
from oversight.audit_trail.attribution import Actor
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record

MOST_KEPT = 50


@dataclass(frozen=True)
class Proof:
    """What came of computing one KPI of a run again: scope, countries and sites.

    `why` says why it could not be computed; then the numbers are 0.
    """

    slug: str
    rows: int = 0
    results: int = 0
    different: tuple[Difference, ...] = ()
    why: str = ""

    @property
    def holds(self) -> bool:
        """True when every stored figure came out again."""
        return not self.different and not self.why


def job_name(run_id: int, slug: str) -> str:
    """Return the name under which the work says how far it is."""
    return f"prove-{run_id}-{slug}"


def proof_of(run: SnapshotRun, slug: str) -> Proof:
    """Compute one KPI of the run again and compare all its figures; nothing is written."""
    try:
        found = again(run, slugs={slug}, inputs=inputs_of(run, prove=True))
    except NotRebuilt as error:
        return Proof(slug, why=str(error))
    return Proof(
        slug,
        rows=sum(found.rows.values()),
        results=len(found.outcomes) + (0 if found.sites is None else len(found.sites)),
        different=differences(run, found),
    )


def record_proof(*, actor: Actor, run: SnapshotRun, proof: Proof, seconds: float) -> None:
    """Put it on record who had it computed again, and what came of it."""
    detail = {
        "kpi": proof.slug,
        "holds": proof.holds,
        "rows": proof.rows,
        "results": proof.results,
        "seconds": round(seconds, 3),
        "why": proof.why,
        "differing": len(proof.different),
        "differences": list(_plain(proof.different[:MOST_KEPT])),
    }
    record(Event.PROVED, actor=actor, subject=run, detail=detail)


def _plain(found: Iterable[Difference]) -> Iterable[dict[str, Any]]:
    """Return differences as JSON can carry them."""
    for one in found:
        yield {name: _text_if_none(value) for name, value in asdict(one).items()}


def _text_if_none(value: Any) -> Any:
    """A tampered number may be one that JSON does not know."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
