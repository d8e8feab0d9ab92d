"""What the story is told in: a person, a CRO with its engagement and staff, a study's course."""

from dataclasses import dataclass

from studies.models import Engagement, Study
from vendors.access import Role


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; `organisation` is the sponsor's or a CRO's name."""

    name: str
    email: str
    role: Role
    organisation: str


@dataclass(frozen=True)
class Wave:
    """Positions approved early in a month, each filled after about `days`, give or take `spread`.

    `replaces` of them follow somebody who left in that month.
    """

    months_ago: int
    count: int
    days: int
    spread: int = 4
    replaces: int = 0


@dataclass(frozen=True)
class Staff:
    """The positions of an engagement: roles, the function they serve, and when they were opened."""

    roles: tuple[str, ...]
    function: str
    countries: tuple[str, ...]
    waves: tuple[Wave, ...]


@dataclass(frozen=True)
class Cro:
    """A CRO, its engagement, and how it does the `functions` delegated to it on its `studies`.

    `days_to_close` is the usual mean time a query stays open; the share of open queries older than
    14 days follows from it (about exp(−14 / days)). `slide` adds days, and `deviation_slide`
    multiplies deviations, month by month over the last months. `tidied_to` is the share of old
    queries that it leaves standing on the last day of a month. `lateness` is how many days after
    the month's end its file comes.
    """

    name: str
    model: Engagement.Model
    engagement: str
    functions: tuple[str, ...]
    studies: tuple[str, ...]
    days_to_close: float = 4.2
    slide: tuple[float, ...] = ()
    deviation_slide: tuple[float, ...] = ()
    tidied_to: float | None = None
    lateness: int = 7
    country: str = ""  # of its seat: its public holidays move due days
    sends_csv: bool = False
    skips_latest: bool = False
    restates: int | None = None  # months ago
    staff: Staff | None = None


@dataclass(frozen=True)
class StudyPlan:
    """A study: its size decides how many participants, visits, deviations and queries it has.

    `enrolled_a_month` is per active site; `recruits_for` the share of its time in which it enrols;
    `failures` the share of the screened who fail; `visit_days` are counted from enrolment;
    `deviations` are per 100 visits, `important` is the share of them deemed so.
    """

    protocol_number: str
    title: str
    phase: Study.Phase
    area: str
    status: Study.Status
    months: int  # how long it has been reported
    sites: int
    queries_a_day: float
    countries: tuple[str, ...]
    data_management: str  # the CRO that does it
    monitoring: str  # likewise
    enrolled_a_month: float
    recruits_for: float
    failures: float
    visit_days: tuple[int, ...]
    deviations: float
    important: float
    shared: bool = False
