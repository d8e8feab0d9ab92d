"""Changes in sentences, and what each asks of the agreement and of the IND. No database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studies.toro.consequences import NO_AGREEMENT
from studies.toro.differences import Change, changes
from studies.toro.records import Agreed, Held
from studies.toro.taxonomy import Item
from studies.toro.transfers import Submitted, Transfer

BEFORE, MARCH, JUNE, LATER = (
    date(2026, 1, 31),
    date(2026, 3, 3),
    date(2026, 6, 1),
    date(2026, 9, 1),
)
REPORTS = Item(1, "T25", "Safety reports", "Safety", "21 CFR 312.32(c)", True, True)
STATISTICS = Item(2, "T34", "Statistics", "Data", "", False, True)
SIGNED = Agreed(1, 1, "WO-3, 2.0", MARCH, None)
ALDER = Held(
    pk=1,
    function=1,
    kind="transferred",
    holder=7,
    holder_name="Alder Clinical",
    region="",
    from_date=MARCH,
    until_date=None,
    split="",
    performer="",
    decision_maker="Sam Okafor",
    agreed=SIGNED,
    clause="4.2",
    confirmed="",
)
CEDAR = replace(ALDER, pk=2, holder=8, holder_name="Cedar", agreed=None)
KEPT = replace(
    ALDER, pk=3, kind="retained", holder=None, holder_name="", agreed=None, from_date=BEFORE
)
LISTED = Submitted(
    1, "0017", JUNE, "", "", (Transfer(1, 7, "", "T25 Safety reports", "Alder Clinical"),)
)
EMPTY = replace(LISTED, serial_number="0016", submitted_on=MARCH, transfers=())


def day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def found(
    *held: Held,
    item: Item = REPORTS,
    submissions: tuple[Submitted, ...] = (),
    after: date | None = BEFORE,
    until: date = LATER,
    device: bool = False,
) -> tuple[Change, ...]:
    return changes([item], {item.pk: held}, submissions, after=after, until=until, device=device)


def test_a_transfer_that_the_sponsor_kept_before() -> None:
    kept = replace(KEPT, until_date=day_before(MARCH))
    (change,) = found(kept, ALDER, submissions=(EMPTY,))
    assert change.sentence == (
        "From 3 Mar 2026 Alder Clinical holds Safety reports (T25); before, the sponsor kept it."
    )
    assert change.agreement == ("Look at clause 4.2 of WO-3, 2.0: it must describe this.",)
    assert change.ind == (
        "The next submission must list it with Alder Clinical: the last one, 0016 of 3 Mar 2026, "
        "does not.",
    )


@pytest.mark.parametrize(
    ("held", "now", "before"),
    [
        (
            replace(ALDER, kind="shared", split="s"),
            "the sponsor and Alder Clinical share Safety reports (T25)",
            "nothing was recorded and the sponsor kept it by default",
        ),
        (replace(KEPT, from_date=MARCH), "the sponsor keeps Safety reports (T25)", "nothing was"),
        (
            replace(KEPT, from_date=MARCH, kind="not-applicable"),
            "Safety reports (T25) is not applicable",
            "nothing was",
        ),
        (
            replace(ALDER, region="europe"),
            "Alder Clinical holds Safety reports (T25) in Europe",
            "nothing was",
        ),
    ],
)
def test_every_state_has_its_sentence(held: Held, now: str, before: str) -> None:
    (change,) = found(held)
    assert change.sentence.startswith(f"From 3 Mar 2026 {now}; before, {before}")


@pytest.mark.parametrize(
    ("old", "before"),
    [
        ((replace(ALDER, kind="shared"),), "the sponsor and Alder Clinical shared it"),
        ((replace(KEPT, kind="not-applicable"),), "it was not applicable"),
        ((ALDER, CEDAR), "Alder Clinical and Cedar were each recorded as holding it"),
    ],
)
def test_every_state_is_said_of_the_days_before(old: tuple[Held, ...], before: str) -> None:
    ended = [replace(one, until_date=day_before(JUNE)) for one in old]
    (change,) = found(*ended, after=MARCH)
    assert change.sentence == (
        "From 1 Jun 2026 nothing is recorded for Safety reports (T25), so that the sponsor keeps "
        f"it by default; before, {before}."
    )


def test_two_who_contradict_each_other() -> None:
    (change,) = found(ALDER, replace(CEDAR, from_date=JUNE), after=MARCH, submissions=(LISTED,))
    assert change.sentence == (
        "From 1 Jun 2026 Alder Clinical and Cedar are each recorded as holding Safety reports "
        "(T25); before, Alder Clinical held it."
    )
    # Alder's own terms are as they were: only Cedar's agreement is asked about.
    assert change.agreement == (
        "No version of an agreement with Cedar is named: a version that describes it, with its "
        "clause, is needed before the work begins.",
    )
    assert change.ind == (
        "Submission 0017 of 1 Jun 2026 lists it with Alder Clinical.",
        "The next submission must list it with Cedar: the last one, 0017 of 1 Jun 2026, does not.",
    )


def test_other_terms_of_the_same_holder() -> None:
    old = replace(ALDER, until_date=day_before(JUNE))
    new = replace(ALDER, pk=9, from_date=JUNE, clause="5.1", performer="Lab")
    (change,) = found(old, new, after=MARCH)
    assert change.sentence == (
        "From 1 Jun 2026 Alder Clinical holds Safety reports (T25) as before, with other terms: "
        "performed by “Lab” (before: “not recorded”); clause “5.1” (before: “4.2”)."
    )
    assert change.agreement == (
        "Look at clause 5.1 of WO-3, 2.0: it must describe this. That version held before "
        "this change: where it does not describe it, a new one is needed.",
    )
    same = replace(ALDER, pk=9, from_date=JUNE)
    assert found(old, same, after=MARCH) == ()


def test_a_region_that_differs_and_the_rest() -> None:
    europe = replace(CEDAR, region="europe", from_date=JUNE)
    (change,) = found(ALDER, europe, after=MARCH)
    assert change.sentence.startswith(
        "From 1 Jun 2026 Cedar holds Safety reports (T25) in Europe; before, Alder Clinical held it"
    )
    rest = replace(ALDER, until_date=day_before(LATER))
    *_, last = found(rest, europe, after=JUNE)
    assert " Safety reports (T25) everywhere else, so that the sponsor" in last.sentence


@pytest.mark.parametrize(
    ("agreed", "clause", "words"),
    [
        (replace(SIGNED, begins_on=None), "4.2", "waits for a signature: both must sign"),
        (replace(SIGNED, begins_on=JUNE), "4.2", "holds from 1 Jun 2026 only"),
        (replace(SIGNED, begins_on=BEFORE, last_on=BEFORE), "4.2", "ended on 31 Jan 2026: a new"),
        (SIGNED, "", "is named without a clause"),
        (
            replace(SIGNED, begins_on=BEFORE),
            "4.2",
            "where it does not describe it, a new one is needed",
        ),
    ],
)
def test_what_a_new_holder_asks_of_the_agreement(agreed: Agreed, clause: str, words: str) -> None:
    (change,) = found(replace(ALDER, agreed=agreed, clause=clause))
    assert words in change.agreement[0]


@pytest.mark.parametrize(
    ("agreed", "words"),
    [
        (SIGNED, "WO-3, 2.0 describes it for Alder Clinical in clause 4.2: a new version without"),
        (replace(SIGNED, last_on=MARCH), "WO-3, 2.0 ended on 3 Mar 2026: nothing is left"),
        (None, "No version of an agreement with Alder Clinical is named: where one describes it"),
    ],
)
def test_what_an_end_asks_of_the_agreement(agreed: Agreed | None, words: str) -> None:
    (change,) = found(replace(ALDER, until_date=day_before(JUNE), agreed=agreed), after=MARCH)
    assert change.agreement[0].startswith(words)


def test_what_the_ind_has_to_say() -> None:
    assert found(ALDER)[0].ind[0].endswith("none is recorded yet.")
    ended = replace(ALDER, until_date=day_before(LATER))
    (change,) = found(ended, submissions=(LISTED,), after=JUNE)
    assert change.ind == (
        "The next submission must not list it with Alder Clinical any more: the last one, 0017 of "
        "1 Jun 2026, does.",
    )
    assert found(ended, after=JUNE)[0].ind[0].startswith("No submission was recorded that lists")
    assert "does not list it" in found(ended, submissions=(EMPTY,), after=JUNE)[0].ind[0]
    assert found(replace(KEPT, from_date=MARCH))[0].ind[0].endswith("nothing to report.")
    assert found(ALDER, item=STATISTICS)[0].ind[0].startswith("Not an obligation of Part 312")
    assert found(ALDER, device=True)[0].ind[0].startswith("21 CFR 812")
    assert found(replace(KEPT, from_date=MARCH))[0].agreement == (NO_AGREEMENT,)


def test_what_changed_again_since_is_not_asked_of_the_next_submission() -> None:
    short = replace(ALDER, until_date=day_before(JUNE))
    first, _ = found(short)
    assert first.ind == (
        "No submission was recorded with Alder Clinical, and it has changed again since.",
    )
    early = replace(LISTED, submitted_on=MARCH)
    first, second = found(short, submissions=(early,))
    assert first.ind == ("Submission 0017 of 3 Mar 2026 lists it with Alder Clinical.",)
    assert second.ind[0].startswith("The next submission must not list it")
    back = replace(ALDER, from_date=LATER)
    _, gone, _ = found(short, back, submissions=(early,))
    assert gone.ind[0].endswith("still lists it with Alder Clinical; it has changed again since.")


@given(st.dates(MARCH, LATER), st.dates(MARCH, LATER), st.booleans())
def test_each_step_is_told_once_wherever_time_is_cut(
    one: date, other: date, regional: bool
) -> None:
    held = (
        replace(ALDER, until_date=day_before(JUNE)),
        replace(CEDAR, from_date=date(2026, 7, 1), region="europe" if regional else ""),
    )
    middle = min(one, other)
    whole = found(*held)
    parts = (*found(*held, until=middle), *found(*held, after=middle))
    assert [change.sentence for change in parts] == [change.sentence for change in whole]
