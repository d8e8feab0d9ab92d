"""What changed since the month before: KPIs newly red or green, restated, missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboards.fractions import shown_value
from dashboards.selectors.deciding import Light
from dashboards.selectors.due import Due, Scope
from dashboards.selectors.picture import Picture
from dashboards.selectors.results import turned
from dashboards.selectors.runs import Reading
from dashboards.spots import Spot
from kpis.due import by_study
from kpis.engine.definition import KpiDefinition
from kpis.engine.terms import RagStatus

LINES = 3
TURNS = (RagStatus.RED, RagStatus.GREEN, RagStatus.MISSING)


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
    """A column of the strip: at most three lines, and how many there are."""

    status: str
    words: str
    shown: tuple[Change, ...]
    count: int

    @property
    def others(self) -> int:
        """How many have no room."""
        return self.count - len(self.shown)


@dataclass(frozen=True)
class _Turn:
    """A KPI whose status is not that of the month before; `order` is its place among all."""

    definition: KpiDefinition
    scope: Scope
    now: Light
    before: str
    order: tuple[int, int]


def changes_of(shown: Picture) -> tuple[ChangeGroup, ...]:
    """Return the four columns of the strip."""
    turns = sorted(_turns(shown), key=lambda one: one.order)
    restated = _restated(shown)
    files = [one for one in shown.due if one.missing]
    listings = [one for one in turns if _newly_missing(shown, one)]
    absent = [_absent_file(shown, one) for one in files[:LINES]]
    absent += [_of_spot(shown, one, noted=True) for one in listings[:LINES]]
    return (
        _turned(shown, turns, RagStatus.RED),
        _turned(shown, turns, RagStatus.GREEN),
        ChangeGroup(
            "",
            "restated",
            tuple(_restatement(shown, one) for one in restated[:LINES]),
            len(restated),
        ),
        ChangeGroup("missing", "newly missing", tuple(absent[:LINES]), len(files) + len(listings)),
    )


def _turns(shown: Picture) -> Iterable[_Turn]:
    """Yield what has another status than the month before, wherever a KPI is told narrowest."""
    places = {one.slug: (place, one) for place, one in enumerate(shown.definitions)}
    by_studies = {slug: by_study(one) for slug, (_, one) in places.items()}
    for number, (scope, slugs) in enumerate(shown.applying.items()):
        lights, of_study = shown.lights(scope), scope[1] is not None
        for slug, before, status in _differences(shown, scope, lights):
            if status in TURNS and slug in slugs and by_studies[slug] is of_study:
                place, definition = places[slug]
                yield _Turn(definition, scope, lights[slug], before, (place, number))


def _differences(
    shown: Picture, scope: Scope, lights: Mapping[str, Light]
) -> Iterable[tuple[str, str, str]]:
    """Yield KPI, status of the month before and of this one, where they differ."""
    run = shown.results.at(scope, shown.period)
    before = shown.results.at(scope, shown.months[-2])
    yield from turned(run, before)
    if lights is not run.lights:
        for slug in lights.keys() - run.lights.keys():
            was = before.lights.get(slug)
            yield slug, was.status if was else "", lights[slug].status


def _turned(shown: Picture, turns: Sequence[_Turn], status: RagStatus) -> ChangeGroup:
    """Only from a month that had a colour: what was missing before did not change colour."""
    coloured = {RagStatus.RED, RagStatus.AMBER, RagStatus.GREEN} - {status}
    hit = [one for one in turns if one.now.status == status and one.before in coloured]
    first = sorted(hit, key=lambda one: one.now)[:LINES]
    return ChangeGroup(
        status.value, f"newly {status}", tuple(_of_spot(shown, one) for one in first), len(hit)
    )


def _newly_missing(shown: Picture, turn: _Turn) -> bool:
    """A KPI lacks a listing and did not lack it before; a file that did not come says it itself."""
    if turn.now.status != RagStatus.MISSING or turn.before == RagStatus.MISSING:
        return False
    return not any(one.missing for one in shown.due_for(turn.definition.slug, turn.scope))


def _absent_file(shown: Picture, due: Due) -> Change:
    fact = shown.vendor_of(due.engagement_id)
    return Change(
        label=fact.vendor_name,
        where=shown.protocols.get(due.study_id or 0, "all studies"),
        slug="",
        vendor_id=fact.vendor_id,
        engagement_id=due.engagement_id,
        study_id=due.study_id,
        more=due.late,
    )


def _of_spot(shown: Picture, turn: _Turn, *, noted: bool = False) -> Change:
    spot = shown.spot(turn.definition, *turn.scope)
    return _change(shown, spot, spot.note if noted else "")


def _restated(shown: Picture) -> list[Reading]:
    """Return the first figures that a restatement changed."""
    definitions = {definition.slug: definition for definition in shown.definitions}
    found = []
    for old in shown.earlier:
        if old.slug not in definitions or old.missing:
            continue
        if (old.study_id is not None) is not by_study(definitions[old.slug]):
            continue  # its studies say it, or it is not told by study
        now = shown.results.at((old.engagement_id, old.study_id), old.period).rows.get(old.slug)
        if now is None or now.value != old.value:
            found.append(old)
    return found


def _restatement(shown: Picture, old: Reading) -> Change:
    definition = next(one for one in shown.definitions if one.slug == old.slug)
    spot = shown.spot(definition, old.engagement_id, old.study_id)
    return _change(shown, spot, f"was {shown_value(definition, old.value, old.longest_open)}")


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
