"""What changed, in columns with names and addresses, and the filters above it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from dashboards.links import address
from dashboards.periods import Asked, month_key
from dashboards.selectors.picture import EngagementFact
from dashboards.selectors.since import Changes
from dashboards.selectors.visits import Since
from dashboards.turned import WORDS, Changed, Group
from kpis.definitions import catalogue
from kpis.selectors.filters import Filter, filter_of
from oversight.look.times import month_text

MARKS = {Group.RED: "red", Group.GREEN: "green", Group.MISSING: "missing"}


@dataclass(frozen=True)
class Line:
    """One change with where it is, and the address of the page that shows it."""

    change: Changed
    vendor: str
    protocol: str
    month: str
    link: str


@dataclass(frozen=True)
class Column:
    """The changes of one group; `mark` is a status, or empty."""

    group: Group
    words: str
    mark: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ChangesPage:
    """The page: what changed since then, and, apart, since the month before."""

    since: Since
    period: date
    groups: tuple[Column, ...]
    months: tuple[Column, ...]
    filters: tuple[Filter, ...]
    filtered: bool

    @property
    def total(self) -> int:
        """How many changes there are since then."""
        return sum(len(one.lines) for one in self.groups)


def changes_page(found: Changes, *, wanted: Mapping[str, str], filtered: bool) -> ChangesPage:
    """Return the page of what was found."""
    return ChangesPage(
        since=found.since,
        period=found.period,
        groups=_columns(found, found.changed, Group),
        months=_columns(found, found.months, (Group.RED, Group.GREEN, Group.MISSING, Group.LATE)),
        filters=_filters(found, wanted),
        filtered=filtered,
    )


def _columns(
    found: Changes, changed: Iterable[Changed], groups: Iterable[Group]
) -> tuple[Column, ...]:
    facts = {one.id: one for one in found.engagements}
    protocols = {duty.study_id: duty.protocol_number for duty in found.held}
    known = (one for one in changed if one.engagement_id in facts)
    lines = sorted(
        (_line(one, facts, protocols, found.asked) for one in known),
        key=lambda line: (line.vendor, line.protocol, line.change.name, line.change.period),
    )
    return tuple(
        Column(
            group,
            WORDS[group],
            MARKS.get(group, ""),
            tuple(line for line in lines if line.change.group is group),
        )
        for group in groups
    )


def _line(
    one: Changed, facts: Mapping[int, EngagementFact], protocols: Mapping[int, str], asked: Asked
) -> Line:
    return Line(
        change=one,
        vendor=facts[one.engagement_id].vendor_name,
        protocol=protocols.get(one.study_id or 0, "") if one.study_id else "all studies",
        month=month_text(one.period),
        link=_link(one, asked),
    )


def _link(one: Changed, asked: Asked) -> str:
    if not one.slug:
        month = month_key(one.period)
        return reverse("kpis:due-submission", args=[one.engagement_id, one.study_id or 0, month])
    return address(
        "kpi",
        one.slug,
        engagement=one.engagement_id,
        study=one.study_id,
        period=one.period,
        known=asked.known,
    )


def _filters(found: Changes, wanted: Mapping[str, str]) -> tuple[Filter, ...]:
    cros = sorted({(one.vendor_name, one.vendor_id) for one in found.engagements})
    studies = sorted({(duty.protocol_number, duty.study_id) for duty in found.held})
    functions = sorted({duty.function for duty in found.held})
    kpis = sorted((one.name, one.slug) for one in catalogue().values())
    return (
        filter_of("cro", "CRO", [(pk, name) for name, pk in cros], wanted),
        filter_of("study", "Study", [(pk, name) for name, pk in studies], wanted),
        filter_of("function", "Function", [(s, s.replace("-", " ")) for s in functions], wanted),
        filter_of("kpi", "KPI", [(slug, name) for name, slug in kpis], wanted),
    )
