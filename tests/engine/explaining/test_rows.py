"""Every row is left out for one reason, or counts as the formula itself counts it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.engine.definition import KpiDefinition
from kpis.engine.examples import tables_of
from kpis.engine.explaining.explain import Explanation, explain
from kpis.engine.explaining.sieve import Role
from kpis.engine.formulas import FORMULAS, compute, numerator_rows
from kpis.engine.rag import outcome_status
from kpis.engine.terms import Level
from tests.engine.builders import CUTOFF, catalogue
from tests.engine.explaining.made_up import tables_for

FIRST = CUTOFF.replace(day=1)
UNKNOWN = ("is blank", "has no number", "no word that has a number")
COUNTED = ("share", "timeliness", "duration", "stock_ageing")  # both sides are numbers of rows
Tables = Mapping[str, pd.DataFrame]
Window = Any  # the two dates by name
MADE_UP = st.sampled_from(sorted(catalogue())).map(catalogue().__getitem__)


def add_up(found: Explanation, definition: KpiDefinition, tables: Tables) -> None:
    """Hold each step to its rows, and the steps to the figures."""
    for step in found.steps:
        reasons = sum(reason.mask.astype(int) for reason in step.left_out)
        assert (reasons + step.kept == step.start).all()  # one reason each
        if not step.follows:
            assert step.start.all()
            assert len(step.start) == len(tables[step.listing])
    first, last = found.steps[0], found.steps[-1]
    if definition.formula in COUNTED:
        assert first.kept.sum() == found.outcome.denominator
        assert last.kept.sum() == found.outcome.numerator
    if first.role is Role.DENOMINATOR and not definition.parameters.get("per_day"):
        assert first.total == pytest.approx(found.outcome.denominator)
    if definition.formula in ("share", "count"):  # what the formula tells apart are these reasons
        undated = sum(one.count for one in first.left_out if one.words.endswith("has no day"))
        unknown = sum(one.count for one in first.left_out if one.words.endswith(UNKNOWN))
        asked: Any = definition.parameters.get("whole") or definition.parameters["counted"]
        counted = asked.get("dated", {}).get("undated") == "counted"
        if "standing" not in asked and not counted:
            assert undated == found.outcome.detail["undated"]
        assert unknown == found.outcome.detail["unknown"]
    if definition.formula in ("ratio", "event_rate", "count", "adherence", "survey_index"):
        assert last.total == pytest.approx(found.outcome.numerator)


def as_selected(
    found: Explanation,
    definition: KpiDefinition,
    tables: Tables,
    window: Window,
) -> None:
    """Hold the rows to those that the formula selects."""
    selection = numerator_rows(definition, tables, **window)
    for step in found.steps:
        rows = selection.denominator if step.role is Role.DENOMINATOR else selection.numerator
        assert step.listing == rows.listing
        assert (step.kept == rows.mask).all()


@pytest.mark.parametrize("slug", sorted(catalogue()))
def test_the_examples_of_the_catalogue_add_up(slug: str) -> None:
    definition = catalogue()[slug]
    for example in definition.examples:
        window: Window = {
            "cutoff_date": example.cutoff_date,
            "period_start": example.period_start or example.cutoff_date.replace(day=1),
        }
        tables = tables_of(definition, example)
        found = explain(definition, tables, **window)
        add_up(found, definition, tables)
        as_selected(found, definition, tables, window)
        assert found.rag is example.rag
        assert found.outcome.value == pytest.approx(example.value)
        assert found.lines
        assert found.judgement


@settings(max_examples=250)
@given(data=st.data(), definition=MADE_UP)
def test_made_up_listings_add_up(data: st.DataObject, definition: KpiDefinition) -> None:
    tables = data.draw(tables_for(definition))
    window: Window = {"cutoff_date": CUTOFF, "period_start": FIRST}
    found = explain(definition, tables, **window)
    add_up(found, definition, tables)
    as_selected(found, definition, tables, window)
    assert found.outcome == compute(definition, tables, **window)[()]
    assert found.rag is outcome_status(found.outcome, definition)


@settings(max_examples=120)
@given(data=st.data(), definition=MADE_UP.filter(lambda one: Level.SITE in one.grain))
def test_one_site_is_explained_by_its_own_rows(
    data: st.DataObject, definition: KpiDefinition
) -> None:
    tables = data.draw(tables_for(definition))
    window: Window = {"cutoff_date": CUTOFF, "period_start": FIRST}
    units = compute(definition, tables, **window, by=("site", "country"))
    for (site, country), outcome in units.items():
        found = explain(definition, tables, **window, place={"site": site, "country": country})
        assert found.outcome == outcome
        add_up(found, definition, tables)
        assert found.steps[0].left_out[0].words == f"“Site Number” is not {site or 'blank'}"


def test_every_formula_is_in_the_catalogue_and_so_is_explained_above() -> None:
    assert {one.formula for one in catalogue().values()} == set(FORMULAS)
