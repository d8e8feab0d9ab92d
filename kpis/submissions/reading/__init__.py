"""Reading a submission: files on disk to typed tables and problems. No Django in here.

Steps, in the order in which they happen: container (what kind of file), archive and sheet_scan
(is it safe), workbook or delimited (cells as they stand), headers and recognise (which sheet is
which listing), rows, convert, dates and typed (cells to values), selection (nothing twice),
combine and cutoff. Rules that need several rows or the database's knowledge live in checks.
"""

from kpis.submissions.reading.limits import IntakeLimits
from kpis.submissions.reading.outcome import CutoffProposal, ReadResult, SheetSummary, SourceFile
from kpis.submissions.reading.problems import RULES, Problem, Rule, Severity, has_errors
from kpis.submissions.reading.reader import read_submission

__all__ = [
    "RULES",
    "CutoffProposal",
    "IntakeLimits",
    "Problem",
    "ReadResult",
    "Rule",
    "Severity",
    "SheetSummary",
    "SourceFile",
    "has_errors",
    "read_submission",
]
