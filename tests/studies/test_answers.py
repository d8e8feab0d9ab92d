"""Every date has one answer and no date two, whatever is recorded; a slow twin agrees."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studies.answers import LABELS, Holding, Record, answer, answers, places, spans
from studies.models import Delegation
from vendors.regions import Region

START = date(2026, 1, 1)
DAYS = [START + timedelta(days=number) for number in range(-3, 44)]
REGIONS = ("", *Region.values)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Draw one record that lies within the days looked at, or is open."""
    kind = draw(st.sampled_from(Delegation.Kind.values))
    acts = kind in ("transferred", "shared")
    first = START + timedelta(days=draw(st.integers(0, 30)))
    length = draw(st.none() | st.integers(0, 12))
    return Record(
        pk=draw(st.integers(1, 999)),
        kind=kind,
        holder=draw(st.integers(1, 3)) if acts else None,
        from_date=first,
        until_date=None if length is None else first + timedelta(days=length),
        region=draw(st.sampled_from(["", "", "europe", "asia-pacific"])),
    )


many = st.lists(records(), max_size=6).map(tuple)


def twin(known: tuple[Record, ...], region: str, day: date) -> tuple[str, list[Record]]:
    """Answer by counting the days of each record, one by one."""
    days_of = {}
    for place, one in enumerate(known):
        last = one.until_date or DAYS[-1]
        days_of[place] = {d for d in DAYS if not d < one.from_date and not d > last}
    today = [one for place, one in enumerate(known) if day in days_of[place]]
    special = [one for one in today if one.region and one.region == region]
    general = [one for one in today if not one.region]
    found = special if special else general
    if not found:
        return "by-default", []
    if len(found) == 1 or all(one.kind == "shared" for one in found):
        return found[0].kind, found
    alike = all((one.kind, one.holder) == (found[0].kind, found[0].holder) for one in found)
    return (found[0].kind if alike else "overlap"), found


@given(many, st.sampled_from(REGIONS))
def test_each_date_has_one_answer_and_no_date_two(known: tuple[Record, ...], region: str) -> None:
    cut = spans(known, region=region)
    assert (cut[0].first, cut[-1].last) == (date.min, None)
    for before, after in pairwise(cut):
        assert before.last is not None
        assert before.last + timedelta(days=1) == after.first  # neither a gap nor a day twice
        assert before.answer != after.answer
    for day in DAYS:
        (span,) = [one for one in cut if one.first <= day and (not one.last or day <= one.last)]
        assert span.answer == answer(known, on=day, region=region)
        holding, found = twin(known, region, day)
        assert (span.answer.holding.value, list(span.answer.records)) == (holding, found)


@given(many, st.sampled_from(DAYS))
def test_each_region_is_answered_once_by_the_places_of_a_day(
    known: tuple[Record, ...], day: date
) -> None:
    given_answers = answers(known, on=day)
    assert tuple(given_answers) == places(known, on=day)
    for region in Region.values:
        of_place = given_answers.get(region, given_answers.get(""))
        assert of_place == answer(known, on=day, region=region)
    assert answers(known, on=day, regions=REGIONS).keys() == set(REGIONS)


def test_a_record_of_a_region_goes_before_one_for_everywhere_on_its_days() -> None:
    world = Record(1, "transferred", 7, START)
    europe = Record(2, "retained", None, DAYS[10], DAYS[12], "europe")
    assert [(one.first, one.last, one.answer.holding) for one in spans([world, europe])] == [
        (date.min, START - timedelta(days=1), Holding.BY_DEFAULT),
        (START, None, Holding.TRANSFERRED),
    ]
    held = [one.answer.holding for one in spans([world, europe], region="europe")]
    assert held == ["by-default", "transferred", "retained", "transferred"]


def test_two_that_share_with_the_sponsor_are_no_overlap_and_two_that_hold_are() -> None:
    shared = [Record(1, "shared", 7, START), Record(2, "shared", 8, START)]
    held = [Record(1, "transferred", 7, START), Record(2, "transferred", 8, START)]
    under_two_engagements = [held[0], Record(3, "transferred", 7, START)]
    assert answer(shared, on=START).holding == Holding.SHARED
    assert answer(held, on=START).holding == Holding.OVERLAP
    assert answer([shared[0], held[1]], on=START).holding == Holding.OVERLAP
    assert answer(under_two_engagements, on=START).holding == Holding.TRANSFERRED


def test_where_each_region_has_its_record_nowhere_else_is_asked() -> None:
    every = [Record(1, "retained", None, START, DAYS[9], region) for region in Region.values]
    assert places(every, on=START) == tuple(Region.values)
    assert places(every, on=DAYS[10]) == ("",)


def test_the_last_day_of_time_and_the_words() -> None:
    last = Record(1, "retained", None, START, date.max)
    assert spans([last])[-1].first == START
    assert {kind.value: str(kind.label) for kind in Delegation.Kind} == {
        holding.value: holding.label for holding in list(LABELS)[:4]
    }
