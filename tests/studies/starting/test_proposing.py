"""What is ticked at first: model × kind of sponsor × function × who holds it, as a table."""

from datetime import date

import pytest

from studies.starting.drafting import SHARED, TRANSFERRED, Pick, drafts, sides_of
from studies.starting.proposing import USUAL, Holder, Proposed, Work, proposed, reason_for

MONITORING = Work(1, "clinical-monitoring", "Clinical monitoring")
DATA = Work(2, "data-management", "Data management")
FEASIBILITY = Work(3, "feasibility", "Feasibility")
SURVEILLANCE = Work(4, "post-market-surveillance", "Post-market surveillance")
SAFETY = Work(5, "pharmacovigilance", "Pharmacovigilance")
OBLIGATION = Work(6, "obligation-t19", "T19 Monitoring", obligation=True)
CONSENT = Work(7, "obligation-n02", "N02 Informed consent", True, "Can never be transferred.")
WORKS = (MONITORING, DATA, FEASIBILITY, SURVEILLANCE, SAFETY, OBLIGATION, CONSENT)

START = date(2026, 3, 1)


def holder(
    function: int = 2,
    *,
    region: str = "",
    kind: str = TRANSFERRED,
    sponsor: bool = False,
    first: date = date(2025, 1, 1),
    last: date | None = None,
) -> Holder:
    who = "the sponsor" if sponsor else "Beta"
    return Holder(9, 5, "NWT-5", function, region, kind, who, sponsor, first, last)


def rows(model: str, size: str, *holders: Holder, device: bool = False) -> tuple[Proposed, ...]:
    return proposed(WORKS, model=model, size=size, holders=holders, device=device)


@pytest.mark.parametrize(
    ("model", "size", "ticked"),
    [
        ("full-service", "large", {1, 2, 3, 4, 5, 6}),
        ("full-service", "emerging", {1, 2, 3, 4, 5, 6}),
        ("full-service", "", {1, 2, 3, 4, 5, 6}),
        ("fsp", "large", {1, 2, 5}),
        ("fsp", "mid-size", {2}),
        ("fsp", "emerging", {3, 5}),
        ("fsp", "medtech", {4, 5}),
        ("fsp", "", set()),
        ("hybrid", "large", {1, 2, 5}),
        ("hybrid", "medtech", {4, 5}),
        ("hybrid", "", set()),
    ],
)
def test_what_is_ticked_at_first(model: str, size: str, ticked: set[int]) -> None:
    assert {one.work.pk for one in rows(model, size) if one.ticked} == ticked
    # What another CRO holds is never ticked, and says whose overlap it would be.
    held = {one.work.pk: one for one in rows(model, size, holder(2))}
    assert {pk for pk, one in held.items() if one.ticked} == ticked - {2}
    assert held[2].why == "Held by Beta on NWT-5: an overlap."
    # What the sponsor keeps by record may move.
    kept = rows(model, size, holder(2, sponsor=True, kind="retained"))
    assert {one.work.pk for one in kept if one.ticked} == ticked


@pytest.mark.parametrize("model", ["full-service", "fsp", "hybrid"])
def test_what_can_never_be_transferred_cannot_be_ticked(model: str) -> None:
    consent = rows(model, "large")[-1]
    assert (consent.may, consent.ticked, consent.why) == (False, False, "Can never be transferred.")


def test_obligations_of_a_device_are_left_to_the_agreement() -> None:
    obligation = rows("full-service", "large", device=True)[-2]
    assert obligation.may
    assert not obligation.ticked
    assert "21 CFR 812" in obligation.why


@pytest.mark.parametrize("size", ["large", "mid-size", "emerging", "medtech"])
def test_each_kind_of_sponsor_says_why(size: str) -> None:
    assert reason_for(model="fsp", size=size) == USUAL[size].why
    assert "untick the exceptions" in reason_for(model="full-service", size=size)
    assert "Nothing is ticked" in reason_for(model="hybrid", size="")


@pytest.mark.parametrize(
    ("held", "pick", "overlaps", "ends"),
    [
        (holder(), Pick(2), True, False),
        (holder(region="europe"), Pick(2), False, False),
        (holder(region="europe"), Pick(2, "europe"), True, False),
        (holder(function=1), Pick(2), False, False),
        (holder(last=date(2026, 2, 28)), Pick(2), False, False),
        (holder(first=date(2026, 9, 1)), Pick(2), False, False),
        (holder(first=date(2026, 8, 31)), Pick(2), True, False),
        (holder(kind=SHARED), Pick(2, split="Beta codes, Alpha the rest."), False, False),
        (holder(kind=SHARED), Pick(2), True, False),
        (holder(kind="retained", sponsor=True), Pick(2), False, True),
        (holder(kind="retained", sponsor=True, first=START), Pick(2), True, False),
    ],
)
def test_where_a_draft_meets_what_others_hold(
    held: Holder, pick: Pick, overlaps: bool, ends: bool
) -> None:
    (row,) = drafts([pick], studies=[5], holders=[held], first=START, last=date(2026, 8, 31))
    assert (bool(row.overlaps), bool(row.ended)) == (overlaps, ends)
    assert row.kind == (SHARED if pick.split else TRANSFERRED)


def test_a_row_for_each_study_and_region() -> None:
    picks = [Pick(2, "europe"), Pick(2, "asia-pacific"), Pick(1, "europe")]
    found = drafts(picks, studies=[5, 6], holders=[], first=START, last=None)
    assert {(one.study_id, one.function_id, one.region) for one in found} == {
        (study, one.function_id, one.region) for study in (5, 6) for one in picks
    }


@pytest.mark.parametrize(
    ("model", "side"), [("fsp", "sponsor"), ("full-service", "provider"), ("hybrid", "")]
)
def test_whose_systems_at_first(model: str, side: str) -> None:
    assert sides_of(model) == side
