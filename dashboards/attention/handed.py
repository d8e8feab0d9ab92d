"""What was handed over, as far as attention needs it: which records stand behind a month. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from dashboards.attention.matter import Subject
from kpis.models import Submission
from kpis.standing import Key
from kpis.standing.came import Row, Stage, came_of

TABLE = Submission._meta.db_table


@dataclass(frozen=True)
class Handed:
    """The submissions of some months, and the moment (None: now) as of which they are told."""

    rows: Mapping[Key, Sequence[Row]]
    until: datetime | None

    @cached_property
    def _of_engagement(self) -> Mapping[tuple[int, date], Sequence[tuple[int | None, int]]]:
        found: dict[tuple[int, date], list[tuple[int | None, int]]] = defaultdict(list)
        for (engagement, study, period), rows in self.rows.items():
            found[engagement, period] += [(study, row.pk) for row in rows]
        return found

    def subjects(
        self, engagement_id: int, study_id: int | None, months: Iterable[date]
    ) -> frozenset[Subject]:
        """Return the submissions of some months that a scope rests on, as the audit trail does."""
        return frozenset(
            (TABLE, pk)
            for month in months
            for study, pk in self._of_engagement.get((engagement_id, month), ())
            if study_id is None or study in (None, study_id)
        )

    def at(self, *stages: Stage) -> Iterator[tuple[Key, Row, Stage]]:
        """Yield the submissions that had come as far as one of the stages, and no further."""
        for key, rows in self.rows.items():
            for row in rows:
                came = came_of([row], until=self.until)
                if came is not None and came.stage in stages:
                    yield key, row, came.stage
