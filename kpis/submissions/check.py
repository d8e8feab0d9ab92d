"""Step 2, check: read all files, gather every problem, seal the typed tables.

Runs in a worker. What it finds is stored in one short transaction at the end, and only if the
submission still is what was read: killed half-way, nothing is stored and the sweep starts it again.
"""

import logging
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError

from kpis.due import asked_of
from kpis.engine.tables import LISTINGS
from kpis.models import Check, Submission, SubmittedFile, SubmittedTable
from kpis.submissions import problems as problem_rows
from kpis.submissions import profiles
from kpis.submissions.checks import check_all, read_and_look
from kpis.submissions.comparing.keep import Compared, compare_or_say
from kpis.submissions.comparing.keep import store as store_comparison
from kpis.submissions.correcting import corrections_of
from kpis.submissions.known import context_of
from kpis.submissions.limits import limits_in_force
from kpis.submissions.reach import studies_of
from kpis.submissions.reading import ReadResult, SheetSummary, SourceFile
from kpis.submissions.reading.apart import read_apart
from kpis.submissions.reading.coded import all_written_out, written
from kpis.submissions.reading.declared import stated_by
from kpis.submissions.reading.problems import Problem
from kpis.submissions.sealing import seal_table
from kpis.submissions.states import State, locked, move
from kpis.submissions.template.expected import expected_of
from kpis.submissions.template.scope import check_stated
from oversight import progress, storage
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.events import Event
from oversight.audit_trail.services import record

logger = logging.getLogger(__name__)

# Read beside what is due: other listings take from participants what their rows leave out, and the
# plans are what a study's progress is shown against.
AUXILIARY = frozenset({"participants", "enrolment-plan", "site-start-up", "study-milestones"})
# What the bar says; its share of the whole is how long each takes of a large file.
READING = "Reading the files (step 1 of 3)"
CHECKING = "Checking cells and rows (step 2 of 3)"
COMPARING = "Comparing with what was accepted before (step 3 of 3)"


@dataclass(frozen=True)
class Findings:
    """What reading and checking brought to light, before anything is stored."""

    result: ReadResult
    problems: tuple[Problem, ...]
    files: list[SubmittedFile]
    tables: dict[str, tuple[str, str, int]]  # listing → file hash, rows hash, number of rows
    compared: Compared | None = None


def check_submission(*, submission: Submission, now: datetime) -> bool:
    """Check a received submission; return False if it changed meanwhile or was not waiting."""
    if submission.state != State.RECEIVED:
        return False
    job = job_name(submission)
    progress.report(job, READING, 0.0)
    findings = _read_or_say(submission, job, now)
    stored = _store(submission, findings, now)
    progress.finish(job)
    return stored


def job_name(submission: Submission) -> str:
    """Return the name under which the check reports its progress."""
    return f"check-{submission.pk}"


def _read_or_say(submission: Submission, job: str, now: datetime) -> Findings:
    """Read; an error of ours becomes a problem that the sender sees, and is logged for us.

    What mends by itself (no database, no disk) is raised: the sweep starts the check again.
    """
    files = list(submission.files.filter(set_aside_at=None))
    try:
        return _read(submission, job, now)
    except (OSError, DatabaseError):
        raise
    except Exception:
        logger.exception("The check of %s failed.", submission)
        problem = Problem(
            "check-failed",
            "Something went wrong on our side while this was read. Nothing is lost and nothing "
            "was taken. Send the file again; if that does not help, tell the sponsor.",
        )
        return Findings(
            ReadResult(tables={}, problems=(problem,), sheets=()), (problem,), files, {}
        )


def _read(submission: Submission, job: str, now: datetime) -> Findings:
    files = list(submission.files.filter(set_aside_at=None))
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        sources = [_copy_out(file, Path(folder) / str(place)) for place, file in enumerate(files)]
        result = read_apart(
            sources,
            read=read_and_look,
            listings=_asked(submission, now),
            corrections=corrections_of(submission, files),
            limits=limits_in_force(submission.engagement.sponsor_id),
            progress=lambda step, share: _report_reading(job, step, share),
            profiles=profiles.in_force(submission.engagement.vendor_id),
        )
    result = _named(_unless_nothing(result), submission)
    progress.report(job, CHECKING, 0.8)
    context = context_of(submission, result, now=now)
    stated = check_stated(stated_by(result.raw), expected_of(submission, on=now.date()))
    result, problems = check_all(result, context=context, more=stated)
    tables = {
        name: (*seal_table(table, engine_order=LISTINGS[name].engine_order), len(table))
        for name, table in result.tables.items()
    }
    progress.report(job, COMPARING, 0.95)
    beside = compare_or_say(
        submission, all_written_out(result.tables), cutoff_date=context.cutoff_date
    )
    return Findings(result, problems, files, tables, beside)


