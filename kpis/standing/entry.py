"""One due submission with where it stands on a day. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpis.definitions import in_force
from kpis.due import DueDay, DueSubmission, business_days_after
from kpis.standing.came import Came, Stage
from kpis.standing.states import WORDS, Standing, late_words

# A waiver of this listing is one of all that is due.
ALL = ""


@dataclass(frozen=True)
class Entry:
    """A cell of the calendar: of an engagement, for a study or across its studies, for a month.

    `days_late` counts business days: until it was first handed over, or until today. `note` says
    in a few words what it waits for. `waivers` are reasons by listing, "" standing for all.
    """

    due: DueSubmission
    period: date
    standing: Standing
    due_day: DueDay
    days_late: int
    came: Came | None
    waivers: Mapping[str, str]
    on: date
    note: str = ""

    @property
    def scope(self) -> tuple[int, int | None]:
        """Return engagement and study (None: across its studies)."""
        return self.due.engagement_id, self.due.study_id

    @property
    def passed(self) -> bool:
        """True where its day lies behind, whatever came."""
        return self.on > self.due_day.day

    @property
    def overdue(self) -> bool:
        """True where the day has passed and the sponsor does not have it."""
        return self.standing in (Standing.MISSING, Standing.LATE) or (
            self.standing is Standing.RETURNED and self.passed
        )

    @property
    def words(self) -> str:
        """Say where it stands: "Accepted, 3 business days late"."""
        parts = [WORDS[self.standing]]
        if self.note:
            parts.append(self.note)
        if self.standing is Standing.OPEN:
            parts.append(f"due by {self.due_day.day:%-d %b %Y}")
        elif self.days_late > 0 and self.standing is not Standing.WAIVED:
            parts.append(late_words(self.days_late))
        return ", ".join(parts)

    @property
    def asked(self) -> frozenset[str]:
        """The listings that are asked for, without those waived."""
        return frozenset() if ALL in self.waivers else self.due.listings - set(self.waivers)

    def serves(self, engagement_id: int, study_id: int | None, slug: str) -> bool:
        """Tell whether the KPI of an engagement, or of one of its studies, needs this one."""
        if self.due.engagement_id != engagement_id or slug not in self.due.slugs:
            return False
        return study_id in (None, self.due.study_id) or (
            self.due.study_id is None and study_id in self.due.study_ids
        )

    def waives(self, slug: str) -> bool:
        """Tell whether a KPI can have no value because a listing that it needs is waived."""
        waived = self.due.listings - self.asked
        reads = in_force(self.period)[slug].listings if slug in self.due.slugs else ()
        return bool(waived.intersection(reads))

    @property
    def reasons(self) -> str:
        """The reasons of the waivers, as written."""
        return " ".join(dict.fromkeys(self.waivers.values()))


def entry_of(
    due: DueSubmission,
    *,
    period: date,
    came: Came | None,
    waivers: Mapping[str, str],
    on: date,
) -> Entry:
    """Return where it stands on a day."""
    day = due.due(period)
    standing, note = _standing(due, period, came, waivers, on > day.day)
    until = (came.first_day if came and came.handed_over else None) or on
    counts = until > day.day and standing not in (Standing.WAIVED, Standing.NOT_ASKED)
    late = business_days_after(day.day, until, due.terms) if counts else 0
    return Entry(due, period, standing, day, late, came, waivers, on, note)


def _standing(
    due: DueSubmission,
    period: date,
    came: Came | None,
    waivers: Mapping[str, str],
    passed: bool,
) -> tuple[Standing, str]:
    """What was handed over counts before a waiver, a waiver before what lies at the CRO."""
    if came is not None and came.stage is Stage.ACCEPTED:
        note = "a restatement is under way" if came.restating else ""
        return (Standing.RESTATED if came.restated else Standing.ACCEPTED), note
    if came is not None and came.stage is Stage.SUBMITTED:
        return Standing.RECEIVED, came.stage.value
    if came is not None and came.stage is Stage.RETURNED:
        return Standing.RETURNED, came.stage.value
    if ALL in waivers or (waivers and due.listings <= set(waivers)):
        return Standing.WAIVED, ""
    if came is not None:
        return (Standing.LATE if passed else Standing.RECEIVED), came.stage.value
    if not due.terms.asks_for(period):
        return Standing.NOT_ASKED, ""
    return (Standing.MISSING if passed else Standing.OPEN), ""
