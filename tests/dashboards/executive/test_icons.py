"""The icon grid: at most twelve KPIs by eight CROs, those past a limit or worsening first."""

from datetime import date

from dashboards.selectors.due import Scope
from dashboards.selectors.executive.icons import CROS_SHOWN, KPIS_SHOWN, icons
from dashboards.selectors.executive.lines import SHOWN, index, subject
from dashboards.selectors.executive.subjects import DATES, MONEY, SAFETY
from dashboards.selectors.functions.columns import Column
from dashboards.selectors.runs import Reading
from kpis.definitions import catalogue
from tests.dashboards.views_of import PERIOD, months_of

SHARES = [
    one
    for one in catalogue().values()
    if one.formula == "share"
    and one.direction == "higher"
    and one.limits is not None
    and float(str(one.limits.amber)) <= 95
]
STEADY = [(97, 100), (98, 100)] * 7
FALLING = [*STEADY[:13], (40, 100)]


def column(engagement: int) -> Column:
    return Column(engagement, "", "fsp", engagement, f"CRO {engagement}", (), f"CRO {engagement}")


def test_every_subject_is_in_the_catalogue() -> None:
    assert {*SAFETY, *DATES, *MONEY} <= set(catalogue())


def test_what_wants_a_look_comes_first_and_the_rest_is_counted() -> None:
    units = range(1, CROS_SHOWN + 3)
    worst = (SHARES[9].slug, CROS_SHOWN + 2)
    found: dict[tuple[str, Scope], dict[date, Reading]] = {}
    for definition in SHARES:
        for unit in units:
            pairs = FALLING if (definition.slug, unit) == worst else STEADY
            months = months_of(definition, pairs)
            found[definition.slug, (unit, None)] = months
    columns = {unit: column(unit) for unit in units}
    lines = subject(
        [one.slug for one in SHARES],
        found,
        months=sorted(next(iter(found.values()))),
        definitions=catalogue(),
        columns=columns,
        protocols={},
        whole=True,
    )
    grid = icons(lines.lines, found, columns)
    assert len(grid.rows) == KPIS_SHOWN < grid.kpis == len(SHARES)
    assert len(grid.columns) == CROS_SHOWN < grid.units
    assert grid.rows[0].definition.slug == worst[0]
    assert grid.columns[0].engagement_id == worst[1]
    first = grid.rows[0].marks[0]
    assert first is not None
    assert (first.worsening, grid.worsening, grid.improving) == (True, 1, 0)
    assert first.variation.startswith("Worsening")
    assert {words for _, words in grid.key} >= {first.variation}


def test_a_subject_shows_the_worst_of_the_month_alone() -> None:
    definition = catalogue()["important-deviation-rate"]
    readings = [
        one
        for pairs in ([(9, 10), (1, 100)], [(1, 100), (9, 10)])
        for one in months_of(definition, pairs).values()
    ]
    months = sorted({one.period for one in readings})
    found = subject(
        [definition.slug],
        index(readings[2:]),
        months=months,
        definitions=catalogue(),
        columns={1: column(1)},
        protocols={1: "NWT-301"},
    )
    assert months[-1] == PERIOD
    [line] = found.shown
    assert (line.spot.status, line.study, found.others) == ("red", "NWT-301", 0)
    assert len(found.shown) <= SHOWN
