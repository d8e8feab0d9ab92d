"""A CSV on disk to a raw sheet: encoding and separator found by evidence, cells as text."""

import codecs
import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd

from kpis.submissions.reading.container import chunks
from kpis.submissions.reading.limits import IntakeLimits
from kpis.submissions.reading.problems import Problem, shorten
from kpis.submissions.reading.quick_delimited import quick_frame
from kpis.submissions.reading.raw import RawSheet

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_RECORDS = 200
OVERFLOW_ROWS_NAMED = 1_000
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class RefusedText(Exception):
    """The text is no table; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0].sentence)
        self.problems = problems


def read_delimited(
    path: Path, file: int, name: str, limits: IntakeLimits
) -> tuple[list[RawSheet], list[Problem]]:
    """Return the one sheet of a CSV, or none and the problem that ended the reading."""
    try:
        encoding = _encoding(path, limits)
        separator, width = _shape(path, encoding)
        if width > limits.max_columns:
            raise RefusedText(_too_large(f"{width:,} columns", f"{limits.max_columns:,}"))
        frame, problems = _read(path, encoding, separator, width, limits)
    except RefusedText as refusal:
        return [], [replace(problem, sheet=name) for problem in refusal.problems]
    except (UnicodeError, csv.Error, pd.errors.ParserError, pd.errors.EmptyDataError):
        return [], [_damaged("it cannot be read as rows and columns")]
    if encoding == "cp1252":
        problems.append(
            Problem(
                "encoding",
                "The text is not UTF-8 and was read as Windows-1252. Look whether names with"
                " accents are right.",
            )
        )
    placed = [replace(problem, sheet=name) for problem in problems]
    return [RawSheet(file=file, name=name, frame=frame)], placed


def _encoding(path: Path, limits: IntakeLimits) -> str:
    """Return the encoding that the whole file fits; RefusedText for none or NUL bytes."""
    with path.open("rb") as stream:
        head = stream.read(4)
    encoding = next((name for mark, name in MARKS if head.startswith(mark)), "utf-8")
    if encoding != "utf-16":
        _refuse_nul_and_long_lines(path, limits)
    if _fits(path, encoding):
        return encoding
    if encoding == "utf-8" and _fits(path, "cp1252"):
        return "cp1252"
    raise RefusedText(_damaged("its characters fit none of UTF-8, UTF-16 and Windows-1252"))


def _refuse_nul_and_long_lines(path: Path, limits: IntakeLimits) -> None:
    length = 0
    for piece in chunks(path):
        if b"\x00" in piece:
            raise RefusedText(_damaged("it contains NUL bytes"))
        first, newline, _ = piece.partition(b"\n")
        length += len(first)
        if length > limits.max_line_characters:
            raise RefusedText(
                Problem(
                    "text-damaged",
                    f"A line has more than {limits.max_line_characters:,} characters, so this is"
                    " no table. Export the report again as CSV.",
                )
            )
        if newline:
            length = len(piece) - piece.rfind(b"\n") - 1


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in chunks(path):
            plain = encoding != "utf-16" and not decoder.getstate()[0] and piece.isascii()
            if not plain:
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _shape(path: Path, encoding: str) -> tuple[str, int]:
    """Return the separator and the number of columns that most of the first records agree on."""
    with path.open(encoding=encoding, newline="") as stream:
        lines = [line for _, line in zip(range(SAMPLE_RECORDS), stream, strict=False)]
    best = (0, 0, ",", 1)
    for preference, separator in enumerate(SEPARATORS):
        try:
            widths = [len(record) for record in csv.reader(lines, delimiter=separator) if record]
        except csv.Error:
            continue
        wide = Counter(width for width in widths if width > 1)
        if wide:
            width, rows = wide.most_common(1)[0]
            best = max(best, (rows * 10 + width, -preference, separator, max(widths)))
    return best[2], best[3]


def _read(
    path: Path, encoding: str, separator: str, width: int, limits: IntakeLimits
) -> tuple[pd.DataFrame, list[Problem]]:
    if encoding.startswith("utf-8") and width > 1:
        frame = quick_frame(path, separator=separator, width=width)
        if frame is not None:
            _refuse_too_many_rows(frame, limits)
            return frame, []
    return slow_frame(path, encoding, separator, width, limits)


def _refuse_too_many_rows(frame: pd.DataFrame, limits: IntakeLimits) -> None:
    if len(frame) > limits.last_row:
        raise RefusedText(_too_large("more rows", f"{limits.max_rows:,}"))


def slow_frame(
    path: Path, encoding: str, separator: str, width: int, limits: IntakeLimits
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read all records; a column more than the header has shows which rows overflow."""
    try:
        frame = pd.read_csv(
            path,
            sep=separator,
            header=None,
            names=list(range(width + 1)),
            index_col=False,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
            encoding=encoding,
            nrows=limits.last_row + 1,
            engine="c",
            low_memory=False,
        )
    except (pd.errors.ParserError, pd.errors.ParserWarning):
        overflowing = _overflowing(path, encoding, separator, width)
        damaged = _damaged("it cannot be read as rows and columns")
        raise RefusedText(*(overflowing or [damaged])) from None
    _refuse_too_many_rows(frame, limits)
    frame = frame.fillna("")
    overflow = frame.index[frame[width] != ""][:OVERFLOW_ROWS_NAMED]
    problems = [
        _overflow(row + 1, str(value), width)
        for row, value in zip(overflow.tolist(), frame.loc[overflow, width], strict=True)
    ]
    return frame.drop(columns=width), problems


def _overflowing(path: Path, encoding: str, separator: str, width: int) -> list[Problem]:
    with path.open(encoding=encoding, newline="") as stream:
        return [
            _overflow(number, record[width], width)
            for number, record in enumerate(csv.reader(stream, delimiter=separator), start=1)
            if len(record) > width
        ][:OVERFLOW_ROWS_NAMED]


def _overflow(row: int, value: str, width: int) -> Problem:
    return Problem(
        "row-too-long",
        f"Row {row} has more cells than the {width} columns. Put values that contain the"
        " separator into quotes.",
        row=row,
        value=shorten(value),
    )


def _damaged(why: str) -> Problem:
    return Problem(
        "text-damaged",
        f"The file cannot be read as CSV: {why}. Export the report again as CSV UTF-8 or .xlsx.",
    )


def _too_large(what: str, limit: str) -> Problem:
    return Problem(
        "file-too-large", f"The file has {what} than are taken ({limit}). Split the report."
    )
