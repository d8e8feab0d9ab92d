"""One fault of each flag is planted in the demo: each is found, and nothing else."""

from collections import Counter
from datetime import timedelta

import pytest

from demo.faults import PLANTED
from demo.set_up import set_up
from kpis.selectors.coverage import found_on
from oversight.accounts.models import User
from studies.coverage.flags import Flag
from studies.models import Delegation
from tests.demo.told import TODAY

pytestmark = pytest.mark.django_db


def test_each_planted_fault_is_found_and_none_that_was_not_planted() -> None:
    set_up(today=TODAY)
    sam = User.objects.get(email="sam@northwind.example")
    facts, found = found_on(user=sam, on=TODAY)
    assert Counter(one.flag for one in found) == dict.fromkeys(Flag, 1)
    for one in found:
        assert PLANTED[one.flag] in one.sentence
    assert len(facts.studies) == 8


def test_who_did_what_is_known_for_an_earlier_day_and_under_which_version() -> None:
    set_up(today=TODAY)
    monitoring = Delegation.objects.filter(
        study__protocol_number="NWT-301", function__slug="clinical-monitoring"
    ).order_by("from_date")
    first, second = monitoring
    assert first.until_date is not None
    assert first.until_date + timedelta(days=1) == second.from_date
    labels = [one.agreement_version and one.agreement_version.label for one in (first, second)]
    assert labels == ["1", "2"]
