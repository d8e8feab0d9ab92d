"""The committed KPI reference is the one the catalogue gives."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from kpis.engine import reference
from kpis.engine.catalogue import load_catalogue
from kpis.engine.coming import load_coming
from kpis.engine.comparison import Comparison
from kpis.engine.definition import Limits, Provenance
from kpis.engine.formulas import FORMULAS
from kpis.engine.reference import (
    ASKED_WORDS,
    DIMENSION_TITLES,
    DIRECTION_WORDS,
    TIME_WORDS,
    reference_markdown,
)
from kpis.engine.terms import (
    Asked,
    Dimension,
    Direction,
    EngagementModel,
    ProvenanceKind,
    Sides,
    TimeSemantics,
)
from tests.engine.builders import query_aging

ALONE: dict[str, Any] = {"balancing": None, "balancing_reason": "It stands alone."}
COMMITTED = Path(__file__).parents[2] / "docs" / "kpis.md"


def whole() -> str:
    current = load_catalogue()
    return reference_markdown(current, load_coming(current))


def test_the_committed_reference_is_in_step() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == whole(), (
        "docs/kpis.md is out of step; run: python -m kpis.engine.reference > docs/kpis.md"
    )


def test_running_the_module_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(reference.__file__, run_name="__main__")
    assert capsys.readouterr().out == whole()


def test_it_names_every_kpi_and_formula() -> None:
    catalogue = load_catalogue()
    text = reference_markdown(catalogue)
    assert all(f"### {definition.name}\n" in text for definition in catalogue.values())
    assert all(f"### {name}\n" in text for name in FORMULAS)


def test_a_coming_version_is_told_by_what_it_changes_and_later_by_its_sentence() -> None:
    one = query_aging(**ALONE)
    limits = Limits(5.0, 12.0, Provenance(ProvenanceKind.DEFAULT, "From experience."))
    coming = query_aging(version=2, change="Red later.", limits=limits, **ALONE)
    text = reference_markdown({"query-aging": one}, {"query-aging": coming})
    after = text.partition("## Coming versions")[2]
    assert "| Red | over 10\u00a0% | over 12\u00a0% |" in after
    assert "Red later." in after
    assert "| Green |" not in after
    assert "Version 2: Red later.\n" in reference_markdown({"query-aging": coming})


def test_it_names_the_balancing_partner_and_the_year_of_a_source() -> None:
    limits = Limits(5.0, 10.0, Provenance(ProvenanceKind.DEFAULT, "From experience.", 2026))
    one = query_aging(balancing="two", limits=limits)
    two = query_aging(slug="two", name="The partner", limits=None, **ALONE)
    text = reference_markdown({"query-aging": one, "two": two})
    assert "| Read it with | The partner |" in text
    assert "| Limits from | Default, not an industry standard (2026): From experience. |" in text


def test_it_names_the_engagement_models() -> None:
    one = query_aging(functions=("*",), engagement_models=(EngagementModel.FSP,), **ALONE)
    text = reference_markdown({"query-aging": one})
    assert "| Functions | any |\n| Engagement models | fsp |" in text


def test_it_says_how_units_are_compared() -> None:
    worse = query_aging(comparison=Comparison(Sides.WORSE, minimum_numerator=3))
    text = reference_markdown({**load_catalogue(), "query-aging": worse})
    assert "| Units compared | to the worse side only, from a numerator of 3 on |" in text
    both = {**load_catalogue(), "query-aging": query_aging(comparison=Comparison())}
    assert "| Units compared | to both sides |" in reference_markdown(both)


def test_every_choice_has_words() -> None:
    assert set(DIMENSION_TITLES) == set(Dimension)
    assert set(DIRECTION_WORDS) == set(Direction)
    assert set(ASKED_WORDS) == set(Asked)
    assert set(TIME_WORDS) == set(TimeSemantics)
