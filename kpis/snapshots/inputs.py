"""What a run is computed from: sealed tables, cut-off dates and definitions."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from kpis.engine.definition import KpiDefinition
from kpis.models import Submission, SubmittedTable
from kpis.submissions.sealing import open_table


@dataclass(frozen=True)
class Inputs:
    """The accepted submissions of one scope and period, and the definitions to compute."""

    engagement_id: int
    study_id: int | None
    period_start: date
    submissions: tuple[Submission, ...]
    definitions: tuple[KpiDefinition, ...]

    @property
    def cutoff_date(self) -> date:
        """The latest cut-off; each study's ages run to its own (see `tables`)."""
        return max(cutoff_of(submission) for submission in self.submissions)

    def sha256(self) -> str:
        """Return the hash that names the run."""
        content = {
            "engagement": self.engagement_id,
            "study": self.study_id,
            "period": self.period_start.isoformat(),
            "tables": [
                [str(submission.data_cutoff_date), table.listing, table.rows_sha256]
                for submission in self.submissions
                for table in tables_of(submission)
            ],
            "submissions": [submission.pk for submission in self.submissions],
            "definitions": [[d.slug, d.version, d.digest()] for d in self.definitions],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return each listing over all submissions, with `study` set and times aligned.

        Studies of one engagement may have different cut-offs. Their rows are moved in time by the
        difference, so that an age at the common cut-off is the age at the study's own.
        """
        parts: dict[str, list[pd.DataFrame]] = {}
        for submission in self.submissions:
            lag = pd.Timedelta(days=(self.cutoff_date - cutoff_of(submission)).days)
            for table in tables_of(submission):
                rows = open_table(table.sha256)
                if lag:
                    times = rows.select_dtypes("datetime").columns
                    rows[times] = rows[times] + lag
                parts.setdefault(table.listing, []).append(rows)
        return {
            listing: frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
            for listing, frames in parts.items()
        }


def cutoff_of(submission: Submission) -> date:
    """Return the confirmed cut-off date; an accepted submission always has one."""
    if submission.data_cutoff_date is None:
        raise ValueError(f"{submission} has no confirmed cut-off date.")
    return submission.data_cutoff_date


def tables_of(submission: Submission) -> Sequence[SubmittedTable]:
    """Return the sealed tables of the check that counts, in the order of their listings."""
    check = submission.checks.last()
    return list(check.tables.order_by("listing")) if check else []
