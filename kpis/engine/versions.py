"""Every version of every KPI that was ever published, and whether the catalogue keeps to it.

`versions.json` beside the catalogue holds slug → version → digest, first day and what changed. A
file whose meaning changed under a recorded version is refused: results computed before would be
read by rules that did not hold then. `python -m kpis.engine.versions` records what is new, and
alters no entry but that of a coming version whose first day has not come.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kpis.engine.catalogue import CATALOGUE_FOLDER, CatalogueError, load_catalogue
from kpis.engine.coming import COMING, load_coming
from kpis.engine.definition import KpiDefinition

FILE = "versions.json"


@dataclass(frozen=True)
class RecordedVersion:
    """One version as it was published: its digest, the day from which it holds, what changed."""

    version: int
    digest: str
    effective_from: date
    change: str = ""


Recorded = Mapping[str, tuple[RecordedVersion, ...]]


def recorded_versions(folder: Path = CATALOGUE_FOLDER) -> dict[str, tuple[RecordedVersion, ...]]:
    """Return the versions of each KPI, oldest first; nothing where none was recorded yet."""
    file = folder / FILE
    if not file.exists():
        return {}
    content = json.loads(file.read_text(encoding="utf-8"))
    return {
        slug: tuple(
            RecordedVersion(
                int(number), one["digest"], date.fromisoformat(one["from"]), one.get("change", "")
            )
            for number, one in sorted(versions.items(), key=lambda pair: int(pair[0]))
        )
        for slug, versions in content.items()
    }


def version_problems(
    definitions: Mapping[str, KpiDefinition],
    known: Recorded,
    coming: Mapping[str, KpiDefinition] | None = None,
) -> list[str]:
    """Return what does not keep to the record, one sentence each."""
    problems: list[str] = []
    for slug, definition in definitions.items():
        versions = {one.version: one for one in known.get(slug, ())}
        planned = (coming or {}).get(slug)
        behind = [one for one in versions if planned is None or one != planned.version]
        if behind and definition.version < max(behind):
            problems.append(
                f"{slug}.toml: version {definition.version} is behind version {max(behind)}, "
                "which was published already"
            )
        else:
            problems += _against_record(f"{slug}.toml", definition, versions)
        if planned is not None:
            problems += _against_record(f"{COMING}/{slug}.toml", planned, versions)
    return problems


def _against_record(
    file: str, definition: KpiDefinition, versions: Mapping[int, RecordedVersion]
) -> Iterator[str]:
    recorded = versions.get(definition.version)
    if recorded is None:
        yield (
            f"{file}: version {definition.version} is not recorded; "
            "run: python -m kpis.engine.versions"
        )
    elif recorded.digest != definition.digest():
        until = (
            f", or until {recorded.effective_from} record it anew: python -m kpis.engine.versions"
        )
        yield (
            f"{file}: the meaning changed and the version is still {definition.version}; "
            f"raise the version{until if file.startswith(COMING) else ''}"
        )


def catalogue_problems(folder: Path = CATALOGUE_FOLDER) -> tuple[str, ...]:
    """Return everything that is wrong with a catalogue: its files, examples and versions."""
    try:
        definitions = load_catalogue(folder)
        coming = load_coming(definitions, folder)
    except CatalogueError as error:
        return error.problems
    return tuple(version_problems(definitions, recorded_versions(folder), coming))


def record_versions(folder: Path = CATALOGUE_FOLDER, *, today: date) -> tuple[str, ...]:
    """Record the versions that are new, one line each; return what is wrong all the same.

    A coming version whose recorded first day lies after `today` is recorded as it stands now.
    """
    known = recorded_versions(folder)
    content = {
        slug: {str(one.version): _entry(one) for one in every} for slug, every in known.items()
    }
    definitions = load_catalogue(folder)
    coming = load_coming(definitions, folder)
    for one in coming.values():
        versions = content.setdefault(one.slug, {})
        recorded = versions.get(str(one.version))
        if recorded and date.fromisoformat(recorded["from"]) > today:
            del versions[str(one.version)]
    for one in (*definitions.values(), *coming.values()):
        entry = RecordedVersion(one.version, one.digest(), one.effective_from, one.change or "")
        content.setdefault(one.slug, {}).setdefault(str(one.version), _entry(entry))
    (folder / FILE).write_text(_text(content.items()), encoding="utf-8")
    return tuple(version_problems(definitions, recorded_versions(folder), coming))


def _entry(one: RecordedVersion) -> dict[str, str]:
    entry = {"digest": one.digest, "from": one.effective_from.isoformat()}
    return entry | ({"change": one.change} if one.change else {})


def _text(content: Iterable[tuple[str, Any]]) -> str:
    lines = (
        f"{json.dumps(slug)}: {json.dumps(versions, ensure_ascii=False)}"
        for slug, versions in sorted(content)
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    found = record_versions(*map(Path, sys.argv[1:]), today=datetime.now(UTC).date())
    sys.exit("\n".join(found) or 0)
