"""Definitions as they are kept at first use, and read back years later."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from kpis.definitions import catalogue, definition_from
from kpis.engine.definition import KpiDefinition


def kept_content(definition: KpiDefinition) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(json.dumps(asdict(definition), default=str))
    return content


@pytest.mark.parametrize("slug", sorted(catalogue()))
def test_a_kept_definition_reads_back_with_the_same_meaning(slug: str) -> None:
    found = definition_from(kept_content(catalogue()[slug]))
    assert found.digest() == catalogue()[slug].digest()
    assert found.examples == ()


def test_one_kept_before_kpis_could_be_chosen_was_asked_of_everybody() -> None:
    content = kept_content(catalogue()["query-aging"])
    del content["asked"]
    assert definition_from(content).asked == "always"
