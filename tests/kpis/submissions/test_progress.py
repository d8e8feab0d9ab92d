"""The bar shows reading, checking and comparing as they happen, and never runs back."""

from typing import Any

import pytest

from kpis.submissions.check import CHECKING, COMPARING, READING
from oversight import progress
from tests.kpis.makers import check, received
from tests.people import World


def test_three_steps_in_their_order_and_a_bar_that_only_grows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, float]] = []
    report = progress.report

    def listening(job: str, words: str, fraction: float) -> None:
        told.append((words, fraction))
        report(job, words, fraction)

    monkeypatch.setattr(progress, "report", listening)
    submission: Any = check(received(world))

    words = [words for words, _ in told]
    assert list(dict.fromkeys(words)) == [READING, CHECKING, COMPARING]
    assert [fraction for _, fraction in told] == sorted(fraction for _, fraction in told)
    assert progress.of(f"check-{submission.pk}") is None
