"""What words are taken for."""

from hypothesis import given
from hypothesis import strategies as st

from studies.asking import KINDS, Kind, Thing, meant, shared_words, words_of

THINGS: dict[Kind, list[Thing]] = {
    "study": [Thing(1, ("NWT-301",)), Thing(2, ("NWT-204",))],
    "site": [Thing(5, ("Hospital of Lyon",), ("Site 2",))],
    "function": [
        Thing(10, ("Data management", "Queries and database lock")),
        Thing(11, ("Clinical monitoring",)),
        Thing(12, ("T40", "Letting authorities inspect", "312.58")),
    ],
    "party": [Thing(20, ("Alder Clinical",))],
    "subject": [Thing(30, ("invoices",))],
}


def test_words_without_meaning_are_left_out() -> None:
    assert words_of("Who do I ask about Data management on NWT-301?") == (
        "data",
        "management",
        "nwt-301",
    )
    assert words_of("  ") == ()


def test_each_word_is_taken_for_the_first_that_it_fits() -> None:
    found = meant(words_of("database lock nwt-301 lyon alder invoices xyz"), THINGS)
    assert {kind: found.of(kind) for kind in KINDS} == {
        "study": {1},
        "site": {5},
        "function": {10},
        "party": {20},
        "subject": {30},
    }
    assert found.unknown == ("xyz",)
    assert meant(("312.58",), THINGS).found == {"function": {12}}


def test_several_words_mean_what_all_fit_else_what_any_fits() -> None:
    assert meant(("data", "lock"), THINGS).of("function") == {10}
    assert meant(("lock", "monitoring"), THINGS).of("function") == {10, 11}


def test_a_site_is_known_by_its_whole_number() -> None:
    sites: dict[Kind, list[Thing]] = {"site": THINGS["site"]}
    assert meant(("2",), sites).of("site") == {5}
    assert meant(("sit",), sites).unknown == ("sit",)


def test_subjects_are_near_by_the_words_they_share() -> None:
    assert shared_words("Safety reporting", "Expedited safety reports to authorities") == 2
    assert shared_words("Invoices", "Data management") == 0
    assert shared_words("the of on", "the of on") == 0


@given(st.text(max_size=60))
def test_no_word_is_lost(text: str) -> None:
    words = words_of(text)
    found = meant(words, THINGS)
    assert set(found.unknown) <= set(words)
    assert bool(found.found) == (len(found.unknown) < len(words))
