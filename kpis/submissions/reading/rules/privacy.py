"""Rules about personal data of participants; the value itself is never repeated."""

from kpis.submissions.reading.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
