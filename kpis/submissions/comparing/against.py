"""Which submission another one is compared with, and the tables that were accepted with it."""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from kpis.models import Submission
from kpis.submissions.reach import spellings, studies_of
from kpis.submissions.sealing import open_table
from kpis.submissions.states import State


def accepted_last(submission: Submission, *, period: date) -> Submission | None:
    """Return what was accepted last for the scope: of the month itself, else of the latest before.

    One of the same month is what this submission would restate.
    """
    return (
        Submission.objects.filter(
            engagement=submission.engagement_id,
            study=submission.study_id,
            state=State.ACCEPTED,
            period_start__lte=period,
        )
        .exclude(pk=submission.pk)
        .order_by("-period_start")
        .first()
    )


class AcceptedTables(Mapping[str, pd.DataFrame]):
    """The tables of an accepted submission by listing, each opened when it is first asked for.

    Opening raises storage.SealBroken or FileNotFoundError.
    """

    def __init__(self, submission: Submission) -> None:
        check = submission.checks.last()
        rows = check.tables.values_list("listing", "sha256") if check else ()
        self._sealed: dict[str, str] = dict(rows)
        self._opened: dict[str, pd.DataFrame] = {}

    def __getitem__(self, listing: str) -> pd.DataFrame:
        """Return the table; KeyError for a listing that was not sent."""
        if listing not in self._opened:
            self._opened[listing] = open_table(self._sealed[listing])
        return self._opened[listing]

    def __contains__(self, listing: object) -> bool:
        """Tell whether the listing was sent, without opening it."""
        return listing in self._sealed

    def __iter__(self) -> Iterator[str]:
        """Go through the listings."""
        return iter(self._sealed)

    def __len__(self) -> int:
        """Count the listings."""
        return len(self._sealed)


class StudyNames:
    """Gives studies one spelling, so that another way to write one is no difference."""

    def __init__(self, submission: Submission) -> None:
        studies = studies_of(submission)
        self._only = submission.study.protocol_number if submission.study else None
        self._known = {name: one.protocol_number for one in studies for name in spellings(one)}

    def written(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the table with each study that is known under its protocol number."""
        if "study" not in table:
            return table
        if self._only is not None:
            return table.assign(study=pd.Series(self._only, table.index, dtype="str"))
        found = table["study"].str.strip().str.casefold().map(self._known)
        return table.assign(study=found.astype("str").fillna(table["study"]))
