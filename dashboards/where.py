"""Writes docs/dashboards.md: each page, chart and reader's need of the dashboards, and where it is.

`python -m dashboards.where > docs/dashboards.md` writes it from docs/dashboards.csv. A test checks
that every address, template and figure that is named exists.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "docs" / "dashboards.csv"
HEAD = """\
# Where each page and chart of the dashboards is

Made from `docs/dashboards.csv`; do not edit. \
`python -m dashboards.where > docs/dashboards.md` writes it anew.

An address is named as in the code (`dashboards:portfolio`), a template by its file below \
`templates/`, a figure by its function below `dashboards/charts/`. "Missing" is meant as it \
stands: where it follows what is there, the row is served in part."""


@dataclass(frozen=True)
class Row:
    """One row: what is asked for, where it is, what is missing; addresses, templates, figures."""

    part: str
    item: str
    addresses: tuple[str, ...]
    templates: tuple[str, ...]
    figures: tuple[str, ...]
    how: str
    missing: str

    def __str__(self) -> str:
        cells = (_code(part) for part in (self.addresses, self.templates, self.figures))
        missing = f" Missing: {self.missing}" if self.missing else ""
        return f"| {self.item} | {' | '.join(cells)} | {self.how}{missing} |"


def rows(source: Path = SOURCE) -> tuple[Row, ...]:
    """Read the source."""
    with source.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Row(
                part=row["part"],
                item=row["item"],
                addresses=tuple(row["addresses"].split()),
                templates=tuple(row["templates"].split()),
                figures=tuple(row["figures"].split()),
                how=row["how"],
                missing=row["missing"],
            )
            for row in csv.DictReader(stream)
        )


def where_markdown(found: Iterable[Row]) -> str:
    """Return the page as Markdown: a table for each part, in the order of the source."""
    every = tuple(found)
    whole = sum(not one.missing for one in every)
    lines = [HEAD, "", f"Of {len(every)} rows {whole} have nothing missing."]
    for part in dict.fromkeys(one.part for one in every):
        lines += [
            "",
            f"## {part}",
            "",
            "| What | Address | Template | Figure | How, and what is missing |",
            "|---|---|---|---|---|",
            *(str(one) for one in every if one.part == part),
        ]
    return "\n".join(lines) + "\n"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in names)


if __name__ == "__main__":
    print(where_markdown(rows()), end="")
