"""What changed since the last accepted submission: counts, first lines, and the KPIs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kpis.engine.tables import LISTINGS
from kpis.models import Check, Comparison, Submission, TableComparison
from kpis.selectors.colours import ColourChange, ColourChanges, colour_changes
from kpis.selectors.differing import RowLine, first_lines
from kpis.submissions.comparing.against import accepted_last
from kpis.submissions.comparing.sealed import CHANGED, GONE

LINES = 6
BAR, GAP = 180.0, 0.8
# New, changed, unchanged, gone: as the bar shows them, with the class of the rectangle.
SHARES = (("new", "k5"), ("changed", "k4"), ("unchanged", "k1"), ("gone", "k3"))


@dataclass(frozen=True)
class ListingChanges:
    """One listing and how its rows fared."""

    name: str
    title: str
    new: int
    changed: int
    gone: int
    unchanged: int

    @property
    def note(self) -> str:
        """Say where one of the two sides has no row at all."""
        if not self.new + self.changed + self.unchanged:
            return "no row this time"
        return "" if self.gone + self.changed + self.unchanged else "no row before"

    @property
    def bar(self) -> tuple[tuple[str, str, str], ...]:
        """Return the rectangles of the share bar: class, x and width."""
        found, place = [], 0.0
        total = self.new + self.changed + self.unchanged + self.gone
        for name, css in SHARES:
            width = BAR * getattr(self, name) / total if total else 0.0
            if width:
                found.append((css, f"{place:.1f}", f"{max(width - GAP, 0.4):.1f}"))
            place += width
        return tuple(found)


@dataclass(frozen=True)
class ComparisonPanel:
    """The comparison of the newest check; without `against` nothing was accepted before.

    `restates` says that it is of the same month. `later` was accepted since the comparison was
    made. It is provisional while errors stand open.
    """

    submission: Submission
    against: Submission | None
    compared_at: datetime
    restates: bool
    provisional: bool
    later: Submission | None
    listings: tuple[ListingChanges, ...]
    colours: ColourChanges
    lines: tuple[tuple[ListingChanges, RowLine], ...] = ()

    @property
    def since(self) -> str:
        """Name what it is compared with: September 2026 (S-12)."""
        period = self.against.period_start if self.against else None
        return f"{period:%B %Y} ({self.against})" if period else ""

    @property
    def later_words(self) -> str:
        """Say that the comparison is out of date, and what to do."""
        return (
            f"{self.later} was accepted since this was compared. Confirm the cut-off again to "
            "compare with it."
        )

    @property
    def totals(self) -> tuple[int, int, int]:
        """Return the rows new, changed and gone over all listings."""
        new, changed, gone = (
            sum(getattr(one, name) for one in self.listings) for name in ("new", "changed", "gone")
        )
        return new, changed, gone


def comparison_of(user: Any, check: Check | None) -> Comparison | None:
    """Return the comparison of a check, with what it is compared with; one statement."""
    if check is None:
        return None
    visible = Comparison.objects.visible_to(user)
    return visible.filter(check_made=check).select_related("against", "check_made").first()


def comparison_panel(
    user: Any, submission: Submission, *, lines: int = LINES
) -> ComparisonPanel | None:
    """Return the panel of the newest check, or None while there is none; statements are fixed."""
    check = submission.checks.last()
    comparison = comparison_of(user, check)
    if comparison is None or check is None:
        return None
    against, period = comparison.against, _period(submission, check)
    last = accepted_last(submission, period=period) if _open(submission) and period else against
    tables = list(comparison.tables.all())
    listings = _listings(tables)
    return ComparisonPanel(
        submission=submission,
        against=against,
        compared_at=comparison.compared_at,
        restates=against is not None and against.period_start == period,
        provisional=check.error_count > 0,
        later=last if last != against else None,
        listings=listings,
        colours=colour_changes(comparison.colours),
        lines=_first_lines(tables, listings, lines),
    )


def restated_by(panel: ComparisonPanel) -> tuple[ColourChange, ...]:
    """Return the results that a restatement moves, colours first."""
    return (*panel.colours.changing, *panel.colours.moving) if panel.restates else ()


def _open(submission: Submission) -> bool:
    return submission.state in Submission.OPEN_STATES


def _period(submission: Submission, check: Check) -> date | None:
    cutoff = submission.data_cutoff_date or check.proposed_cutoff_date
    return cutoff.replace(day=1) if cutoff else None


def _listings(tables: Sequence[TableComparison]) -> tuple[ListingChanges, ...]:
    """Return what differs first, each part as LISTINGS are ordered."""
    order = list(LISTINGS)
    known = sorted(
        (one for one in tables if one.listing in LISTINGS),
        key=lambda one: (not one.new + one.changed + one.gone, order.index(one.listing)),
    )
    return tuple(
        ListingChanges(
            name=one.listing,
            title=LISTINGS[one.listing].title,
            new=one.new,
            changed=one.changed,
            gone=one.gone,
            unchanged=one.unchanged,
        )
        for one in known
    )


def _first_lines(
    tables: Iterable[TableComparison], listings: Iterable[ListingChanges], most: int
) -> tuple[tuple[ListingChanges, RowLine], ...]:
    """Return a few rows to look at twice: of each listing the first gone and the first changed."""
    seals = {one.listing: one.differences_sha256 for one in tables}
    found: list[tuple[ListingChanges, RowLine]] = []
    for one in listings:
        for kind in (GONE, CHANGED):
            room = min(2, most - len(found))
            if room > 0 and getattr(one, kind):
                lines = first_lines(seals[one.name], LISTINGS[one.name], kind, room)
                found += [(one, line) for line in lines]
    return tuple(found)
