"""The demo's sponsor looks ahead at what is coming, once."""

import pytest

from demo.set_up import set_up
from demo.shadow import look_ahead
from kpis.definitions import coming
from kpis.shadow.computing import compute_shadow
from tests.demo.told import TODAY

pytestmark = pytest.mark.django_db


def test_each_coming_version_is_asked_for_once_by_the_oversight_manager() -> None:
    set_up(today=TODAY)
    runs = look_ahead(today=TODAY)
    assert [(one.slug, one.version) for one in runs] == [
        (one.slug, one.version) for one in coming().values()
    ]
    assert {one.asked_by.name for one in runs} == {"Sam Okafor"}
    assert all(compute_shadow(run=one, now=one.asked_at) for one in runs)
    assert look_ahead(today=TODAY) == []
