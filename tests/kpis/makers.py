"""Files and submissions for the tests of this floor: small query listings, and the way in."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from kpis.models import Submission
from kpis.submissions.check import check_submission
from kpis.submissions.decide import accept
from kpis.submissions.receive import Upload, confirm_cutoff, receive
from kpis.submissions.submit import explain, submit
from oversight.accounts.models import User
from tests.people import World
from vendors.access import actor_of

NOW = datetime(2025, 11, 17, 9, 0, tzinfo=UTC)
CUTOFF = date(2025, 11, 14)
HEADER = (
    "Study,Country,Site Number,Subject Name,Folder Name,Form,Field OID,Log #,Query Status,"
    "Marking Group Name,Query Open Date,Query Response Date,# Days Since Open"
)
GOOD_ROWS = (
    "Study 1,FRA,Site 2,Subject 1,Visit 1,AE,AETERM,1,Open,CDM,2025-11-04,,10",
    "Study 1,FRA,Site 2,Subject 1,Visit 1,AE,AESTDAT,1,Answered,CDM,2025-10-15,2025-10-20,30",
    "Study 1,FRA,Site 2,Subject 2,Visit 2,VS,SYSBP,1,Open,CDM,2025-11-13,,1",
)
# What is said where the month was accepted before.
RESTATED: dict[str, Any] = {"reason": "Rows were missing.", "cause": "late-data", "found_by": "cro"}
# A site that the study does not have: a warning.
STRANGE_SITE = "Study 1,ESP,Site 7,Subject 9,Visit 1,AE,AETERM,1,Open,CDM,2025-11-04,,10"
# A state that nobody knows and a date that is none: two errors.
BAD_ROW = "Study 1,FRA,Site 2,Subject 3,Visit 1,AE,AETERM,1,Perhaps,CDM,soon,,10"


def csv_bytes(*rows: str, header: str = HEADER) -> bytes:
    """Return a query listing as CSV."""
    return "\n".join([header, *rows, ""]).encode()


GOOD = csv_bytes(*GOOD_ROWS)


def upload_of(content: bytes, name: str = "queries.csv") -> Upload:
    """Return one file as it comes in."""
    return Upload(name, io.BytesIO(content), len(content))


def received(
    world: World,
    *contents: bytes,
    cutoff: date | None = None,
    by: User | None = None,
    names: Sequence[str] = (),
) -> Submission:
    """Return a submission of Alpha for NWT-301 (of Beta for NWT-204 when Ben sends it)."""
    beta = by is not None and by == world.ben
    contents = contents or (GOOD,)
    names = names or [f"queries_{place}.csv" for place in range(len(contents))]
    return receive(
        actor=actor_of(by or world.ada),
        engagement=world.beta_engagement if beta else world.alpha_engagement,
        study=world.other_study if beta else world.study,
        uploads=[upload_of(*pair) for pair in zip(contents, names, strict=True)],
        data_cutoff_date=cutoff,
        now=NOW,
    )


def fresh(submission: Submission) -> Submission:
    """Return the submission as it is stored now."""
    return Submission.objects.get(pk=submission.pk)


def newest(submission: Submission) -> Any:
    """Return the check that counts."""
    return submission.checks.last()


def checked(world: World, *contents: bytes, cutoff: date | None = CUTOFF) -> Submission:
    """Return a submission that was received and checked."""
    return check(received(world, *contents, cutoff=cutoff))


def check(submission: Submission) -> Submission:
    """Check a received submission as the worker does; where one runs, it may have been faster."""
    done = check_submission(submission=fresh(submission), now=NOW)
    found = fresh(submission)
    assert done or found.state == Submission.State.CHECKED
    return found


def submitted(world: World, *contents: bytes, cutoff: date = CUTOFF) -> Submission:
    """Return a submission that was handed over, its warnings explained."""
    submission = checked(world, *contents, cutoff=cutoff)
    for problem in newest(submission).problems.filter(severity="warning"):
        explain(actor=actor_of(world.ada), problem=problem, explanation="As it is.", now=NOW)
    submit(actor=actor_of(world.ada), submission=submission, now=NOW, **RESTATED)
    return fresh(submission)


def accepted(world: World, *contents: bytes, cutoff: date = CUTOFF) -> Submission:
    """Return a submission that the sponsor accepted."""
    submission = submitted(world, *contents, cutoff=cutoff)
    accept(actor=actor_of(world.sam), submission=submission, comment="", now=NOW)
    return fresh(submission)


def confirm(world: World, submission: Submission, day: date = CUTOFF) -> Submission:
    """Confirm the cut-off and check again."""
    confirm_cutoff(actor=actor_of(world.ada), submission=submission, data_cutoff_date=day, now=NOW)
    return check(submission)
