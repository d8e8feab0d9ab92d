"""Every finding of a check in the order of the files: filtered, 100 lines on a page.

Many findings of one kind in one column of a sheet are one line with a count, until a filter names
their rule; then each is a line of its own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator

from kpis.engine.tables import LISTINGS
from kpis.models import Check, Problem, Submission, SubmittedFile
from kpis.selectors.filters import Filter, filter_of
from kpis.selectors.problem_cells import cells_of
from kpis.selectors.problem_groups import counted
from kpis.submissions.reading.problems import RULES

PER_PAGE = 100
APART = 3  # up to so many findings of one kind each have a line

WORDS = {"error": "Errors", "warning": "Warnings", "info": "Good to know"}


@dataclass(frozen=True)
class ProblemLine:
    """One finding, or `count` of one kind beginning here. `explained` is the sender's sentence."""

    pk: int
    rule: str
    severity: str
    title: str
    advice: str
    file: str
    sheet: str
    listing: str
    address: str
    column: str
    value: str
    sentence: str
    explained: str
    count: int = 1

    @property
    def counted(self) -> str:
        """Return the count in words."""
        return counted(self.count, "cell" if self.address else "finding")

    @property
    def kind(self) -> tuple[str, str, str, str]:
        """Return what findings of one kind have in common."""
        return self.rule, self.file, self.sheet, self.column


@dataclass(frozen=True)
class ProblemList:
    """One page of the lines; `total` counts all findings, `found` those that the filter leaves."""

    submission: Submission
    lines: tuple[ProblemLine, ...]
    page: Page
    filters: tuple[Filter, ...]
    filtered: bool
    total: int
    found: int
    several_files: bool
    checked: bool
    csv: Problem | None


def problem_list(*, submission: Submission, wanted: Mapping[str, str]) -> ProblemList:
    """Return one page of what the newest check found; an unknown value filters nothing."""
    check = submission.checks.last()
    problems = list(check.problems.all()) if check else []
    sheets = _sheets(check)
    everything = sorted(_lines(problems, sheets), key=lambda line: _place(line, sheets))
    filters = _filters(everything, problems, wanted)
    chosen = {one.name: one.chosen for one in filters if one.chosen}
    left = [line for line in everything if all(_key(line, n) == v for n, v in chosen.items())]
    lines = left if "rule" in chosen else list(_together(left))
    page = Paginator(lines, PER_PAGE).get_page(wanted.get("page"))
    return ProblemList(
        submission=submission,
        lines=tuple(page.object_list),
        page=page,
        filters=filters,
        filtered=bool(chosen),
        total=sum(one.count for one in problems),
        found=sum(line.count for line in left),
        several_files=len({line.file for line in everything if line.file}) > 1,
        checked=check is not None,
        csv=next((one for one in problems if one.rule == chosen.get("rule")), None),
    )


def _sheets(check: Check | None) -> dict[tuple[str, str], tuple[int, str]]:
    """Return place and listing of each sheet, by the name of its file and its own."""
    if check is None:
        return {}
    names = dict(SubmittedFile.objects.filter(pk__in=check.file_ids).values_list("pk", "name"))
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for place, sheet in enumerate(check.sheets):
        name = names.get(check.file_ids[sheet["file"]], "")
        found.setdefault((name, sheet["sheet"]), (place, sheet["listing"] or ""))
        found.setdefault((name, ""), (place, ""))
    return found


def _lines(
    problems: Iterable[Problem], sheets: Mapping[tuple[str, str], tuple[int, str]]
) -> Iterator[ProblemLine]:
    for problem in problems:
        rule = RULES.get(problem.rule)
        cells = cells_of(problem)
        # What stands for many cells is counted with the first.
        beyond = problem.count - len(cells)
        for place, cell in enumerate(cells):
            yield ProblemLine(
                pk=problem.pk,
                rule=problem.rule,
                severity=problem.severity,
                title=rule.title if rule else problem.rule,
                advice=rule.advice if rule else "",
                file=cell["file"],
                sheet=cell["sheet"],
                listing=sheets.get((cell["file"], cell["sheet"]), (0, ""))[1],
                address=cell["cell"] or (f"row {cell['row']}" if cell["row"] else ""),
                column=cell["column"],
                value=cell["value"],
                sentence=cell["sentence"],
                explained=problem.explanation,
                count=1 if place else 1 + max(beyond, 0),
            )


def _place(
    line: ProblemLine, sheets: Mapping[tuple[str, str], tuple[int, str]]
) -> tuple[int, bool, int, int, str]:
    """Return sheet, row, column: how one reads; what is about a whole file or all comes first."""
    digits = "".join(sign for sign in line.address if sign.isdigit())
    letters = "".join(sign for sign in line.address if sign.isupper())
    sheet = sheets.get((line.file, line.sheet), (-1, ""))[0]
    return sheet, bool(line.sheet), int(digits or 0), len(letters), letters


def _together(lines: Sequence[ProblemLine]) -> Iterator[ProblemLine]:
    """Yield lines with many of one kind put together at the place of the first."""
    by_kind: dict[tuple[str, str, str, str], list[ProblemLine]] = {}
    for line in lines:
        by_kind.setdefault(line.kind, []).append(line)
    many = {kind for kind, same in by_kind.items() if len(same) > APART}
    told: set[tuple[str, str, str, str]] = set()
    for line in lines:
        if line.kind not in many:
            yield line
        elif line.kind not in told:
            told.add(line.kind)
            yield replace(line, count=sum(one.count for one in by_kind[line.kind]))


def _key(line: ProblemLine, name: str) -> str:
    return str(getattr(line, name))


def _filters(
    lines: Sequence[ProblemLine], problems: Sequence[Problem], wanted: Mapping[str, str]
) -> tuple[Filter, ...]:
    def present(name: str) -> list[str]:
        return [key for key, _ in groupby(sorted(_key(line, name) for line in lines)) if key]

    rules = [(one.rule, RULES[one.rule].title) for one in problems if one.rule in RULES]
    titles: list[tuple[Any, str]] = [
        (name, LISTINGS[name].title) for name in present("listing") if name in LISTINGS
    ]
    severities = [(name, words) for name, words in WORDS.items() if name in present("severity")]
    return (
        filter_of("severity", "Weight", severities, wanted),
        filter_of("sheet", "Sheet", [(name, name) for name in present("sheet")], wanted),
        filter_of("listing", "Listing", titles, wanted),
        filter_of("rule", "What is wrong", sorted(rules, key=lambda rule: rule[1]), wanted),
    )
