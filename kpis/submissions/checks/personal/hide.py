"""Keeping found personal data out of other findings and of the typed tables."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from kpis.submissions.reading.coded import written
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, shorten
from kpis.submissions.reading.raw import RawSheet


def masked(result: ReadResult, private: Sequence[Problem]) -> dict[str, pd.DataFrame]:
    """Return the tables without what stands in private cells; other texts stand there, by row."""
    rows: dict[tuple[int | None, str | None, int], list[int]] = {}
    for one in private:
        rows.setdefault((one.file, one.sheet, _position(one.cell or "A1")), []).append(one.row or 0)
    tables = dict(result.tables)
    for sheet in result.sheets:
        table = tables.get(sheet.listing or "")
        if table is None or not sheet.used:
            continue
        for name, (position, _) in sheet.titles.items():
            wanted = rows.get((sheet.file, sheet.sheet, position))
            if wanted is None:
                continue
            here = (table["file"] == sheet.file) & (table["sheet"] == sheet.sheet)
            here &= table["row"].isin(wanted)
            cells = written(table[name])
            text = isinstance(cells.dtype, pd.StringDtype)
            other = "(personal data, row " + table["row"].astype("str") + ")" if text else pd.NA
            table = table.assign(**{name: cells.mask(here, other)})
        tables[sheet.listing or ""] = table
    return tables


def without_values(
    problems: Sequence[Problem], private: Sequence[Problem], raw: Sequence[RawSheet]
) -> list[Problem]:
    """Return the problems so that none repeats what stands in a private cell of its row."""
    sheets = {(sheet.file, sheet.name): sheet.frame for sheet in raw}
    values: dict[tuple[int | None, str | None, int | None], list[tuple[str | None, str]]] = {}
    for one in private:
        frame = sheets[one.file or 0, one.sheet or ""]
        position = _position(one.cell or "A1")
        text = shorten(frame.iat[(one.row or 1) - 1, position])
        values.setdefault((one.file, one.sheet, one.row), []).append((one.cell, text))
    return [_without(one, values.get((one.file, one.sheet, one.row), ())) for one in problems]


def _without(problem: Problem, private: Sequence[tuple[str | None, str]]) -> Problem:
    for cell, text in private:
        if problem.cell == cell or (problem.value and text in problem.value):
            problem = replace(problem, value=None)
        if text and text in problem.sentence:
            problem = replace(problem, sentence=problem.sentence.replace(text, "(personal data)"))
    return problem


def _position(cell: str) -> int:
    number = 0
    for letter in cell:
        if letter.isdigit():
            break
        number = number * 26 + ord(letter) - 64
    return number - 1
