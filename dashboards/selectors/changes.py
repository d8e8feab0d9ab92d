"""What changed since the month before: KPIs newly red or green, restated, missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.fractions import shown_value
from dashboards.selectors.picture import Picture
from dashboards.spots import Spot
from kpis.due import by_study
from kpis.engine.terms import RagStatus

LINES = 3


@dataclass(frozen=True)
class Change:
    """One line: what it is about, where it is, and a few words more where there are any.

    Without `slug` it is about a whole submission and leads to the CRO.
    """

    label: str
    where: str
    slug: str
    vendor_id: int
    engagement_id: int
    study_id: int | None
    more: str = ""


@dataclass(frozen=True)
class ChangeGroup:
    """A column of the strip: at most three lines, and how many more there are."""

    status: str
    words: str
    changes: tuple[Change, ...]

    @property
    def shown(self) -> tuple[Change, ...]:
        """The lines with room."""
        return self.changes[:LINES]

    @property
    def others(self) -> int:
        """How many have no room."""
        return max(0, len(self.changes) - LINES)


def changes_of(shown: Picture) -> tuple[ChangeGroup, ...]:
    """Return the four columns of the strip."""
    spots = [
        shown.spot(definition, engagement, study)
        for definition in shown.definitions
        for engagement, study in shown.narrowest(definition)
    ]
    return (
        ChangeGroup("red", "newly red", _turned(shown, spots, RagStatus.RED)),
        ChangeGroup("green", "newly green", _turned(shown, spots, RagStatus.GREEN)),
        ChangeGroup("", "restated", tuple(_restatements(shown))),
        ChangeGroup("missing", "newly missing", tuple(_missing(shown, spots))),
    )


def _turned(shown: Picture, spots: Sequence[Spot], status: RagStatus) -> tuple[Change, ...]:
    """Only from a month that had a colour: what was missing before did not change colour."""
    coloured = {RagStatus.RED, RagStatus.AMBER, RagStatus.GREEN} - {status}
    return tuple(
        _change(shown, spot)
        for spot in sorted(spots, key=lambda one: one.severity)
        if spot.status == status and spot.before in coloured
    )


def _missing(shown: Picture, spots: Sequence[Spot]) -> Iterable[Change]:
    """Files that did not come, then KPIs that lack a listing and did not lack it before."""
    for due in shown.due:
        if due.missing:
            yield Change(
                label=shown.vendor_of(due.engagement_id).vendor_name,
                where=shown.protocols.get(due.study_id or 0, "all studies"),
                slug="",
                vendor_id=shown.vendor_of(due.engagement_id).vendor_id,
                engagement_id=due.engagement_id,
                study_id=due.study_id,
                more=due.late,
            )
    for spot in spots:
        waits = any(
            one.missing and one.serves(spot.engagement_id, spot.study_id, spot.slug)
            for one in shown.due
        )
        if spot.status == RagStatus.MISSING and spot.before != spot.status and not waits:
            yield _change(shown, spot, spot.note)


def _restatements(shown: Picture) -> Iterable[Change]:
    definitions = {definition.slug: definition for definition in shown.definitions}
    for old in shown.earlier:
        if old.period != shown.period or old.slug not in definitions or old.missing:
            continue
        if (old.study_id is not None) is not by_study(definitions[old.slug]):
            continue  # its studies say it, or it is not told by study
        now = shown.by_scope.get((old.slug, old.engagement_id, old.study_id), {}).get(old.period)
        if now is not None and now.value == old.value:
            continue
        spot = shown.spot(definitions[old.slug], old.engagement_id, old.study_id)
        was = shown_value(definitions[old.slug], old.value, old.longest_open)
        yield _change(shown, spot, f"was {was}")


def _change(shown: Picture, spot: Spot, more: str = "") -> Change:
    fact = shown.vendor_of(spot.engagement_id)
    where = [fact.vendor_name, shown.protocols.get(spot.study_id or 0, "")]
    return Change(
        spot.name,
        ", ".join(part for part in where if part),
        spot.slug,
        fact.vendor_id,
        spot.engagement_id,
        spot.study_id,
        more,
    )
