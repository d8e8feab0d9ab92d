"""The tables of the data-quality page as header and rows of a CSV: whole, figures unrounded."""

from collections.abc import Callable, Mapping, Sequence

from dashboards.periods import month_key
from dashboards.selectors.quality.page import QualityPage

Table = tuple[Sequence[str], list[Sequence[object]]]


def _calendar(page: QualityPage) -> Table:
    header = ("CRO", "engagement", "study", "month", "where it stands")
    return header, [
        (line.vendor, line.engagement, line.study, month_key(cell.month), cell.tile.words)
        for line in page.calendar.lines
        for cell in line.cells
        if cell.due
    ]


def _rules(page: QualityPage) -> Table:
    """One row per rule and submission: what the ranking adds up."""
    cros = {one.pk: one for one in page.came}
    header = ("rule", "what is wrong", "blocks", "CRO", "study", "month", "submission", "cells")
    return header, [
        (
            one.rule,
            one.title,
            "yes" if one.blocks else "no",
            cros[pk].vendor,
            cros[pk].place,
            month_key(cros[pk].period),
            cros[pk].label,
            cells,
        )
        for one in page.hits
        for pk, cells in sorted(one.cells.items())
    ]


def _restatements(page: QualityPage) -> Table:
    """One row per KPI that moved; one without a KPI where none did."""
    header = (
        *("submission", "CRO", "study", "month", "accepted", "days after the first", "cause"),
        *("found by", "reason", "KPI", "was", "is", "status was", "status is"),
    )
    rows: list[Sequence[object]] = []
    for one in page.restatements:
        sent = one.sent
        head = (
            *(sent.label, sent.vendor, sent.place, month_key(sent.period)),
            *(sent.decided_at.date() if sent.decided_at else None, one.delay),
            *(one.cause, one.found_by, sent.reason),
        )
        rows += [
            (*head, m.slug, m.before.value, m.after.value, m.before.rag, m.after.rag)
            for m in one.moves
        ] or [(*head, "", None, None, "", "")]
    return header, rows


def _missing(page: QualityPage) -> Table:
    return ("KPI", "month", "missing", "due"), [
        (one.definition.slug, month_key(cell.month), cell.missing, cell.total)
        for one in page.lacking
        for cell in one.cells
        if cell.total
    ]


def _first_time(page: QualityPage) -> Table:
    header = ("CRO", "accepted", "accepted as first sent", "share", "restatements")
    return header, [
        (one.vendor, one.accepted, one.right, one.share, one.restated) for one in page.first_time
    ]


TABLES: Mapping[str, Callable[[QualityPage], Table]] = {
    "calendar": _calendar,
    "rules": _rules,
    "restatements": _restatements,
    "missing": _missing,
    "first-time": _first_time,
}
