"""What a rule is: its name, how much it weighs, what it means and what the sender does."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error blocks, a warning needs an explanation, an info passes."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Rule:
    """One class of problem: its name, what it means, what the sender does about it."""

    slug: str
    title: str
    advice: str
    severity: Severity


def error(slug: str, title: str, advice: str) -> Rule:
    """Return a rule whose problems block."""
    return Rule(slug, title, advice, Severity.ERROR)


def warning(slug: str, title: str, advice: str) -> Rule:
    """Return a rule whose problems need a correction or an explanation."""
    return Rule(slug, title, advice, Severity.WARNING)


def info(slug: str, title: str, advice: str) -> Rule:
    """Return a rule whose problems need nothing."""
    return Rule(slug, title, advice, Severity.INFO)
