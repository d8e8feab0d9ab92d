"""Which rules files break most: problems and submissions by rule, and by CRO."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from dashboards.selectors.months import Span
from dashboards.selectors.quality.sent import Sent
from kpis.models import Problem
from kpis.submissions.reading.problems import RULES

CROS_NAMED = 3
PROBLEMS, SUBMISSIONS = "problems", "submissions"


@dataclass(frozen=True)
class Hit:
    """One rule: in how many cells it was broken, in which submissions, and by CRO, most first.

    `share` and `together` are parts of all problems: its own, and with those before it.
    """

    rule: str
    title: str
    advice: str
    blocks: bool
    problems: int
    cells: Mapping[int, int]
    by_cro: tuple[tuple[str, int], ...]
    share: float
    together: float

    @property
    def submissions(self) -> int:
        """In how many submissions it was broken."""
        return len(self.cells)

    @property
    def named(self) -> tuple[tuple[str, int], ...]:
        """The CROs with most of them."""
        return self.by_cro[:CROS_NAMED]

    @property
    def others(self) -> int:
        """How many CROs more."""
        return max(0, len(self.by_cro) - CROS_NAMED)


def hits(user: Any, *, span: Span, came: Sequence[Sent], by: str = PROBLEMS) -> tuple[Hit, ...]:
    """Return the rules that were broken, most first; one statement.

    A submission checked several times counts with the check that found most, so that mending it
    takes nothing away and checking it again adds nothing. What is only good to know is left out.
    """
    rows = Problem.objects.visible_to(user).exclude(severity=Problem.Severity.INFO)
    rows = rows.filter(
        check_made__submission__period_start__gte=span.first,
        check_made__submission__period_start__lte=span.period,
    )
    if span.asked.known_until is not None:
        rows = rows.filter(check_made__checked_at__lt=span.asked.known_until)
    most = rows.order_by().values_list("rule", "check_made__submission_id").annotate(Max("count"))
    cros = {one.pk: one.vendor for one in came}
    cells: dict[str, dict[int, int]] = defaultdict(dict)
    for rule, submission, count in most:
        if submission in cros:
            cells[rule][submission] = count
    return _ranked(cells, cros, by)


def _ranked(
    cells: Mapping[str, Mapping[int, int]], cros: Mapping[int, str], by: str
) -> tuple[Hit, ...]:
    total = sum(sum(found.values()) for found in cells.values())
    together = 0
    ranked = []
    for rule in sorted(cells, key=lambda name: (*_weight(cells[name], by), name)):
        found = cells[rule]
        problems = sum(found.values())
        together += problems
        known = RULES.get(rule)
        ranked.append(
            Hit(
                rule=rule,
                title=known.title if known else rule,
                advice=known.advice if known else "",
                blocks=known is not None and known.severity == Problem.Severity.ERROR,
                problems=problems,
                cells=found,
                by_cro=_by_cro(found, cros),
                share=problems / total,
                together=together / total,
            )
        )
    return tuple(ranked)


def _weight(found: Mapping[int, int], by: str) -> tuple[int, int]:
    problems, submissions = -sum(found.values()), -len(found)
    return (submissions, problems) if by == SUBMISSIONS else (problems, submissions)


def _by_cro(found: Mapping[int, int], cros: Mapping[int, str]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = defaultdict(int)
    for submission, count in found.items():
        counts[cros[submission]] += count
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
