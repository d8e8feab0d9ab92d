"""Rules about figures that contradict each other."""

from kpis.submissions.reading.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
