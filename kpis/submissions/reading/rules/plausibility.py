"""Rules about figures that may be true and rarely are."""

from kpis.submissions.reading.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
