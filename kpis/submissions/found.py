"""What a check found, cell by cell: all of it, from the sealed lists."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from kpis.models import Check
from kpis.submissions.reading.problems import RULES
from kpis.submissions.reading.rules.privacy import RULES as PRIVACY
from oversight import storage

PRIVATE = frozenset(rule.slug for rule in PRIVACY)


@dataclass(frozen=True)
class Found:
    """One finding. `at` is the cell, else the row; a `private` value is not repeated."""

    rule: str
    severity: str
    title: str
    file: str
    sheet: str
    row: int | None
    at: str
    sentence: str
    private: bool


def all_found(check: Check | None) -> Iterator[Found]:
    """Yield every finding of the check, rule by rule in document order; one statement."""
    for problem in check.problems.all() if check else ():
        rule = RULES.get(problem.rule)
        text = storage.fetch_verified(problem.cells_sha256).decode()
        for line in csv.DictReader(io.StringIO(text)):
            row = int(line["row"]) if line["row"] else None
            yield Found(
                rule=problem.rule,
                severity=problem.severity,
                title=rule.title if rule else problem.rule,
                file=_bare(line["file"]),
                sheet=_bare(line["sheet"]),
                row=row,
                at=line["cell"] or str(row or ""),
                sentence=_bare(line["sentence"]),
                private=problem.rule in PRIVATE,
            )


def _bare(text: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running the text."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r") else text
