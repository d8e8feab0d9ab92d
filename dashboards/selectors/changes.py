"""What changed since the month before, study by study: newly red or green, missing, restated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.selectors.picture import Picture
from dashboards.spots import Spot
from kpis.engine.terms import RagStatus
from kpis.engine.wording import value_words

LINES = 3


@dataclass(frozen=True)
class Change:
    """One line: a spot's scope, where it is, and a few words more where there are any."""

    label: str
    where: str
    slug: str
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
        (shown.spot(definition, engagement, study), protocol)
        for definition in shown.definitions
        for engagement, study, protocol in shown.study_scopes()
    ]
    return (
        ChangeGroup("red", "newly red", _turned(shown, spots, RagStatus.RED)),
        ChangeGroup("green", "newly green", _turned(shown, spots, RagStatus.GREEN)),
        ChangeGroup("", "restated", _restated(shown)),
        ChangeGroup(
            "missing",
            "missing",
            tuple(
                _change(shown, spot, protocol, spot.note)
                for spot, protocol in spots
                if spot.status == RagStatus.MISSING
            ),
        ),
    )


def _turned(
    shown: Picture, spots: Sequence[tuple[Spot, str]], status: RagStatus
) -> tuple[Change, ...]:
    """Only from a month that had a colour: what was missing before did not change colour."""
    coloured = {RagStatus.RED, RagStatus.AMBER, RagStatus.GREEN} - {status}
    return tuple(
        _change(shown, spot, protocol)
        for spot, protocol in spots
        if spot.status == status and spot.before in coloured
    )


def _restated(shown: Picture) -> tuple[Change, ...]:
    return tuple(_restatements(shown))


def _restatements(shown: Picture) -> Iterable[Change]:
    protocols = {(duty.engagement_id, duty.study_id): duty.protocol_number for duty in shown.duties}
    units = {definition.slug: definition.unit for definition in shown.definitions}
    for old in shown.earlier:
        if old.period == shown.period and old.slug in units:
            scope = (old.engagement_id, old.study_id or 0)
            yield Change(
                label=f"{shown.vendor_of(old.engagement_id).vendor_name}, "
                f"{protocols.get(scope, 'study')}",
                where=f"was {value_words(old.value, units[old.slug])}",
                slug=old.slug,
                engagement_id=old.engagement_id,
                study_id=old.study_id,
            )


def _change(shown: Picture, spot: Spot, protocol: str, more: str = "") -> Change:
    vendor = shown.vendor_of(spot.engagement_id).vendor_name
    where = f"{vendor}, {protocol}"
    return Change(spot.name, where, spot.slug, spot.engagement_id, spot.study_id, more)
