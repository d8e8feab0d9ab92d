"""What stands on the attention list of each reader, and what one click leads to."""

from datetime import date

import pytest
from django.test import Client

from dashboards.attention.kinds import Kind
from dashboards.attention.listing import Attention, attention
from dashboards.attention.reader import Line
from dashboards.periods import Asked
from oversight.accounts.models import User
from tests.dashboards.attention.busy import DAY, make_busy
from tests.people import World

NOW = Asked(None, None, DAY)


@pytest.fixture
def busy(world: World) -> World:
    return make_busy(world)


def read(person: User, asked: Asked = NOW, **wanted: str) -> Attention:
    return attention(User.objects.get(pk=person.pk), asked=asked, wanted=wanted)


def of_kind(found: Attention, kind: Kind) -> list[Line]:
    return [one for one in found.lines if one.item.matter.kind is kind]


def what(found: Attention, kind: Kind) -> list[str]:
    return [one.item.matter.what.replace("\u00a0", " ") for one in of_kind(found, kind)]


def why(found: Attention, kind: Kind) -> str:
    return of_kind(found, kind)[0].item.why.replace("\u00a0", " ")


def test_everything_known_today_is_on_the_sponsors_list(busy: World) -> None:
    found = read(busy.sam)
    assert {kind: what(found, kind)[0] for kind in Kind} == {
        Kind.KPI: "Query aging is red at 17.8 %: Alpha, NWT-301",
        Kind.MISSING: "Alpha has not sent January 2025 and 9 months more: NWT-302",
        Kind.LATE: "November 2025 of Beta, all studies came and was not handed over",
        Kind.DECISION: "November 2025 of Alpha, NWT-301 waits for a decision",
        Kind.REPAIR: "October 2025 of Alpha, NWT-302 was returned and waits for repair",
        Kind.DISPUTE: "Alpha disputes Query aging: NWT-301, October 2025",
        Kind.RESTATEMENT: "October 2025 of Alpha, NWT-301 was restated without a reason",
        Kind.BELIEF: "Query aging is green at 5.0 % and worth a question: Beta, all studies",
        Kind.CONFIRMATION: "61 functions or obligations on NWT-301 are held by nobody on record",
        Kind.COVERAGE: "Gamma Helps performs Data management on NWT-302 under Alpha without an "
        "approval by the sponsor in force",
        Kind.AGREEMENT: "WO-1 (version 1.0, Alpha) ends on 31 Jan 2026 and nothing follows it",
        Kind.QUALIFICATION: "Beta holds or performs Data management on NWT-204. Its qualification: "
        "never assessed",
    }
    assert "Alpha is qualified until 15 Jan 2026" in what(found, Kind.QUALIFICATION)
    assert why(found, Kind.KPI) == "Critical function, 45 counted; red for 1 month"
    assert "nobody has answered since 10 Nov 2025" in why(found, Kind.DISPUTE)
    assert "signs: " in why(found, Kind.BELIEF)


def test_each_side_reads_whose_turn_it_is(busy: World) -> None:
    sponsor, cro = read(busy.sam), read(busy.ada)
    assert of_kind(sponsor, Kind.DECISION)[0].verb == "Decide"
    assert of_kind(sponsor, Kind.REPAIR)[0].act == ""
    assert of_kind(sponsor, Kind.REPAIR)[0].turn == "Alpha's turn"
    assert of_kind(cro, Kind.DECISION)[0].act == ""
    assert of_kind(cro, Kind.DECISION)[0].turn == "Sponsor's turn"
    assert of_kind(cro, Kind.REPAIR)[0].act
    assert all(
        one.act == "" for one in read(busy.quinn).lines if one.verb != "Look" and one.verb != "Ask"
    )
    past = read(busy.sam, Asked(None, date(2025, 11, 20), DAY))
    assert past.lines
    assert {one.act for one in past.lines} == {""}


def test_one_click_leads_where_the_reader_may_do_it(busy: World, client: Client) -> None:
    for person in (busy.sam, busy.ada, busy.ben, busy.quinn):
        client.force_login(person)
        lines = read(person).lines
        addresses = {one.act for one in lines if one.act} | {one.item.matter.link for one in lines}
        assert len(addresses) > 3
        answers = {one: client.get(one).status_code for one in addresses}
        assert {one: code for one, code in answers.items() if code != 200} == {}


def test_a_cro_sees_nothing_of_another_nor_of_the_sponsors_own(busy: World) -> None:
    for person, own, other in ((busy.ada, "Alpha", "Beta"), (busy.ben, "Beta", "Alpha")):
        found = read(person)
        said = " ".join(f"{one.item.matter.what} {one.item.why} {one.turn}" for one in found.lines)
        assert own in said
        assert other not in said
        assert {one.item.matter.place.vendor for one in found.lines} == {own}
        assert not of_kind(found, Kind.QUALIFICATION)
        # What the sponsor keeps is its own; what is drafted for the CRO waits for its word.
        drafts = [one.item.matter.key for one in of_kind(found, Kind.CONFIRMATION)]
        assert all(key.startswith("draft ") for key in drafts)
        offered = [choice.words for choice in found.filters[2].choices]
        assert offered == ["All", own]
    assert read(busy.nora).lines == []
    assert [one for one in read(busy.olga).lines if one.item.matter.place.vendor] == []


def test_filters_and_order(busy: World) -> None:
    everything = read(busy.sam)
    mine, others = (read(busy.sam, turn=turn) for turn in ("mine", "others"))
    assert len(mine.lines) == mine.mine == everything.mine
    assert len(mine.lines) + len(others.lines) == everything.total
    assert {one.item.matter.kind for one in read(busy.sam, kind="dispute").lines} == {Kind.DISPUTE}
    beta = read(busy.sam, cro=str(busy.beta.pk))
    assert beta.filtered
    assert {one.item.matter.place.vendor for one in beta.lines} == {"Beta"}
    study = read(busy.sam, study=str(busy.study.pk))
    assert {one.item.matter.place.protocol for one in study.lines} == {"NWT-301"}
    oldest = [one.item.matter.began for one in read(busy.sam, order="oldest").lines]
    assert oldest == sorted(oldest)
    unknown = read(busy.sam, kind="x", order="y", cro="z")
    assert unknown.lines == everything.lines
    assert not unknown.filtered


def test_the_list_of_an_earlier_day(busy: World) -> None:
    before = read(busy.sam, Asked(None, date(2025, 10, 20), DAY))
    assert not of_kind(before, Kind.DISPUTE)
    assert not of_kind(before, Kind.KPI)
    assert not of_kind(before, Kind.AGREEMENT)  # its end lay further ahead
    september = read(busy.sam, Asked(date(2025, 9, 1), None, DAY))
    assert not of_kind(september, Kind.KPI)
    assert what(september, Kind.MISSING)
    assert "November" not in " ".join(what(september, Kind.MISSING) + what(september, Kind.LATE))
