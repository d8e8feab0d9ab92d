"""What began, changed and ended in plain sentences; each turn of the answers told once."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from studies.answers import EVERYWHERE, spans
from studies.changes import Change, Turn, changes
from studies.selectors.parties import Party
from vendors.regions import region_label

YEAR = (date(2025, 12, 31), date(2026, 12, 31))
ALDER = Party(
    pk=1,
    study_id=1,
    function_id=1,
    name="Alder",
    kind="transferred",
    kind_label="Transferred to the CRO",
    holder=7,
    vendor="Alder",
    engagement_id=1,
    engagement="Alder FSO",
    split="",
    region="",
    region_label="everywhere",
    performer_id=None,
    performer="",
    decision_maker="",
    agreement_id=None,
    version_id=None,
    agreement="",
    clause="",
    systems="",
    procedures="",
    responsible="",
    consulted="",
    informed="",
    confirmed_by="",
    confirmed_on=None,
    work_began_on=None,
    from_date=date(2026, 2, 1),
    until_date=date(2026, 5, 31),
    state="current",
)
CEDAR = replace(ALDER, pk=2, name="Cedar", holder=8, vendor="Cedar", from_date=date(2026, 6, 1))
KEPT = replace(
    CEDAR, pk=3, kind="retained", holder=None, name="Sponsor", vendor="", engagement_id=None
)


def told(*parties: Party, own: bool = True) -> list[Change]:
    since, until = YEAR
    return list(changes("Monitoring", parties, since=since, until=until, own=own))


def words(*parties: Party, own: bool = True) -> list[str]:
    return [change.sentence for change in told(*parties, own=own)]


def test_it_begins_and_ends() -> None:
    began, ended = told(ALDER)
    assert (began.turn, began.on, began.delegation_ids) == (Turn.BEGAN, date(2026, 2, 1), (1,))
    assert began.sentence == (
        "Monitoring: Alder does it from 1 Feb 2026 on; before, the sponsor kept it by default."
    )
    assert (ended.turn, ended.on) == (Turn.ENDED, date(2026, 6, 1))
    assert ended.sentence == (
        "Monitoring: Alder did it until 31 May 2026. Since then the sponsor keeps it by default, "
        "unconfirmed."
    )


def test_a_cro_is_told_nothing_of_the_sponsor() -> None:
    assert words(ALDER, own=False) == [
        "Monitoring: Alder does it from 1 Feb 2026 on.",
        "Monitoring: Alder did it until 31 May 2026.",
    ]


def test_it_passes_from_hand_to_hand() -> None:
    open_end = replace(CEDAR, until_date=None, agreement="WO-2, 1.0", clause="§4")
    assert words(ALDER, open_end)[1:] == [
        "Monitoring: Cedar does it under WO-2, 1.0, §4 from 1 Jun 2026 on; before, Alder did it."
    ]
    assert (
        "the sponsor keeps it from 1 Jun 2026 on; before, Alder did it"
        in words(ALDER, replace(KEPT, until_date=None))[1]
    )
    shared = replace(open_end, kind="shared", agreement="", clause="")
    assert "Cedar and the sponsor share it from" in words(ALDER, shared)[1]
    nothing = replace(KEPT, kind="not-applicable", until_date=None)
    assert "it does not apply from" in words(ALDER, nothing)[1]


def test_the_same_cro_under_another_clause_is_a_change() -> None:
    later = replace(ALDER, pk=4, from_date=date(2026, 6, 1), until_date=None, clause="§9")
    assert words(ALDER, later)[1] == (
        "Monitoring: Alder does it under §9 as before; the agreement changed from 1 Jun 2026 on."
    )
    assert "a new record holds" in words(ALDER, replace(later, clause=""))[1]


def test_what_is_kept_comes_on_record() -> None:
    assert words(replace(KEPT, until_date=None)) == [
        "Monitoring: from 1 Jun 2026 on it is on record that the sponsor keeps it; before, it did "
        "so by default."
    ]


def test_an_overlap_begins_and_ends() -> None:
    early = replace(CEDAR, from_date=date(2026, 4, 1), until_date=None)
    _, both, alone = words(ALDER, early)
    assert "it is held more than once (Alder and Cedar) from 1 Apr 2026 on" in both
    assert "Cedar does it from 1 Jun 2026 on; before, it was held more than once" in alone


def test_a_region_is_told_apart_and_what_changes_everywhere_is_told_once() -> None:
    everywhere = replace(ALDER, until_date=None)
    there = replace(CEDAR, region="europe", until_date=None)
    assert words(everywhere, there) == [
        "Monitoring: Alder does it from 1 Feb 2026 on; before, the sponsor kept it by default.",
        "Monitoring in Europe: Cedar does it from 1 Jun 2026 on; before, Alder did it.",
    ]


@st.composite
def parties(draw: st.DrawFn) -> Party:
    """Draw a party that begins in 2026 and may end."""
    one = draw(st.sampled_from([ALDER, CEDAR, KEPT]))
    first = YEAR[0] + timedelta(days=draw(st.integers(1, 60)))
    length = draw(st.none() | st.integers(0, 30))
    return replace(
        one,
        pk=draw(st.integers(1, 99)),
        from_date=first,
        until_date=None if length is None else first + timedelta(days=length),
        region=draw(st.sampled_from([EVERYWHERE, EVERYWHERE, "europe"])),
    )


@given(st.lists(parties(), max_size=5), st.integers(0, 90), st.booleans())
def test_every_turn_of_the_answers_is_told_and_two_periods_tell_what_one_does(
    known: list[Party], day: int, own: bool
) -> None:
    since, until = YEAR
    middle = since + timedelta(days=day)
    whole = list(changes("M", known, since=since, until=until, own=own))
    first = list(changes("M", known, since=since, until=middle, own=own))
    second = list(changes("M", known, since=middle, until=until, own=own))
    assert sorted(whole, key=str) == sorted([*first, *second], key=str)
    everywhere = [one for one in whole if f" in {region_label('europe')}" not in one.sentence]
    assert [one.on for one in everywhere] == [
        span.first for span in spans(known)[1:] if span.first <= until
    ]
