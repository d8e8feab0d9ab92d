"""Rules about what a word or figure of the file means; only the sender knows."""

from kpis.submissions.reading.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
