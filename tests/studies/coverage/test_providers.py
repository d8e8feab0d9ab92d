"""Who holds or performs, what the authority was told, what a CRO may know, what a change does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from studies.coverage.analysis import FOR_CRO, analyse, changed
from studies.coverage.facts import Assessed, Decided, Held, Report
from studies.coverage.flags import RULES, Flag
from tests.studies.coverage.made import (
    ALDER,
    CEDAR,
    DAY,
    DONE,
    FACTS,
    OBLIGED,
    OTHER,
    SOUND,
    START,
    STUDY,
    SUB,
    T1,
    T2,
    provider,
    said,
    the_one,
    with_held,
)


def test_a_lapsed_holder_or_performer_is_unqualified() -> None:
    lapsed = (replace(SOUND[0], valid_until=date(2026, 5, 1)),)
    facts = replace(FACTS, providers=provider(ALDER, assessments=lapsed))
    assert said(facts) == [
        (
            Flag.UNQUALIFIED,
            "Alder holds or performs 1 function and 1 obligation on NWT-301. Its qualification: "
            "lapsed on 1 May 2026.",
        )
    ]
    assert said(facts, on=date(2026, 5, 1)) == []
    fine = (Decided("Translations", True, START, None),)
    sub = with_held(
        replace(DONE, performer=SUB),
        OBLIGED,
        providers=provider(SUB, assessments=(), decisions=fine),
    )
    assert the_one(sub).sentence.endswith("Its qualification: never assessed.")
    refused = Assessed(DAY, "not-qualified", None, None)
    worse = replace(FACTS, providers=provider(ALDER, assessments=(*SOUND, refused)))
    assert the_one(worse).flag == Flag.UNQUALIFIED


@pytest.mark.parametrize(
    "decisions",
    [
        (),
        (Decided("Translations", False, START, None),),
        (Decided("Translations", True, START, date(2026, 5, 1)),),
        (Decided("Translations", True, DAY + timedelta(days=1), None),),
        (
            Decided("Translations", False, date(2026, 5, 1), None),
            Decided("Translations", True, START, None),
        ),
    ],
)
def test_a_performer_without_the_sponsors_approval(decisions: tuple[Decided, ...]) -> None:
    passed_on = with_held(replace(DONE, performer=SUB), OBLIGED)
    facts = replace(passed_on, providers=provider(SUB, decisions=decisions))
    assert said(facts) == [
        (
            Flag.UNAPPROVED_SUBCONTRACT,
            "Willow performs Clinical monitoring on NWT-301 under Alder without an approval by "
            "the sponsor in force.",
        )
    ]
    approved = (*decisions, Decided("Monitoring", True, START, None))
    assert said(replace(facts, providers=provider(SUB, decisions=approved))) == []


def test_those_between_performer_and_holder_need_an_approval_too() -> None:
    approved = (Decided("Translations", True, START, None),)
    providers = {
        **provider(SUB, parent=CEDAR, decisions=approved),
        CEDAR: replace(FACTS.providers[CEDAR], parent=ALDER),
    }
    found = the_one(with_held(replace(DONE, performer=SUB), OBLIGED, providers=providers))
    assert found.providers == (CEDAR, ALDER)


def test_a_transfer_that_the_last_ind_submission_does_not_list() -> None:
    later = Report("0009", date(2026, 5, 1), frozenset())
    facts = replace(FACTS, reports={T1: (*FACTS.reports[T1], later)})
    assert said(facts) == [
        (
            Flag.UNREPORTED,
            "T19 Monitoring on NWT-301 is transferred to Alder, and IND submission 0009 of "
            "1 May 2026 does not list it.",
        )
    ]
    assert said(facts, on=date(2026, 4, 30)) == []
    assert said(replace(facts, studies=(replace(STUDY, drug=False),))) == []


def test_without_an_ind_submission_only_sites_in_the_united_states_ask_for_one() -> None:
    assert said(replace(FACTS, reports={})) == []
    american = replace(FACTS, reports={}, studies=(replace(STUDY, in_us=True),))
    assert the_one(american).sentence.endswith("no IND submission is recorded for this study.")


def test_nobody_named_who_decides() -> None:
    assert said(with_held(replace(DONE, decision_maker=" "), OBLIGED)) == [
        (
            Flag.DECISION_GAP,
            "Nobody is named who decides in the end on Clinical monitoring on NWT-301, done by "
            "Alder.",
        )
    ]


def test_one_provider_alone_for_a_critical_function() -> None:
    second = replace(DONE, pk=61, study=T2)
    both = with_held(DONE, second, OBLIGED, replace(OBLIGED, pk=62, study=T2))
    facts = replace(both, studies=(STUDY, replace(OTHER, drug=False)))
    assert said(facts) == [
        (
            Flag.SINGLE_SOURCE,
            "Alder alone does Clinical monitoring, a critical function, on all 2 studies on which "
            "it is delegated.",
        )
    ]
    cedar = replace(second, holder=CEDAR)
    assert said(replace(facts, held=(*facts.held[:1], cedar, *facts.held[2:]))) == []
    of_another = {**FACTS.providers, CEDAR: replace(FACTS.providers[CEDAR], sponsor=2)}
    theirs = replace(facts, providers=of_another, held=(*facts.held, replace(cedar, study=99)))
    assert [flag for flag, _ in said(theirs)] == [Flag.SINGLE_SOURCE]


def test_a_cro_is_told_what_stands_in_its_own_agreements_and_no_more() -> None:
    bare = replace(DONE, version=None, decision_maker="", performer=SUB)
    facts = with_held(bare, providers=provider(ALDER, assessments=()))
    flags = {one.flag for one in analyse(facts, on=DAY)}
    assert {Flag.GAP, Flag.UNQUALIFIED, Flag.UNAPPROVED_SUBCONTRACT} < flags
    theirs = replace(facts, studies=(replace(STUDY, own=False),))
    assert {one.flag for one in analyse(theirs, on=DAY)} == {Flag.LATE, Flag.DECISION_GAP}
    assert Flag.GAP not in FOR_CRO
    unseen = replace(theirs, held=(DONE,), versions={})
    assert said(unseen) == []


def test_what_a_delegation_would_raise_and_clear() -> None:
    facts = with_held(OBLIGED)
    new = replace(DONE, pk=0, decision_maker="")
    seen = changed(facts, new, on=DAY)
    assert [one.flag for one in seen.raised] == [Flag.DECISION_GAP]
    assert [one.flag for one in seen.cleared] == [Flag.GAP]
    mended = changed(
        with_held(replace(DONE, decision_maker=""), OBLIGED), DONE, on=DAY, instead_of=51
    )
    assert [one.flag for one in mended.cleared] == [Flag.DECISION_GAP]
    assert mended.raised == mended.left == ()
    later = replace(new, from_date=DAY + timedelta(days=40), work_began_on=None, version=None)
    assert [one.flag for one in changed(facts, later, on=DAY).left] == []
    over: Held = replace(new, until_date=DAY - timedelta(days=30))
    assert [one.flag for one in changed(facts, over, on=DAY).cleared] == [Flag.GAP]


def test_each_flag_has_its_rule_in_words() -> None:
    assert set(RULES) == set(Flag)
    assert all(flag.rule.sentence.endswith(".") and flag.label for flag in Flag)
