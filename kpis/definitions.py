"""The catalogue as the application uses it, and its definitions as kept at first use.

`catalogue` is what holds today, whatever the month looked at; `in_force` is asked wherever a month
is computed, due or judged, since a coming version takes over with a month.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from kpis.engine.catalogue import load_catalogue
from kpis.engine.coming import in_force as holding
from kpis.engine.coming import load_coming
from kpis.engine.definition import KpiDefinition
from kpis.engine.reading import read
from kpis.engine.terms import Asked
from kpis.engine.versions import RecordedVersion, recorded_versions
from kpis.models import DefinitionSnapshot

CATALOGUE_FOLDER = Path(__file__).with_name("catalogue")


class MeaningChanged(Exception):
    """A definition differs from what was used under the same version number."""

    def __init__(self, definition: KpiDefinition) -> None:
        super().__init__(
            f"The meaning of {definition.slug} changed but its version is still "
            f"{definition.version}. Raise the version in its catalogue file."
        )


@cache
def catalogue() -> dict[str, KpiDefinition]:
    """Return all definitions by slug; raises CatalogueError with every problem at once."""
    return load_catalogue(CATALOGUE_FOLDER, with_examples=False)


@cache
def coming() -> dict[str, KpiDefinition]:
    """Return the versions that are announced, by slug; raises CatalogueError."""
    return load_coming(catalogue(), CATALOGUE_FOLDER, with_examples=False)


def in_force(period: date) -> Mapping[str, KpiDefinition]:
    """Return the definitions that hold in the month beginning on `period`, by slug."""
    return _of_edition(edition(period))


def edition(period: date) -> date:
    """Return a day that is the same for all months with the same definitions in force."""
    begun = [one.effective_from for one in coming().values() if one.effective_from <= period]
    return max(begun, default=date.min)


@cache
def _of_edition(day: date) -> Mapping[str, KpiDefinition]:
    return holding(catalogue(), coming(), day)


@cache
def versions_of_catalogue() -> dict[str, tuple[RecordedVersion, ...]]:
    """Return every version that was published, by slug."""
    return recorded_versions(CATALOGUE_FOLDER)


def kept(definition: KpiDefinition, *, now: datetime) -> DefinitionSnapshot:
    """Return the definition as kept, keeping it at first use; raises MeaningChanged."""
    snapshot, _ = DefinitionSnapshot.objects.get_or_create(
        slug=definition.slug,
        version=definition.version,
        defaults={
            "sha256": definition.digest(),
            "content": content_of(definition),
            "first_used_at": now,
        },
    )
    if snapshot.sha256 != definition.digest():
        raise MeaningChanged(definition)
    return snapshot


def kept_all(
    definitions: Iterable[KpiDefinition], *, now: datetime
) -> dict[str, DefinitionSnapshot]:
    """Return definitions as kept, by slug; one statement where each was used before.

    Raises MeaningChanged.
    """
    wanted = {(one.slug, one.version): one for one in definitions}
    rows = DefinitionSnapshot.objects.filter(slug__in={slug for slug, _ in wanted})
    used = {(row.slug, row.version): row for row in rows.defer("content")}
    for key, one in wanted.items():
        if key not in used:
            used[key] = kept(one, now=now)
        elif used[key].sha256 != one.digest():
            raise MeaningChanged(one)
    return {slug: used[slug, version] for slug, version in wanted}


def content_of(definition: KpiDefinition) -> dict[str, Any]:
    """Return a definition as JSON, as it is kept."""
    content: dict[str, Any] = json.loads(json.dumps(asdict(definition), default=str))
    return content


def definition_from(content: dict[str, Any]) -> KpiDefinition:
    """Read a definition back as it was kept, without its worked examples.

    One kept before KPIs could be chosen was asked of everybody. Raises ReadingError for what this
    version of the application cannot read.
    """
    day = date.fromisoformat(content["effective_from"])
    fixed = {"effective_from": day, "examples": []}
    return read(KpiDefinition, {"asked": Asked.ALWAYS} | _present(content) | fixed)


def _present(value: Any) -> Any:
    """Leave out what was kept as null: an optional key that is absent."""
    if isinstance(value, dict):
        return {key: _present(entry) for key, entry in value.items() if entry is not None}
    return value
