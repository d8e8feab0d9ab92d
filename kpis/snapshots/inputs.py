"""What a run is computed from: sealed tables, cut-off dates and definitions."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from kpis.agreed.judging import to_keep
from kpis.engine.definition import KpiDefinition, Limits
from kpis.engine.tables import LISTINGS
from kpis.models import Submission, SubmittedTable
from kpis.own_tables import KeptTable
from kpis.submissions.reach import spellings
from kpis.submissions.sealing import open_table
from studies.models import Study


@dataclass(frozen=True)
class Part:
    """One accepted submission, or, of one that spans studies, the rows that name one study."""

    submission: Submission
    study: Study | None = None

    def rows(self, table: SubmittedTable) -> pd.DataFrame:
        """Return the part's rows of one of its tables."""
        rows = self.opened(table)
        if self.study is None:
            return rows
        named = rows["study"].fillna("").str.strip().str.casefold()
        return rows[named.isin(spellings(self.study))].reset_index(drop=True)

    def listings(self) -> tuple[SubmittedTable, ...]:
        """Return the tables that can belong to the part: with a study, those that name one."""
        tables = self.sent()
        if self.study is None:
            return tuple(tables)
        return tuple(table for table in tables if names_study(table.listing))

    def sent(self) -> Sequence[SubmittedTable]:
        """Return all tables of the submission."""
        return tables_of(self.submission)

    def opened(self, table: SubmittedTable) -> pd.DataFrame:
        """Return all rows of one of them."""
        return open_table(table.sha256)


@dataclass(frozen=True)
class Inputs:
    """The parts of one scope and period, the definitions to compute, and agreed limits by slug.

    `own` are the tables that this application keeps itself, as filled for the scope.

    Where two parts bring the same listing for a study, the first one's counts.
    """

    engagement_id: int
    study_id: int | None
    period_start: date
    parts: tuple[Part, ...]
    definitions: tuple[KpiDefinition, ...]
    limits: Mapping[str, Limits] = field(default_factory=dict)
    own: Mapping[str, KeptTable] = field(default_factory=dict)

    @property
    def cutoff_date(self) -> date:
        """The latest cut-off; each submission's ages run to its own (see `tables`)."""
        return max(cutoff_of(part.submission) for part in self.parts)

    def sha256(self) -> str:
        """Return the hash that names the run."""
        content: dict[str, object] = {
            "engagement": self.engagement_id,
            "study": self.study_id,
            "period": self.period_start.isoformat(),
            "parts": [
                [
                    part.submission.pk,
                    part.study.pk if part.study else None,
                    sorted(spellings(part.study)) if part.study else [],
                    str(part.submission.data_cutoff_date),
                    [[table.listing, table.rows_sha256] for table in part.listings()],
                ]
                for part in self.parts
            ],
            "definitions": [[d.slug, d.version, d.digest()] for d in self.definitions],
        }
        judging = {one.slug: to_keep(self.limits.get(one.slug)) for one in self.definitions}
        if agreed := {slug: limits for slug, limits in judging.items() if limits}:
            content["limits"] = agreed
        if self.own:
            content["own"] = {name: one.rows_sha256 for name, one in self.own.items()}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def tables(self, listings: Collection[str] | None = None) -> dict[str, pd.DataFrame]:
        """Return each listing over all parts, times aligned to the common cut-off.

        With `listings` only these, so that one KPI does not open what others need.

        Submissions of one engagement may have different cut-offs. Their rows are moved in time by
        the difference, so that an age at the common cut-off is the age at their own.
        """
        found: dict[str, list[pd.DataFrame]] = {}
        for part in self.parts:
            lag = pd.Timedelta(days=(self.cutoff_date - cutoff_of(part.submission)).days)
            for table in part.listings():
                if listings is not None and table.listing not in listings:
                    continue
                if self.study_id is not None and table.listing in found:
                    continue
                rows = part.rows(table)
                if lag:
                    times = rows.select_dtypes("datetime").columns
                    rows[times] = rows[times] + lag
                found.setdefault(table.listing, []).append(rows)
        own = {
            name: one.opened()
            for name, one in self.own.items()
            if listings is None or name in listings
        }
        return own | {
            listing: frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
            for listing, frames in found.items()
        }


def names_study(listing: str) -> bool:
    """Tell whether rows of the listing say which study they belong to."""
    return any(column.name == "study" for column in LISTINGS[listing].columns)


def cutoff_of(submission: Submission) -> date:
    """Return the confirmed cut-off date; an accepted submission always has one."""
    if submission.data_cutoff_date is None:
        raise ValueError(f"{submission} has no confirmed cut-off date.")
    return submission.data_cutoff_date


def tables_of(submission: Submission) -> Sequence[SubmittedTable]:
    """Return the sealed tables of the check that counts, in the order of their listings."""
    check = submission.checks.last()
    return list(check.tables.order_by("listing")) if check else []
