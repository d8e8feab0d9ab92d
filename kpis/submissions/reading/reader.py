"""From files on disk to typed tables and all problems. The entrance to this package.

Never raises for what a sender did: a file that cannot be read is a problem with a sentence.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import pandas as pd

from kpis.engine.tables import LISTINGS
from kpis.submissions.reading.coded import all_written_out
from kpis.submissions.reading.combine import combine
from kpis.submissions.reading.container import identify
from kpis.submissions.reading.corrections import Correction, corrected
from kpis.submissions.reading.cutoff import propose_cutoff
from kpis.submissions.reading.declared import as_declared, stated_cutoff
from kpis.submissions.reading.delimited import read_delimited
from kpis.submissions.reading.limits import IntakeLimits
from kpis.submissions.reading.longform import read_longform
from kpis.submissions.reading.outcome import ReadResult, SourceFile
from kpis.submissions.reading.own_sheets import without_mend_sheet
from kpis.submissions.reading.own_template import take_template
from kpis.submissions.reading.problems import Problem
from kpis.submissions.reading.profile import Profile
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.recognise import recognise
from kpis.submissions.reading.workbook import read_workbook

Progress = Callable[[str, float], None]


def read_submission(files: Sequence[SourceFile], **how: Any) -> ReadResult:
    """Read as `read_coded` does; the tables have their texts in each row."""
    result = read_coded(files, **how)
    return replace(result, tables=all_written_out(result.tables))


def read_coded(
    files: Sequence[SourceFile],
    *,
    listings: Sequence[str],
    limits: IntakeLimits,
    progress: Progress,
    corrections: Sequence[Correction] = (),
    profiles: Sequence[Profile] = (),
) -> ReadResult:
    """Read all files of one submission. `progress` gets a step's name and its share done.

    Texts that repeat are `coded` in the tables.

    `corrections` are laid over the cells before anything is recognised.

    `profiles` say how layouts of this sender are read, as a person confirmed.

    Raises KeyError for a listing that does not exist: the caller's mistake, not the sender's.
    """
    asked = [LISTINGS[name] for name in listings]
    raw: list[RawSheet] = []
    problems: list[Problem] = []
    for number, source in enumerate(files):

        def step(share: float, done: int = number) -> None:
            progress("reading", (done + share) / len(files))

        sheets, found = _read_file(source, number, limits, step)
        sheets, found = take_template(corrected(without_mend_sheet(sheets), corrections), found)
        raw += sheets
        problems += [replace(problem, file=number) for problem in found]
        if not sheets and not found:
            problems.append(_no_sheets(number))
    progress("checking", 0.0)
    names = [source.name for source in files]
    recognised = recognise(raw, asked, file_names=names, profiles=profiles)
    recognised = [as_declared(one) for one in recognised]
    tables, summaries, found = combine(recognised, asked, raw, names)
    problems += found
    progress("checking", 1.0)
    order = {(sheet.file, sheet.name): place for place, sheet in enumerate(raw)}
    return ReadResult(
        tables=tables,
        problems=in_document_order(problems, order),
        sheets=summaries,
        cutoff=stated_cutoff(raw)
        or (propose_cutoff(tables["queries"]) if "queries" in tables else None),
        studies_named=_studies(tables),
        file_names=tuple(names),
        raw=tuple(raw),
    )


def in_document_order(
    problems: Sequence[Problem], sheets: dict[tuple[int, str], int]
) -> tuple[Problem, ...]:
    """Sort by file, sheet, row and column, the way one reads; whole-file problems first."""

    def place(problem: Problem) -> tuple[int, int, int, int, str]:
        sheet = sheets.get((problem.file or 0, problem.sheet or ""), -1)
        cell = problem.cell or ""
        return (
            -1 if problem.file is None else problem.file,
            sheet,
            problem.row or 0,
            len(cell),
            cell,
        )

    return tuple(sorted(problems, key=place))


def _read_file(
    source: SourceFile, number: int, limits: IntakeLimits, step: Callable[[float], None]
) -> tuple[list[RawSheet], list[Problem]]:
    kind = identify(source.path, limits)
    if isinstance(kind, Problem):
        return [], [kind]
    if kind == "zip":
        return read_workbook(source.path, number, limits, step)
    if kind == "json":
        return read_longform(source.path, number)
    name = PurePath(source.name.replace("\\", "/")).stem
    return read_delimited(source.path, number, name, limits)


def _no_sheets(number: int) -> Problem:
    return Problem(
        "no-listing",
        "The workbook has no sheet with cells. Send the workbook that holds the report itself.",
        file=number,
    )


def _studies(tables: dict[str, pd.DataFrame]) -> dict[str, int]:
    names = [table["study"].dropna() for table in tables.values() if "study" in table]
    if not names:
        return {}
    counts = [one.value_counts() for one in names]
    return {
        str(name): int(count) for name, count in pd.concat(counts).groupby(level=0).sum().items()
    }
