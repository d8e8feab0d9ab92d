"""Writes docs/mission.md: what the mission asks for, item by item, and what serves it.

`python -m kpis.mission > docs/mission.md` writes it from docs/mission.csv and the catalogue. In the
source an item names families of KPIs (K08); the page names those that the catalogue has, and says
of the others that they are not there yet. A test checks that every page and model exists.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kpis.engine.catalogue import load_catalogue
from kpis.engine.definition import KpiDefinition

SOURCE = Path(__file__).parents[1] / "docs" / "mission.csv"
# Pages that show whatever KPI there is: they serve an item only once its KPI is there.
OF_ANY_KPI = frozenset({"dashboards:kpi", "dashboards:kpi-chart", "dashboards:rows"})
HEAD = """\
# What the mission asks for, and what serves it

Generated from `docs/mission.csv` and the KPI catalogue; do not edit. \
`python -m kpis.mission > docs/mission.md` writes it anew.

Pages and models are named as in the code (`studies:toro` is an address, `studies.Delegation` a \
record), KPIs by their slug in [kpis.md](kpis.md). "Not yet" is meant as it stands: where it \
follows what is there, the item is served in part."""


@dataclass(frozen=True)
class Item:
    """One item: families of KPIs, names of addresses, labels of models, and what is not there."""

    number: int
    item: str
    kpis: tuple[str, ...]
    pages: tuple[str, ...]
    models: tuple[str, ...]
    yet: str


def items(source: Path = SOURCE) -> tuple[Item, ...]:
    """Read the source."""
    with source.open(encoding="utf-8", newline="") as stream:
        return tuple(
            Item(
                number=int(row["number"]),
                item=row["item"],
                kpis=tuple(row["kpis"].split()),
                pages=tuple(row["pages"].split()),
                models=tuple(row["models"].split()),
                yet=row["yet"],
            )
            for row in csv.DictReader(stream)
        )


@dataclass(frozen=True)
class Row:
    """An item as it stands today."""

    item: Item
    places: tuple[str, ...]
    slugs: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def served(self) -> bool:
        """Whether anything at all is there."""
        return bool(self.places or self.slugs)

    def __str__(self) -> str:
        places, slugs = (
            ", ".join(f"`{one}`" for one in part) for part in (self.places, self.slugs)
        )
        missing = "; ".join(self.missing)
        if missing or not self.served:
            missing = f"not yet: {missing}" if missing else "not yet"
        return f"| {self.item.number} | {self.item.item} | {places} | {slugs} | {missing} |"


def mission_markdown(found: Iterable[Item], catalogue: Mapping[str, KpiDefinition]) -> str:
    """Return the page as Markdown."""
    families: dict[str, list[str]] = defaultdict(list)
    for slug, definition in sorted(catalogue.items()):
        families[definition.family].append(slug)
    rows = [_row(one, families) for one in found]
    whole = sum(row.served and not row.missing for row in rows)
    part = sum(row.served and bool(row.missing) for row in rows)
    lines = (
        HEAD,
        "",
        f"Of {len(rows)} items {whole} are served, {part} in part and "
        f"{len(rows) - whole - part} not yet.",
        "",
        "| # | Item | Pages and records | KPIs | Not yet |",
        "|---:|---|---|---|---|",
        *(str(row) for row in rows),
    )
    return "\n".join(lines) + "\n"


def _row(one: Item, families: Mapping[str, list[str]]) -> Row:
    slugs = [slug for family in one.kpis for slug in families.get(family, [])]
    absent = [family for family in one.kpis if family not in families]
    shown = [page for page in one.pages if slugs or not one.kpis or page not in OF_ANY_KPI]
    missing = [one.yet] if one.yet else []
    if absent:
        missing.append(f"KPI {', '.join(absent)}")
    return Row(one, (*shown, *one.models), tuple(dict.fromkeys(slugs)), tuple(missing))


if __name__ == "__main__":
    print(mission_markdown(items(), load_catalogue()), end="")