def _report_reading(job: str, step: str, share: float) -> None:
    if step == "reading":
        progress.report(job, READING, 0.05 + 0.5 * share)
    else:
        progress.report(job, CHECKING, 0.55 + 0.25 * share)


def _copy_out(file: SubmittedFile, path: Path) -> SourceFile:
    with storage.fetch(file.sha256) as stored, path.open("wb") as copy:
        shutil.copyfileobj(stored, copy, storage.BLOCK)
    return SourceFile(path=path, name=file.name)


def _asked(submission: Submission, now: datetime) -> tuple[str, ...]:
    """Return the listings that are due for the scope, as LISTINGS are ordered."""
    due = asked_of(
        submission.engagement, submission.study_id, on=submission.data_cutoff_date or now.date()
    )
    wanted = AUXILIARY | (due.listings if due else frozenset())
    return tuple(name for name in LISTINGS if name in wanted)


def _unless_nothing(result: ReadResult) -> ReadResult:
    """Let a file without one of the listings pass if it has another: the checks say what is due."""
    if not set(result.tables) - AUXILIARY:
        return result
    problems = tuple(one for one in result.problems if one.rule != "no-listing")
    return replace(result, problems=problems)


def _named(result: ReadResult, submission: Submission) -> ReadResult:
    """Fill in the study where rows leave it out and only one is possible."""
    studies = studies_of(submission)
    if submission.study_id is not None or len(studies) != 1:
        return result
    name = studies[0].protocol_number
    tables = {
        listing: table.assign(study=written(table["study"]).fillna(name))
        if "study" in table
        else table
        for listing, table in result.tables.items()
    }
    return replace(result, tables=tables)


def _store(read: Submission, findings: Findings, now: datetime) -> bool:
    actor = Actor.system("check")
    with acting(actor, reason="Files checked"):
        submission = locked(read)
        files = [file.pk for file in findings.files]
        unchanged = (
            submission.state == State.RECEIVED
            and submission.revision == read.revision
            and submission.data_cutoff_date == read.data_cutoff_date
            and list(submission.files.filter(set_aside_at=None).values_list("pk", flat=True))
            == files
        )
        if not unchanged:
            return False
        before = submission.checks.last()
        check = Check.objects.create(
            submission=submission,
            checked_at=now,
            data_cutoff_date=submission.data_cutoff_date,
            file_ids=files,
            sheets=[_sheet(sheet) for sheet in findings.result.sheets],
            **_proposal(findings.result),
        )
        SubmittedTable.objects.bulk_create(
            SubmittedTable(
                check_made=check, listing=name, sha256=sha, rows_sha256=rows, row_count=count
            )
            for name, (sha, rows, count) in findings.tables.items()
        )
        check.error_count, check.warning_count = problem_rows.store(
            check, findings.problems, findings.files, before=before
        )
        check.save(update_fields=["error_count", "warning_count"])
        if findings.compared is not None:
            store_comparison(check, findings.compared, now=now)
        move(submission, State.CHECKED)
        submission.save()
        record(
            Event.CHECKED,
            actor=actor,
            subject=submission,
            detail={"errors": check.error_count, "warnings": check.warning_count},
        )
    return True


def _proposal(result: ReadResult) -> dict[str, object]:
    if result.cutoff is None:
        return {}
    return {
        "proposed_cutoff_date": result.cutoff.date,
        "rows_agreeing": result.cutoff.agreeing,
        "rows_dated": result.cutoff.compared,
    }


def _sheet(sheet: SheetSummary) -> dict[str, object]:
    names = ("file", "sheet", "listing", "rows", "header_row", "reason", "used")
    plain: dict[str, object] = {name: getattr(sheet, name) for name in names}
    return plain | {"layout": sheet.layout.as_json() if sheet.layout else None}
