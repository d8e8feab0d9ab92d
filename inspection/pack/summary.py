"""The typeset summary: gathered content → data.json and charts → PDF, tagged (PDF/UA-1).

Dated by the as-of day and set in the fonts that come with the typesetter, so that the same content
gives the same bytes on any machine.
"""

import tempfile
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from inspection.pack.charts import chart_of
from inspection.pack.findings import newest
from inspection.pack.gather import Gathered
from inspection.pack.rows import DefinitionRow, ResultRow
from inspection.pack.trail import Covered
from kpis.engine.terms import Unit
from kpis.engine.wording import number_words, value_words
from oversight.documents.printing import typeset as print_pdf
from oversight.look.figures import size_text
from oversight.look.times import day_text, month_text, utc_text

TEMPLATE = Path(__file__).with_name("summary.typ")
Listed = Sequence[tuple[str, str, int, str]]  # section, title, rows, file


def typeset(found: Gathered, *, covered: Covered | None, listed: Listed) -> bytes:
    """Return the PDF."""
    with tempfile.TemporaryDirectory(prefix="summary-") as name:
        folder = Path(name)
        data = _data(found, covered, listed, folder)
        return print_pdf(TEMPLATE, data, folder=folder, dated=found.scope.as_of_date)


def _data(found: Gathered, covered: Covered | None, listed: Listed, folder: Path) -> dict[str, Any]:
    scope, register = found.scope, found.register
    return {
        "heading": f"{found.title}, {scope.months}",
        "title": found.title,
        "sponsor": found.sponsor,
        "scope": _scope_words(found),
        "months": scope.months,
        "as_of": scope.as_of,
        "contents": _contents_words(found),
        "seal": covered
        and {
            "id": str(covered.seal.pk),
            "sha256": covered.seal.sha256,
            "short": f"{covered.seal.sha256[:16]}…",
            "at": utc_text(covered.seal.at),
            "newest": utc_text(covered.newest_at),
        },
        "history_note": found.history_note,
        "findings": [[f.what, f.provider, f.study, f.subject, f.words] for f in found.findings],
        "providers": [[p.name, p.kind, p.country, p.parent] for p in register.provider_rows],
        "studies": [
            [s.protocol_number, s.title, s.phase, s.therapeutic_area, s.status]
            for s in register.study_rows
        ],
        "engagements": [
            [e.name, e.provider, e.model, e.agreement, day_text(e.start_date), _last(e.end_date)]
            for e in register.engagement_rows
        ],
        "delegations": [
            [d.study, d.function, d.kind, d.engagement, d.clause, day_text(d.from_date),
             _last(d.until_date)]
            for d in register.delegation_rows
        ],
        "groups": _groups(found, folder),
        "submissions": [
            [s.number, s.study, s.engagement, month_text(s.period_start), s.state,
             day_text(s.received_at), day_text(s.submitted_at), day_text(s.decided_at),
             s.decided_by]
            for s in found.submissions
        ],
        "files": [[f.submission, f.name, size_text(f.size), f.sha256] for f in found.files],
        "definitions": [_definition(one) for one in found.results.definitions],
        "listings": [[section, title, f"{rows:,}", file] for section, title, rows, file in listed],
    }  # fmt: skip


def _scope_words(found: Gathered) -> str:
    if found.scope.study is not None:
        return "One study, with every service provider that works on it"
    return "One service provider, with every study it works on"


def _contents_words(found: Gathered) -> str:
    counts = (
        (len(found.register.engagements), "engagement"),
        (len(found.register.delegations), "delegation"),
        (len(found.submissions), "submission"),
        (len(found.files), "original file"),
        (len(found.results.rows), "result"),
        (len(found.results.definitions), "definition"),
    )
    return ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in counts)


def _last(day: Any) -> str:
    return day_text(day) or "open"


def _groups(found: Gathered, folder: Path) -> list[dict[str, Any]]:
    """Return one group per engagement and study, with its charts written below `folder`."""
    kept = {(one.slug, one.version): one for one in found.results.definitions}
    whole = [row for row in found.results.rows if not row.country]
    groups: list[dict[str, Any]] = []
    for (engagement, study), rows in groupby(whole, key=lambda row: (row.engagement, row.study)):
        series = {slug: list(part) for slug, part in groupby(rows, key=lambda row: row.slug)}
        charts: list[dict[str, str]] = []
        silent: list[str] = []
        for slug, points in series.items():
            latest = points[-1]
            if all(point.value is None for point in points):
                silent.append(latest.kpi)
                continue
            content = found.results.contents[kept[slug, latest.version].path]
            file = f"chart-{len(groups)}-{len(charts)}.svg"
            chart = chart_of(points, content, first=found.scope.period_from)
            (folder / file).write_text(chart.svg, encoding="utf-8")
            charts.append(
                {"file": file, "title": latest.kpi, "unit": chart.unit, "words": chart.words}
            )
        last = newest(row for points in series.values() for row in points)
        groups.append(
            {
                "title": f"{engagement}: {study}",
                "rows": [_result(row, kept[row.slug, row.version]) for row in last],
                "charts": charts,
                "silent": ", ".join(silent),
            }
        )
    return groups


def _result(row: ResultRow, definition: DefinitionRow) -> list[str]:
    return [
        row.kpi,
        month_text(row.period_start),
        value_words(row.value, Unit(row.unit)),
        _number(row.numerator),
        _number(row.denominator),
        definition.red or "no limit",
        row.rag,
    ]


def _number(value: float | None) -> str:
    whole = value is None or float(value).is_integer()
    return number_words(value, decimals=0 if whole else 1)


def _definition(one: DefinitionRow) -> dict[str, Any]:
    pairs = (
        ("Formula", one.formula),
        ("Green", one.green),
        ("Amber", one.amber),
        ("Red", one.red),
        ("Limits", one.limits_from),
        ("Judged from", one.minimum),
        ("First used", utc_text(one.first_used_at)),
        ("Whole definition", one.path),
    )
    return {
        "name": one.name,
        "version": str(one.version),
        "question": one.question,
        "facts": [[name, value] for name, value in pairs if value],
        "sha256": one.sha256,
    }
