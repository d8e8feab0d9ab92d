"""Each flag is raised by its fault alone, with a plain sentence, and by nothing that is sound."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from studies.coverage.facts import Version
from studies.coverage.flags import Flag
from tests.studies.coverage.made import (
    ALDER,
    CEDAR,
    DAY,
    DONE,
    FACTS,
    MONITORING,
    OBLIGED,
    START,
    STUDY,
    T1,
    WORK_ORDER,
    said,
    the_one,
    with_held,
)


def test_what_is_sound_raises_nothing() -> None:
    assert said(FACTS) == []
    kept = replace(OBLIGED, kind="retained", holder=None, version=None, decision_maker="")
    assert said(with_held(DONE, kept)) == []
    shared = replace(DONE, pk=60, kind="shared", holder=CEDAR)
    assert said(with_held(replace(DONE, kind="shared"), shared, OBLIGED)) == []


def test_nobody_recorded_is_a_gap_here_or_elsewhere() -> None:
    assert said(with_held(DONE)) == [
        (
            Flag.GAP,
            "Nobody is recorded for T19 Monitoring on NWT-301: the sponsor keeps it by default, "
            "unconfirmed.",
        )
    ]
    assert (
        "NWT-301 outside Europe:"
        in the_one(with_held(replace(DONE, region="europe"), OBLIGED)).sentence
    )
    ended = replace(DONE, until_date=DAY - timedelta(days=1))
    assert the_one(with_held(ended, OBLIGED)).mend.query == (
        ("study", T1),
        ("function", MONITORING),
    )
    assert said(with_held(ended, OBLIGED), on=DAY - timedelta(days=1)) == []


def test_what_is_kept_without_anybody_who_confirmed_it_is_a_gap() -> None:
    kept = replace(OBLIGED, kind="retained", holder=None, confirmed=False)
    assert said(with_held(DONE, kept)) == [
        (
            Flag.GAP,
            "T19 Monitoring on NWT-301 is recorded as kept by the sponsor, and no named person has "
            "confirmed it.",
        )
    ]
    assert said(with_held(replace(DONE, confirmed=False), OBLIGED)) == []


def test_a_study_is_not_asked_about_before_it_begins_or_when_it_is_done() -> None:
    assert said(FACTS, on=START - timedelta(days=1)) == []
    assert len(said(with_held(studies=(replace(STUDY, begins=None),)))) == 2
    assert said(with_held(studies=(replace(STUDY, completed=True),))) == []
    assert len(said(with_held(DONE, studies=(replace(STUDY, completed=True),)))) == 1


def test_two_holders_overlap_where_both_hold() -> None:
    both = with_held(DONE, replace(DONE, pk=60, holder=CEDAR), OBLIGED)
    assert said(both) == [
        (
            Flag.OVERLAP,
            "Alder and Cedar are both recorded for Clinical monitoring on NWT-301, and no split "
            "says who does what.",
        )
    ]
    in_europe = [replace(DONE, pk=60, holder=one, region="europe") for one in (ALDER, CEDAR)]
    assert " on NWT-301 in Europe, " in the_one(with_held(DONE, *in_europe, OBLIGED)).sentence
    kept = replace(DONE, pk=61, kind="retained", holder=None)
    assert (
        "Alder and The sponsor".lower() in the_one(with_held(DONE, kept, OBLIGED)).sentence.lower()
    )


@pytest.mark.parametrize(
    ("held", "version", "words"),
    [
        ({"version": None}, {}, "and no agreement describes it."),
        ({}, {"signed_on": None}, "and Work order 1, version 1 is not signed by both."),
        (
            {},
            {"signed_on": START + timedelta(days=9)},
            "before both had signed Work order 1, version 1 on 14 Jan 2026.",
        ),
    ],
)
def test_work_before_the_agreement_is_late(
    held: dict[str, Any], version: dict[str, Any], words: str
) -> None:
    facts = with_held(replace(DONE, **held), OBLIGED, versions={41: replace(WORK_ORDER, **version)})
    if version:
        facts = replace(facts, held=(DONE, replace(OBLIGED, work_began_on=None)))
    assert said(facts) == [
        (Flag.LATE, f"Alder began Clinical monitoring on NWT-301 on 5 Jan 2026, {words}")
    ]
    not_begun = replace(facts.held[0], work_began_on=None)
    assert said(replace(facts, held=(not_begun, facts.held[1]))) == []


@pytest.mark.parametrize(
    ("version", "others", "words"),
    [
        ({"expires_on": date(2026, 5, 31)}, [], "expired on 31 May 2026"),
        (
            {"terminated_on": date(2026, 6, 1), "expires_on": date(2026, 8, 1)},
            [],
            "was terminated on 1 Jun 2026",
        ),
        (
            {},
            [
                replace(
                    WORK_ORDER,
                    pk=42,
                    title="Work order 1, version 2",
                    effective_on=date(2026, 4, 1),
                )
            ],
            "was replaced by Work order 1, version 2",
        ),
    ],
)
def test_what_rests_on_an_agreement_that_is_over_is_expired(
    version: dict[str, Any], others: list[Version], words: str
) -> None:
    versions = {41: replace(WORK_ORDER, **version), **{one.pk: one for one in others}}
    facts = replace(FACTS, versions=versions)
    found = the_one(facts)
    assert (found.flag, len(found.touches)) == (Flag.EXPIRED, 2)
    assert found.sentence == (
        f"Work order 1, version 1 {words}, with 1 function and 1 obligation on NWT-301 "
        "resting on it."
    )
    assert said(facts, on=date(2026, 3, 1)) == []
