"""All that attention is found in, for one reader and day."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboards.attention.handed import Handed
from dashboards.attention.of_disputes import OpenDispute, open_disputes
from dashboards.periods import Asked, months_back
from dashboards.selectors.told import Run, runs_told
from kpis.due import Duty, duties
from kpis.measured import measured_work, unmeasured
from kpis.standing import Entry, entries, visible_records
from studies.answers import holds
from studies.coverage.analysis import analyse
from studies.coverage.facts import Facts
from studies.coverage.flags import Finding
from studies.models import Delegation
from studies.selectors.coverage_facts import facts_of

MONTHS = 12


@dataclass(frozen=True)
class Loaded:
    """What was read; `newest` is the last month that is looked at, `on` the day."""

    on: date
    newest: date
    facts: Facts
    findings: tuple[Finding, ...]
    held: tuple[Duty, ...]
    handed: Handed
    entries: tuple[Entry, ...]
    disputes: tuple[OpenDispute, ...]
    runs: tuple[Run, ...]


def load(user: Any, *, asked: Asked) -> Loaded:
    """Read everything for the day, up to the month asked about; ten statements at most."""
    newest = asked.period or months_back(asked.day.replace(day=1), 1)[0]
    months = months_back(newest, MONTHS)
    facts = facts_of(user=user)
    held = duties(Delegation.objects.visible_to(user))
    records = visible_records(user, first=months[0], last=newest)
    standings = records.at(asked.known_until)
    of_day = replace(facts, held=tuple(one for one in facts.held if holds(one, asked.day)))
    runs = runs_told(user, asked=asked, first=months[0], last=newest)
    return Loaded(
        on=asked.day,
        newest=asked.period or max((one.period for one in runs), default=months[-2]),
        facts=facts,
        findings=(
            *analyse(of_day, on=asked.day),
            *unmeasured(of_day, measured=measured_work(held, on=asked.day)),
        ),
        held=held,
        handed=Handed(records.rows, asked.known_until),
        entries=tuple(
            entry
            for month in months
            for entry in entries(held, standings, period=month, on=asked.day)
        ),
        disputes=open_disputes(user, asked=asked),
        runs=runs,
    )
