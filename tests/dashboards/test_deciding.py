"""What decides a cell and what turned, held against slow twins that draw every spot."""

from datetime import date

from dashboards.periods import Asked
from dashboards.selectors.changes import changes_of
from dashboards.selectors.dimensions import cells_of, decided, worst_of
from dashboards.selectors.picture import Picture, picture
from dashboards.selectors.portfolio import ranked_studies
from dashboards.spots import SEVERITY
from kpis.due import by_study
from kpis.engine.terms import RagStatus
from tests.dashboards.models import make_models, send_alpha, send_beta, send_gamma, send_month
from tests.people import World

TODAY = date(2025, 12, 20)
COLOURED = {RagStatus.RED, RagStatus.AMBER, RagStatus.GREEN}


def shown_of(world: World, **asked: date) -> Picture:
    told = {"period": None, "known": None, "today": TODAY} | asked
    found = picture(world.sam, asked=Asked(**told), wide=True)  # type: ignore[arg-type]  # dates
    assert found is not None
    return found


def two_months(world: World) -> None:
    """October of everybody, November of Alpha, worse, and of Gamma; Beta's is missing."""
    models = make_models(world)
    send_month(models, date(2025, 10, 31))
    send_alpha(models, date(2025, 11, 30), deviations=9, old=8)
    send_gamma(models, date(2025, 11, 30))


def test_each_cell_is_that_of_the_worst_spot(world: World) -> None:
    two_months(world)
    shown = shown_of(world)
    scopes = [([engagement], study) for engagement, study in shown.applying]
    scopes += [([one.id for one in shown.engagements], None)]
    for engagements, study in scopes:
        for cell in cells_of(shown, engagements, study):
            spots = [
                min(
                    (shown.spot(one, engagement, study) for engagement in engagements),
                    key=lambda spot: spot.severity,
                )
                for one in shown.definitions_of(cell.dimension)
            ]
            assert cell.spot.severity == min(spot.severity for spot in spots)
            if cell.spot.delegated:
                assert cell.spot == min(spots, key=lambda spot: spot.severity)
            assert cell.judged == sum(spot.judged for spot in spots)
            assert cell.within == sum(
                spot.judged and spot.status == RagStatus.GREEN for spot in spots
            )


def test_studies_are_ranked_by_their_cells(world: World) -> None:
    two_months(world)
    shown = shown_of(world)

    def slowly(scope: tuple[int, int]) -> tuple[object, ...]:
        engagement, study = scope
        places = [
            cell.spot.severity[0]
            for cell in cells_of(shown, [engagement], study)
            if cell.spot.delegated
        ]
        worst = min(places, default=9)
        missing = places.count(SEVERITY[RagStatus.MISSING])
        assert worst_of(decided(shown, [scope])) == (worst, -places.count(worst), -missing)
        return worst, -places.count(worst), -missing, shown.protocols[study]

    ranked = ranked_studies(shown)
    assert len(ranked) == 4
    assert ranked == sorted(ranked, key=slowly)


def test_what_turned_is_what_spots_say(world: World) -> None:
    two_months(world)
    shown = shown_of(world)
    spots = [
        shown.spot(one, engagement, study)
        for one in shown.definitions
        for engagement, study in shown.narrowest(one)
    ]
    red, green, restated, missing = changes_of(shown)
    for group, status in ((red, RagStatus.RED), (green, RagStatus.GREEN)):
        turned = [
            one for one in spots if one.status == status and one.before in COLOURED - {status}
        ]
        turned.sort(key=lambda one: one.severity)
        assert group.count == len(turned)
        assert [(one.slug, one.engagement_id, one.study_id) for one in group.shown] == [
            (one.slug, one.engagement_id, one.study_id) for one in turned[:3]
        ]
    assert red.count > 0
    assert restated.count == 0
    assert missing.shown[0].label == "Beta"


def test_a_kpi_that_applies_and_was_not_computed_is_weighed_too(world: World) -> None:
    """A KPI asked for after the run was made has no result in it."""
    two_months(world)
    shown = shown_of(world)
    scope = (world.alpha_engagement.pk, world.study.pk)
    there = shown.lights(scope)
    assert there.keys() >= shown.applying[scope]
    assert all(by_study(one) for one in shown.definitions if one.slug in shown.applying[scope])
    before = shown_of(world, period=date(2025, 9, 1))
    assert {one.status for one in before.lights(scope).values()} == {RagStatus.MISSING}


def test_a_restatement_replaces_what_is_kept(world: World) -> None:
    """The same page twice, then with another run: what a process keeps never hides it."""
    models = make_models(world)
    send_alpha(models, date(2025, 11, 30), old=1)
    slug, scope = "query-aging", (world.alpha_engagement.pk, world.study.pk)
    first = shown_of(world)
    again = shown_of(world)
    assert first.read == again.read
    assert first.results.at(scope, first.period) is again.results.at(scope, again.period)
    send_alpha(models, date(2025, 11, 30), old=8)
    later = shown_of(world)
    assert later.read != first.read
    now = later.results.at(scope, later.period).rows[slug]
    assert now.value != first.results.at(scope, first.period).rows[slug].value


def test_two_readers_share_only_what_both_may_see(world: World) -> None:
    models = make_models(world)
    send_alpha(models, date(2025, 11, 30))
    send_beta(models, date(2025, 11, 30))
    asked = Asked(None, None, TODAY)
    pictures = [picture(one, asked=asked, wide=True) for one in (world.sam, world.ada, world.quinn)]
    sam, ada, quinn = (one for one in pictures if one is not None)
    assert sam.read == quinn.read
    assert ada.read != sam.read
    assert {run.engagement_id for run in ada.results.runs} == {world.alpha_engagement.pk}
