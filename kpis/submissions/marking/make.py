"""Making the marked copy of a file: asked for on the page, made once by a worker, kept."""

import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from kpis.models import Check, MarkedFile, SubmittedFile
from kpis.submissions.cells import cells_of, copy_out, is_workbook
from kpis.submissions.marking.marks import Mark, comments_until, marks_of
from kpis.submissions.marking.workbook import Progress, mark_table, mark_workbook
from kpis.submissions.places import sheets_of
from kpis.submissions.states import StepRefused
from kpis.task_names import MARK_FILE
from oversight import progress, storage
from oversight.audit_trail.attribution import Actor, acting
from oversight.jobs import enqueue

# Measured: a million cells, 46 MB unpacked, take 20 s and 0.7 GB; a CSV of 7 MB 12 s and 0.5 GB.
# Larger files have their lists of cells alone.
MOST_UNPACKED = 60_000_000
MOST_TEXT = 10_000_000


def job_name(file_id: int) -> str:
    """Return the name under which making the copy reports its progress."""
    return f"mark-{file_id}"


def ask_for_marked(file: SubmittedFile) -> None:
    """Have a worker make the marked copy unless it is there; raises StepRefused if none can be."""
    check = file.submission.checks.last()
    if not sheets_of(file, check):
        raise StepRefused(f"{file.name} was not read, so that no cell of it can be marked.")
    if too_large(file):
        raise StepRefused(
            f"{file.name} is too large to be marked. Each problem below has its list of cells as "
            "CSV."
        )
    if marked_of(file, check) is None:
        progress.report(job_name(file.pk), "Waiting for its turn", 0.0)
        enqueue(MARK_FILE, file_id=file.pk)


def marked_of(file: SubmittedFile, check: Check | None) -> MarkedFile | None:
    """Return the marked copy that shows this check, with all comments that were returned."""
    made = MarkedFile.objects.filter(
        file=file, check_made=check, comments_until=comments_until(file)
    )
    return made.last()


def make_marked(*, file: SubmittedFile, now: datetime) -> MarkedFile | None:
    """Make and keep the marked copy; return the one that is there already; None if never read."""
    check = file.submission.checks.last()
    if check is None or not sheets_of(file, check):
        return None
    made = marked_of(file, check)
    if made is not None:
        return made
    job = job_name(file.pk)
    until, marks = comments_until(file), marks_of(file, check)
    with tempfile.TemporaryDirectory(prefix="mark-") as folder:
        target = Path(folder) / "marked.xlsx"
        cells = _write(
            file, sheets_of(file, check), target, marks, lambda *at: progress.report(job, *at)
        )
        with target.open("rb") as stream:
            sha256 = storage.keep(stream)
    with acting(Actor.system("mark"), reason="Cells marked"):
        made = MarkedFile.objects.create(
            file=file,
            check_made=check,
            sha256=sha256,
            cells=cells,
            made_at=now,
            comments_until=until,
        )
    progress.finish(job)
    return made


def too_large(file: SubmittedFile) -> bool:
    """Tell whether marking the file would take more than a worker is given."""
    with storage.fetch(file.sha256) as stored:
        if stored.read(2) != b"PK":
            return file.size > MOST_TEXT
        stored.seek(0)
        with zipfile.ZipFile(stored) as archive:
            return sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED


def marked_name(file: SubmittedFile) -> str:
    """Return the name of the marked copy: always a workbook, also of a CSV."""
    stem = file.name.rsplit(".", 1)[0] or file.name
    return f"{stem}_marked.xlsx"


def _write(
    file: SubmittedFile, sheets: tuple[str, ...], target: Path, marks: list[Mark], tell: Progress
) -> int:
    source = copy_out(file, target.with_name("source.xlsx"))
    if is_workbook(source):
        return mark_workbook(source, target, marks, name=file.name, progress=tell)
    rows = cells_of(file, sheets[0]).fillna("").to_numpy().tolist()
    return mark_table(rows, target, marks, name=file.name, sheet=sheets[0], progress=tell)
