"""Two versions side by side: only what differs, in words."""

from dataclasses import replace
from typing import Any

import pytest

from kpis.engine.coming import load_coming
from kpis.engine.definition import Limits, Provenance
from kpis.engine.difference import Differing, differing
from kpis.engine.terms import EngagementModel, ProvenanceKind
from tests.engine.builders import catalogue, query_aging


def changed(**changes: Any) -> dict[str, tuple[str, str]]:
    found = differing(query_aging(), query_aging(**changes))
    return {one.name: (one.before, one.after) for one in found}


def test_a_definition_does_not_differ_from_itself_and_every_one_can_be_told() -> None:
    for one in catalogue().values():
        assert differing(one, replace(one, version=one.version + 1, change="Nothing.")) == ()


def test_a_coming_version_is_told_by_what_it_counts_and_by_its_limits() -> None:
    after = load_coming(catalogue())["query-aging"]
    found = {one.name: one for one in differing(query_aging(), after)}
    assert found["Counting: older than"] == Differing("Counting: older than", "14", "10")
    assert found["Red"].before == "over 10\u00a0%"
    assert "Question" not in found


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"engagement_models": (EngagementModel.FSP,)}, "Engagement models", ("all", "fsp")),
        ({"functions": ("*",)}, "Functions", ("data-management", "any")),
        ({"limits": None}, "Red", ("over 10\u00a0%", "none")),
        ({"parameters": {"paired": True}}, "Counting: paired", ("none", "yes")),
        ({"parameters": {"paired": False}}, "Counting: paired", ("none", "no")),
        ({"parameters": {"a": {"b_c": ["d"]}}}, "Counting: a: b c", ("none", "d")),
        ({"parameters": {"buckets": []}}, "Counting: buckets", ("3, 7, 14, 30", "none")),
        (
            {"parameters": {"cases": [{"x_y": 1}, {"z": "q"}]}},
            "Counting: cases",
            ("none", "x y: 1, z: q"),
        ),
    ],
)
def test_each_part_is_told_in_words(changes: Any, name: str, words: tuple[str, str]) -> None:
    assert changed(**changes)[name] == words


def test_the_year_of_a_source_is_named() -> None:
    limits = Limits(5.0, 10.0, Provenance(ProvenanceKind.INDUSTRY, "A paper.", 2024))
    assert changed(limits=limits)["Limits from"][1] == "Industry: A paper. (2024)"
