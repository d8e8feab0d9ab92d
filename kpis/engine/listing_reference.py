"""Writes docs/listings.md, the reference of listings for CROs, from the definitions themselves.

Run as `python -m kpis.engine.listing_reference > docs/listings.md`; a test holds the page and
the definitions in step.
"""

from pathlib import Path

from kpis.engine.tables import LISTINGS, MISSING_TOKENS, Column, ListingType

PAGE = Path(__file__).parents[2] / "docs" / "listings.md"

SEMANTICS = {
    "stock": "A stock: it lists what exists at the data cut-off. A row that is absent next month"
    " is asked about, never taken as closed.",
    "ledger": "A ledger: it lists everything that ever happened, and only grows.",
}
KINDS = {
    "text": "text, kept as it stands",
    "integer": "whole number",
    "number": "number, with point or comma",
    "date": "date",
    "datetime": "date, with time where known",
    "choice": "one of a few words",
}
INTRODUCTION = """# Listings that can be sent

This page is generated from the definitions:
`python -m kpis.engine.listing_reference > docs/listings.md`.

Send your own export as `.xlsx` or `.csv`, unedited. A sheet is recognised by its header words,
wherever the header stands and in whatever order the columns are; capitals, spaces and signs such
as # do not matter. In an optional column these stand for "no value": {tokens}.
"NA" is a value: it is Namibia's code.
"""


def listing_reference() -> str:
    """Return the whole page as Markdown."""
    tokens = ", ".join(f"`{token}`" for token in sorted(MISSING_TOKENS) if token)
    parts = [INTRODUCTION.format(tokens=f"a blank cell, {tokens}")]
    return "\n".join(parts + [_section(listing) for listing in LISTINGS.values()])


def _section(listing: ListingType) -> str:
    key = ", ".join(listing.column(name).title for name in listing.key)
    duplicates = {
        "refused": "Two rows with the same key are refused.",
        "counted": "Rows that are the same are counted.",
    }[listing.duplicates]
    lines = [
        f"## {listing.title}",
        "",
        SEMANTICS[listing.semantics],
        "",
        f"A row is identified by: {key}. {duplicates}",
        "",
        "| Column | Must be there | Holds | Also recognised as |",
        "|---|---|---|---|",
        *(_line(column) for column in listing.columns),
        "",
    ]
    return "\n".join(lines)


def _line(column: Column) -> str:
    holds = KINDS[column.kind]
    if column.choices:
        words = "; ".join(f"{one.value}: {', '.join(one.spellings)}" for one in column.choices)
        holds += f" ({words})"
    required = "yes" if column.required else "no"
    if column.filled_from:
        source = LISTINGS[column.filled_from].title.lower()
        required += f" (or taken from the list of {source})"
    synonyms = ", ".join(
        word for word in column.synonyms if word.casefold() != column.title.casefold()
    )
    return f"| {column.title} | {required} | {holds} | {synonyms} |"


if __name__ == "__main__":
    print(listing_reference(), end="")
