"""Every status has a shape of its own and a spoken name; arrows say whether it gets worse."""

import re

import pytest

from oversight.look.marks import MARKS, mark_of, rag_html, trend_html


@pytest.mark.parametrize("status", MARKS)
def test_a_mark_is_spoken(status: str) -> None:
    html = rag_html(status)
    spoken = re.search(r'role="img" aria-label="([^"]+)"', html)
    words = re.sub("<[^>]+>", "", html)
    assert spoken or len(words) > 2, "a mark of one letter needs a spoken name"
    if spoken:
        assert spoken[1] == MARKS[status].name


def test_no_two_statuses_look_or_sound_the_same() -> None:
    assert len({mark.css for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.sign for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.name for mark in MARKS.values()}) == len(MARKS)


def test_names_of_statuses_come_in_any_spelling() -> None:
    assert mark_of("NOT_DELEGATED") is mark_of("not-delegated")


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(ValueError, match="'blue' is not a status"):
        rag_html("blue")


def test_a_small_mark_keeps_its_name() -> None:
    assert rag_html("red", small=True) == (
        '<span class="rag rag-r rag-s" role="img" aria-label="Red">R</span>'
    )


def test_the_arrow_shows_the_direction_and_speech_adds_the_judgement() -> None:
    html = trend_html("up", worse=True)
    assert "↗" in html
    assert 'class="trend worse"' in html
    assert "rising, getting worse" in html


def test_falling_is_not_called_worse_unless_it_is() -> None:
    html = trend_html("down", worse=False)
    assert "worse" not in html
    assert "falling" in html


def test_no_direction_draws_nothing() -> None:
    assert trend_html(None) == ""


def test_an_unknown_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="'sideways' is not a direction"):
        trend_html("sideways")
