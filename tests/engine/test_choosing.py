"""Which KPIs an engagement has: what is asked of everybody, and what was chosen besides."""

from dataclasses import replace

import pytest

from kpis.engine.choosing import definitions_for, fed_by_cro
from kpis.engine.terms import Asked, EngagementModel
from tests.engine.builders import catalogue, query_aging

ALWAYS = query_aging(slug="always")
CHOSEN = query_aging(slug="chosen", asked=Asked.WHEN_CHOSEN)
ELSEWHERE = replace(CHOSEN, slug="elsewhere", functions=("medical-writing",))
FSP_ONLY = replace(CHOSEN, slug="fsp-only", engagement_models=(EngagementModel.FSP,))


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ((), {"always"}),
        (("chosen",), {"always", "chosen"}),
        (("elsewhere", "fsp-only", "unknown"), {"always"}),
    ],
)
def test_what_was_chosen_applies_where_its_function_is_delegated(
    chosen: tuple[str, ...], expected: set[str]
) -> None:
    found = definitions_for(
        (ALWAYS, CHOSEN, ELSEWHERE, FSP_ONLY),
        engagement_model="full-service",
        functions={"data-management"},
        chosen=chosen,
    )
    assert {one.slug for one in found} == expected


def test_fifteen_kpis_are_asked_of_everybody() -> None:
    always = {one.slug for one in catalogue().values() if one.asked is Asked.ALWAYS}
    assert len(always) == 15
    assert {"query-aging", "time-to-fill", "drop-out-rate"} <= always


def test_a_table_kept_here_is_not_a_cros_to_send() -> None:
    assert fed_by_cro(query_aging())
    assert not fed_by_cro(query_aging(listings=("function-spend",)))
