"""What the cells show as they stand, beyond the columns that were read; it needs every sheet whole.

Done in the process that reads, where the sheets are: what it hands on has none of their cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from kpis.submissions.checks.meaning import check_words
from kpis.submissions.checks.misfits import told_apart
from kpis.submissions.checks.personal import masked, personal_data, without_values
from kpis.submissions.checks.totals import check_buckets, check_open_queries, check_totals
from kpis.submissions.checks.vendors import vendors_named
from kpis.submissions.reading.outcome import ReadResult, SourceFile
from kpis.submissions.reading.reader import read_coded

RULES = (check_totals, check_buckets, check_open_queries, check_words, vendors_named)


def read_and_look(files: Sequence[SourceFile], **how: Any) -> ReadResult:
    """Read as read_coded does, and look at every cell."""
    return look(read_coded(files, **how))


def look(result: ReadResult) -> ReadResult:
    """Return the result with what its sheets show, and the sheets without their cells.

    Personal data are in none of the problems and no longer in the tables. Every provider that is
    named has a problem; who knows the sender drops those that are right.
    """
    problems = told_apart(result.problems)
    for rule in RULES:
        problems += rule(result)
    private = personal_data(result)
    tables: Mapping[str, pd.DataFrame] = result.tables
    if private:
        problems = [*without_values(problems, private, result.raw), *private]
        tables = masked(result, private)
    hollow = tuple(replace(sheet, frame=sheet.frame.iloc[:0]) for sheet in result.raw)
    return replace(result, tables=tables, problems=tuple(problems), raw=hollow)


def looked_at(result: ReadResult) -> ReadResult:
    """Return the result as `look` does, unless it was looked at before."""
    return look(result) if any(len(sheet.frame) for sheet in result.raw) else result
