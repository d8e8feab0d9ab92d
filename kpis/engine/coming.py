"""Versions that are announced and do not hold yet: files in `coming/` beside the catalogue's.

A coming version follows the one in force and takes its place with the month from which it holds.
Its file stays where it is until no earlier month can be computed anew; then it is moved over the
old one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from kpis.engine.catalogue import CATALOGUE_FOLDER, CatalogueError, load_catalogue
from kpis.engine.definition import KpiDefinition

COMING = "coming"

Definitions = Mapping[str, KpiDefinition]


def load_coming(
    current: Definitions, folder: Path = CATALOGUE_FOLDER, *, with_examples: bool = True
) -> dict[str, KpiDefinition]:
    """Return the coming versions beside `current` by slug, or raise CatalogueError.

    A catalogue without any is sound; a bad file is refused by the rules of the catalogue and by
    those of a version that follows another.
    """
    place = folder / COMING
    if not any(place.glob("*.toml")):
        return {}
    try:
        found = load_catalogue(place, with_examples=with_examples, beside=current)
    except CatalogueError as error:
        raise CatalogueError(tuple(f"{COMING}/{one}" for one in error.problems)) from error
    problems = [
        f"{COMING}/{slug}.toml: {problem}"
        for slug, definition in found.items()
        for problem in _faults(definition, current.get(slug))
    ]
    if problems:
        raise CatalogueError(tuple(problems))
    return found


def in_force(current: Definitions, coming: Definitions, month: date) -> dict[str, KpiDefinition]:
    """Return what holds in the month that begins on `month`, by slug."""
    begun = {slug: one for slug, one in coming.items() if one.effective_from <= month}
    return {**current, **begun}


def _faults(definition: KpiDefinition, before: KpiDefinition | None) -> Iterator[str]:
    if before is None:
        yield "no version of this KPI is in force; a new KPI stands beside the others"
        return
    if definition.version != before.version + 1:
        yield f"version must be {before.version + 1}: it follows version {before.version}"
    if definition.effective_from.day != 1:
        yield "effective_from must be the first day of a month"
    if definition.effective_from <= before.effective_from:
        yield f"must begin after version {before.version}, which holds from {before.effective_from}"
    same = replace(definition, version=before.version, effective_from=before.effective_from)
    if same.digest() == before.digest():
        yield f"means the same as version {before.version}; words alone need no new version"
