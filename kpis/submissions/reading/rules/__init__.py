"""All rules, one file for each class of error that a monthly submission can have.

A new rule is one line in the file of its class and a sentence where it is found; docs/rules.md is
generated from here. Sentences about a single finding are written where it is found.
"""

from collections.abc import Mapping

from kpis.submissions.reading.rules import (
    arithmetic,
    completeness,
    file,
    identity,
    plausibility,
    privacy,
    semantic,
    time,
    type,
)
from kpis.submissions.reading.rules.rule import Rule, Severity

CLASSES: Mapping[str, tuple[Rule, ...]] = {
    "File": file.RULES,
    "Type": type.RULES,
    "Identity": identity.RULES,
    "Arithmetic": arithmetic.RULES,
    "Time": time.RULES,
    "Plausibility": plausibility.RULES,
    "Semantic": semantic.RULES,
    "Privacy": privacy.RULES,
    "Completeness": completeness.RULES,
}

RULES: Mapping[str, Rule] = {rule.slug: rule for rules in CLASSES.values() for rule in rules}

__all__ = ["CLASSES", "RULES", "Rule", "Severity"]
