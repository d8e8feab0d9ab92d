"""Every mistake of monthly files is planted once, and found by its rules at its cell."""

from pathlib import Path

import pytest

from kpis.submissions.reading.rules import CLASSES, RULES
from kpis.submissions.reading.rules.errors import MISTAKES
from kpis.submissions.reading.rules.reference import PAGE, rule_reference
from tests.kpis.submissions.checks.planted import found_in
from tests.kpis.submissions.checks.plants import PLANTS

# Found where the template is held against the submission: tests/kpis/submissions/template.
OF_THE_TEMPLATE = {"wrong-template-version", "other-scope", "cutoff-outside-period"}
NAMED = sorted({rule for mistakes in MISTAKES.values() for one in mistakes for rule in one.rules})


@pytest.mark.parametrize("rule", [rule for rule in NAMED if rule not in OF_THE_TEMPLATE])
def test_a_planted_mistake_is_found_at_its_cell(rule: str, tmp_path: Path) -> None:
    plant = PLANTS[rule]
    found = found_in(plant, tmp_path)
    cells = [problem.cell for problem in found if problem.rule == rule]
    assert plant.cell in cells, [(one.rule, one.cell, one.sentence) for one in found]
    for problem in found:
        assert problem.sentence.rstrip().endswith(".")


def test_every_class_has_its_mistakes_and_each_is_found_or_read_as_it_is_meant() -> None:
    assert list(MISTAKES) == list(CLASSES)
    for mistakes in MISTAKES.values():
        for one in mistakes:
            assert bool(one.rules) != bool(one.read_as), one.words
            assert set(one.rules) <= set(RULES), one.words


def test_every_rule_says_what_to_do() -> None:
    for rule in RULES.values():
        assert rule.title[0].isupper() or rule.title[0] in "'#", rule.slug
        assert rule.advice.endswith("."), rule.slug


def test_no_rule_is_in_two_classes() -> None:
    assert sum(len(rules) for rules in CLASSES.values()) == len(RULES)


def test_the_page_of_rules_is_in_step() -> None:
    assert PAGE.read_text(encoding="utf-8") == rule_reference(), (
        "Run python -m kpis.submissions.reading.rules.reference > docs/rules.md"
    )
