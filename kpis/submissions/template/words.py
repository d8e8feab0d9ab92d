"""What the template says of a column: its form, its unit, its choices, why it is asked for."""

from collections.abc import Sequence

from kpis.engine.tables import Choice, Column, ListingType
from kpis.submissions.template.facts import Need

KINDS = {
    "text": "text",
    "integer": "whole number",
    "number": "number",
    "date": "date, as 2026-10-31",
    "datetime": "date, with time where known",
    "choice": "choose from the list",
}
PLACES = {"study", "region", "country", "site", "participant"}


def choice_word(choice: Choice) -> str:
    """Return the word by which a choice is offered: one that the reader knows."""
    same = [word for word in choice.spellings if word.replace(" ", "-") == choice.value]
    word = (same or list(choice.spellings))[0]
    return word[:1].upper() + word[1:]


def form_of(column: Column) -> str:
    """Return what a cell holds, such as "number, in days"."""
    unit = f", in {column.unit.name}" if column.unit else ""
    return KINDS[column.kind] + unit


def hint_of(column: Column) -> str:
    """Return the line that stands over a column's title."""
    return f"{form_of(column)} · {'required' if column.required else 'if known'}"


def reason_of(column: Column, listing: ListingType, needs: Sequence[Need]) -> str:
    """Say why a column is asked for: the questions that need it, or what else it is for."""
    questions = [f"{need.kpi}: {need.question}" for need in needs if column.name in need.columns]
    if questions:
        return "\n".join(questions)
    if column.name in listing.key and column.name not in PLACES:
        return "Tells rows apart, and finds the same row again next month."
    if column.name in PLACES:
        return "Says where a row belongs: results are also told by study, country and site."
    return "Helps to understand a row; no KPI reads it today."


def prompt_of(column: Column, listing: ListingType, needs: Sequence[Need]) -> str:
    """Return the note shown at a cell, at most 255 characters."""
    parts = [f"{form_of(column).capitalize()}. {'Required.' if column.required else 'If known.'}"]
    kpis = [need.kpi for need in needs if column.name in need.columns]
    if kpis:
        parts.append("Needed for: " + ", ".join(kpis) + ".")
    elif column.name in listing.key:
        parts.append("Tells rows apart.")
    if column.names_people:
        parts.append("Names of staff may stand here.")
    text = " ".join(parts)
    return text if len(text) <= 255 else text[:254] + "…"
