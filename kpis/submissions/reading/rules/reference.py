"""Writes docs/rules.md, the reference of rules for CROs, from the rules themselves.

Run as `python -m kpis.submissions.reading.rules.reference > docs/rules.md`; a test holds the page
and the rules in step.
"""

from collections.abc import Sequence
from pathlib import Path

from kpis.submissions.reading.rules import CLASSES, Rule
from kpis.submissions.reading.rules.errors import MISTAKES, Mistake

PAGE = Path(__file__).parents[4] / "docs" / "rules.md"

WEIGHT = {"error": "blocks", "warning": "wants a sentence", "info": "good to know"}
INTRODUCTION = """# What is checked

This page is generated from the rules: `python -m kpis.submissions.reading.rules.reference >
docs/rules.md`.

Every file is checked against all of these rules at once; each finding names its sheet, row, column
and cell and says what to do. What **blocks** must be corrected. What **wants a sentence** is
corrected or explained. The rest is good to know. Personal data of participants block, and a
finding never repeats them.
"""


def rule_reference() -> str:
    """Return the whole page as Markdown."""
    parts = [_section(name, rules, MISTAKES[name]) for name, rules in CLASSES.items()]
    return "\n".join([INTRODUCTION, *parts])


def _section(name: str, rules: Sequence[Rule], mistakes: Sequence[Mistake]) -> str:
    titles = {rule.slug: rule.title for one in CLASSES.values() for rule in one}
    lines = [
        f"## {name}",
        "",
        "| What goes wrong | Found as |",
        "|---|---|",
        *(
            f"| {one.words} | {'; '.join(titles[slug] for slug in one.rules) or one.read_as} |"
            for one in mistakes
        ),
        "",
        "| Rule | Name | Weight | What to do |",
        "|---|---|---|---|",
        *(
            f"| {rule.title} | `{rule.slug}` | {WEIGHT[rule.severity]} | {rule.advice} |"
            for rule in rules
        ),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(rule_reference(), end="")
