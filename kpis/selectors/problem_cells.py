"""All cells of one problem, from its sealed list."""

import csv
import io
from typing import Any

from kpis.models import Problem
from oversight import storage

RISKY = ("=", "+", "-", "@", "\t", "\r")


def cells_of(problem: Problem) -> list[dict[str, Any]]:
    """Return every cell as {file, sheet, row, column, cell, value, sentence}, all text.

    Where the list is missing or broken, the cells that stand beside the problem are returned.
    """
    if len(problem.cells) < Problem.CELLS_SHOWN:
        return [_texts(cell) for cell in problem.cells]
    try:
        text = storage.fetch_verified(problem.cells_sha256).decode()
    except (storage.SealBroken, FileNotFoundError):
        return [_texts(cell) for cell in problem.cells]
    return [
        {name: _bare(value) for name, value in line.items()}
        for line in csv.DictReader(io.StringIO(text))
    ]


def _texts(cell: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in cell.items()}


def _bare(text: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running the text."""
    return text[1:] if text[:1] == "'" and text[1:2] in RISKY else text
