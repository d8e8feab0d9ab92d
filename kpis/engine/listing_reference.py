"""Writes docs/listings.md, the reference of listings for CROs, and an example file of each.

`python -m kpis.engine.listing_reference` writes the page and docs/listings/*.csv from the
definitions themselves, or to the two paths given; a test holds all of them in step.
"""

import sys
from pathlib import Path

from kpis.engine.listing_examples import example_csv
from kpis.engine.tables import LISTINGS, MISSING_TOKENS, Column, ListingType

PAGE = Path(__file__).parents[2] / "docs" / "listings.md"
EXAMPLES = PAGE.with_suffix("")

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

This page and the example files are generated from the definitions:
`python -m kpis.engine.listing_reference`.

Send your own export as `.xlsx` or `.csv`, unedited. A sheet is recognised by its header words,
wherever the header stands and in whatever order the columns are; capitals, spaces and signs such
as # do not matter. In an optional column these stand for "no value": {tokens}.
"NA" is a value: it is Namibia's code. Numbers stand for participants and staff; names are only
taken in columns that say so.
"""


def listing_reference() -> str:
    """Return the whole page as Markdown."""
    tokens = ", ".join(f"`{token}`" for token in sorted(MISSING_TOKENS) if token)
    contents = [f"- [{one.title}](#{_anchor(one.title)})" for one in LISTINGS.values()]
    parts = [INTRODUCTION.format(tokens=f"a blank cell, {tokens}"), *contents, ""]
    return "\n".join(parts + [_section(listing) for listing in LISTINGS.values()])


def _anchor(title: str) -> str:
    kept = (letter for letter in title.casefold() if letter.isalnum() or letter in " -")
    return "".join(kept).replace(" ", "-")


def _section(listing: ListingType) -> str:
    key = ", ".join(listing.column(name).title for name in listing.key)
    duplicates = {
        "refused": "Two rows with the same key are refused.",
        "counted": "Rows that are the same are counted, each for itself.",
    }[listing.duplicates]
    lines = [
        f"## {listing.title}",
        "",
        listing.why,
        "",
        SEMANTICS[listing.semantics],
        "",
        f"A row is identified by: {key}. {duplicates}",
        "",
        f"Example: [{listing.name}.csv](listings/{listing.name}.csv). Known to hold it:"
        f" {', '.join(listing.found_in)}. Sheets that hold it are often called:"
        f" {', '.join(listing.sheet_names)}.",
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
    if column.unit:
        others = ", ".join(word for word, _ in column.unit.factors if word != column.unit.name)
        holds += f", in {column.unit.name} (also given in: {others})"
    if column.names_people:
        holds += ", may name a person"
    required = "yes" if column.required else "no"
    if column.filled_from:
        source = LISTINGS[column.filled_from].title.lower()
        required += f" (or taken from the list of {source})"
    synonyms = ", ".join(
        word for word in column.synonyms if word.casefold() != column.title.casefold()
    )
    return f"| {column.title} | {required} | {holds} | {synonyms} |"


def write(page: Path = PAGE, examples: Path = EXAMPLES) -> None:
    """Write the page and one example file for each listing."""
    page.write_text(listing_reference(), encoding="utf-8")
    examples.mkdir(exist_ok=True)
    for listing in LISTINGS.values():
        (examples / f"{listing.name}.csv").write_text(example_csv(listing), encoding="utf-8")


if __name__ == "__main__":
    write(*(Path(argument) for argument in sys.argv[1:]))
