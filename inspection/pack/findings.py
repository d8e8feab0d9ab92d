"""What stood open on the as-of date: results past their red limit or missing, decisions waiting."""

from collections.abc import Iterable

from inspection.pack.rows import DefinitionRow, FindingRow, ResultRow, SubmissionRow
from kpis.engine.terms import RagStatus, Unit
from kpis.engine.wording import value_words
from kpis.models import Submission
from oversight.look.marks import mark_of
from oversight.look.times import month_text

RED = mark_of(RagStatus.RED.value).name
MISSING = mark_of(RagStatus.MISSING.value).name
STATE = Submission.State
ALL_STUDIES = "all studies"


def findings_of(
    results: Iterable[ResultRow],
    definitions: Iterable[DefinitionRow],
    submissions: Iterable[SubmissionRow],
) -> list[FindingRow]:
    """Return the open findings: of each KPI's newest month, then of each submission.

    The roll-up over an engagement's studies is named only for a KPI that no study has.
    """
    limits = {(one.slug, one.version): one.red for one in definitions}
    last = newest(results)
    by_study = {(one.engagement, one.slug) for one in last if one.study != ALL_STUDIES}
    found = [
        _of_result(one, limits)
        for one in last
        if one.rag in (RED, MISSING)
        and (one.study != ALL_STUDIES or (one.engagement, one.slug) not in by_study)
    ]
    return found + [finding for one in submissions if (finding := _of_submission(one))]


def newest(results: Iterable[ResultRow]) -> list[ResultRow]:
    """Return each series' newest month; countries left out."""
    last: dict[tuple[str, str, str], ResultRow] = {}
    for one in results:
        key = (one.engagement, one.study, one.slug)
        if not one.country and (key not in last or last[key].period_start < one.period_start):
            last[key] = one
    return list(last.values())


def _of_result(row: ResultRow, limits: dict[tuple[str, int], str]) -> FindingRow:
    if row.rag == MISSING:
        words = f"Due for {month_text(row.period_start)} and not there"
    else:
        value = value_words(row.value, Unit(row.unit))
        words = f"{value} in {month_text(row.period_start)}; red {limits[row.slug, row.version]}"
    return FindingRow(
        what="KPI missing" if row.rag == MISSING else "KPI past its red limit",
        provider=row.provider,
        study=row.study,
        subject=row.kpi,
        since=row.data_cutoff_date,
        words=words,
    )


def _of_submission(row: SubmissionRow) -> FindingRow | None:
    if row.state == STATE.SUBMITTED.label and row.submitted_at is not None:
        what, words, since = "Decision waiting", "Submitted and not decided", row.submitted_at
    elif row.state == STATE.RETURNED.label and row.decided_at is not None:
        what, words, since = "Returned, not answered", row.decision_comment, row.decided_at
    else:
        return None
    return FindingRow(
        what=what,
        provider=row.provider,
        study=row.study,
        subject=row.number,
        since=since.date(),
        words=words,
    )
