"""Rules about the totals that a report brings with it: they must be what its rows add up to."""

import numpy as np
import pandas as pd

from kpis.submissions.checks.naming import plain
from kpis.submissions.reading.coded import written
from kpis.submissions.reading.headers import squeeze
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, address, shorten
from kpis.submissions.reading.raw import RawSheet

TOLERANCE = 1e-6
SHARE = 0.9  # of its cells are numbers: then a column holds figures
STOREYS = 4


def check_totals(result: ReadResult) -> list[Problem]:
    """Return a warning for each figure of a totals row that is not the sum of the rows.

    A figure between the least and the most of its column may be a mean and is left alone.
    """
    found: list[Problem] = []
    for sheet, rows in _used(result):
        totals = [
            one.row
            for one in result.problems
            if one.rule == "totals-row" and (one.file, one.sheet) == (sheet.file, sheet.name)
        ]
        if len(totals) != 1 or totals[0] is None:
            continue
        for position in sheet.frame.columns:
            column = sheet.frame[position]
            said = float(_numbers(column.loc[[totals[0] - 1]]).iloc[0])
            values = _numbers(column.loc[rows])
            filled = (column.loc[rows].astype(object) != "").sum()
            if said != said or values.notna().sum() < SHARE * max(filled, 1):
                continue
            total = float(np.nansum(values.to_numpy(dtype=float)))
            mean = values.min() <= said <= values.max()
            if values.empty or abs(total - said) <= TOLERANCE or (mean and said != 0):
                continue
            title = _title(sheet, int(position), int(rows[0]))
            found.append(
                Problem(
                    "total-differs",
                    f"The total of {title} is {plain(said)}; its {len(rows):,} rows add up"
                    f" to {plain(total)}. Correct the total or the rows, or explain.",
                    file=sheet.file,
                    sheet=sheet.name,
                    row=totals[0],
                    column=title,
                    cell=address(int(position), totals[0]),
                    value=plain(said),
                )
            )
    return found


def check_buckets(result: ReadResult) -> list[Problem]:
    """Return a warning for each row whose buckets do not add up to the total beside them.

    Buckets are columns such as 'DM Queries' and 'Site Queries' beside 'Total Queries'.
    """
    found: list[Problem] = []
    for sheet, rows in _used(result):
        titles = {int(p): _title(sheet, int(p), int(rows[0])) for p in sheet.frame.columns}
        for position, title in titles.items():
            noun = squeeze(title).removeprefix("total") if squeeze(title)[:5] == "total" else ""
            parts = [p for p, t in titles.items() if p != position and squeeze(t).endswith(noun)]
            if not noun or len(parts) < 2:
                continue
            frame = sheet.frame.loc[rows, [*parts, position]]
            numbers = frame.apply(_numbers)
            sums = numbers[parts].sum(axis=1, min_count=1)
            wrong = (sums - numbers[position]).abs() > TOLERANCE
            for row, said in zip(rows[wrong.to_numpy()], numbers.loc[wrong, position], strict=True):
                found.append(
                    Problem(
                        "parts-differ-from-total",
                        f"{title}, row {row + 1}, is {plain(said)};"
                        f" the {len(parts)} columns beside it add up to {plain(float(sums[row]))}."
                        " Correct one of them, or explain.",
                        file=sheet.file,
                        sheet=sheet.name,
                        row=int(row) + 1,
                        column=title,
                        cell=address(position, int(row) + 1),
                        value=plain(said),
                    )
                )
    return found


def check_open_queries(result: ReadResult) -> list[Problem]:
    """Return a warning where a list of participants counts other queries than the query listing."""
    queries = result.tables.get("queries")
    people = result.tables.get("participants")
    if queries is None or people is None:
        return []
    pending = queries[queries["state"] != "closed"]
    counted = written(pending["participant"]).value_counts()
    found: list[Problem] = []
    for sheet, _ in _used(result):
        own = people[(people["file"] == sheet.file) & (people["sheet"] == sheet.name)]
        if own.empty:
            continue
        rows = pd.Index(own["row"] - 1)
        for position in sheet.frame.columns:
            title = _title(sheet, int(position), int(rows[0]))
            if squeeze(title) not in {"totalqueries", "openqueries", "totalopenqueries"}:
                continue
            said = _numbers(sheet.frame.loc[rows, position]).fillna(0)
            listed = written(own["participant"]).map(counted).fillna(0).to_numpy()
            beyond = len(pending) - int(listed.sum())
            wrong = rows[said.to_numpy() != listed]
            if wrong.empty and not beyond:
                continue
            first = int(wrong[0]) if len(wrong) else int(rows[0])
            found.append(
                Problem(
                    "sheets-differ",
                    f"{title} adds up to {plain(float(said.sum()))} over {len(rows):,}"
                    f" participants; the query report lists {len(pending):,}. {len(wrong):,} of"
                    " them differ"
                    + (f", the first in row {first + 1}" if len(wrong) else "")
                    + (f"; {beyond:,} queries are of nobody in this list" if beyond else "")
                    + ". Say which is right, or explain.",
                    file=sheet.file,
                    sheet=sheet.name,
                    row=first + 1,
                    column=title,
                    cell=address(int(position), first + 1),
                    value=plain(float(said[first])),
                )
            )
    return found


def _numbers(cells: pd.Series) -> "pd.Series[float]":
    """Return cells as numbers, NaN for what is none; a date is none."""
    texts = cells.astype(object).where(cells.map(type).isin([str, int, float]))
    return pd.to_numeric(texts, errors="coerce").astype(float)


def _used(result: ReadResult) -> list[tuple[RawSheet, pd.Index]]:
    """Return the sheets that were used, each with the frame rows of its data."""
    places: dict[object, list[pd.Series]] = {}
    for table in result.tables.values():
        for place, rows in table.groupby(["file", "sheet"], sort=False)["row"]:
            places.setdefault(place, []).append(rows)
    return [
        (sheet, pd.Index(pd.concat(places[sheet.file, sheet.name])) - 1)
        for sheet in result.raw
        if (sheet.file, sheet.name) in places
    ]


def _title(sheet: RawSheet, position: int, first: int) -> str:
    """Return the header of a column: the lowest text above its data, best one about figures."""
    cells = sheet.frame[position].iloc[max(0, first - STOREYS) : first].tolist()
    texts = [shorten(cell) for cell in cells if type(cell) is str and cell.strip()]
    counting = [text for text in texts if "#" in text or "total" in text.casefold()]
    return (counting or texts or [""])[-1]
