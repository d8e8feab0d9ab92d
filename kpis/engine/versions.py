"""Every version of every KPI that was ever published, and whether the catalogue keeps to it.

`versions.json` beside the catalogue holds slug → version → digest and first day. A file whose
meaning changed under a recorded version is refused: results computed before would be read by rules
that did not hold then. `python -m kpis.engine.versions` records what is new, and never alters an
entry.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kpis.engine.catalogue import CATALOGUE_FOLDER, CatalogueError, load_catalogue
from kpis.engine.definition import KpiDefinition

FILE = "versions.json"


@dataclass(frozen=True)
class RecordedVersion:
    """One version as it was published: its digest and the day from which it holds."""

    version: int
    digest: str
    effective_from: date


def recorded_versions(folder: Path = CATALOGUE_FOLDER) -> dict[str, tuple[RecordedVersion, ...]]:
    """Return the versions of each KPI, oldest first; nothing where none was recorded yet."""
    file = folder / FILE
    if not file.exists():
        return {}
    content = json.loads(file.read_text(encoding="utf-8"))
    return {
        slug: tuple(
            RecordedVersion(int(number), one["digest"], date.fromisoformat(one["from"]))
            for number, one in sorted(versions.items(), key=lambda pair: int(pair[0]))
        )
        for slug, versions in content.items()
    }


def version_problems(
    definitions: Mapping[str, KpiDefinition], known: Mapping[str, tuple[RecordedVersion, ...]]
) -> list[str]:
    """Return what does not keep to the record, one sentence each."""
    problems = []
    for slug, definition in definitions.items():
        versions = {one.version: one for one in known.get(slug, ())}
        recorded = versions.get(definition.version)
        if versions and definition.version < max(versions):
            problems.append(
                f"{slug}.toml: version {definition.version} is behind version {max(versions)}, "
                "which was published already"
            )
        elif recorded is None:
            problems.append(
                f"{slug}.toml: version {definition.version} is not recorded; "
                "run: python -m kpis.engine.versions"
            )
        elif recorded.digest != definition.digest():
            problems.append(
                f"{slug}.toml: the meaning changed and the version is still {definition.version}; "
                "raise the version"
            )
    return problems


def catalogue_problems(folder: Path = CATALOGUE_FOLDER) -> tuple[str, ...]:
    """Return everything that is wrong with a catalogue: its files, examples and versions."""
    try:
        definitions = load_catalogue(folder)
    except CatalogueError as error:
        return error.problems
    return tuple(version_problems(definitions, recorded_versions(folder)))


def record_versions(folder: Path = CATALOGUE_FOLDER) -> tuple[str, ...]:
    """Record the versions that are new, one line each; return what is wrong all the same."""
    known = recorded_versions(folder)
    content = {
        slug: {
            str(one.version): {"digest": one.digest, "from": one.effective_from.isoformat()}
            for one in versions
        }
        for slug, versions in known.items()
    }
    definitions = load_catalogue(folder)
    for slug, definition in definitions.items():
        entry = {"digest": definition.digest(), "from": definition.effective_from.isoformat()}
        content.setdefault(slug, {}).setdefault(str(definition.version), entry)
    lines = ",\n".join(
        f"{json.dumps(slug)}: {json.dumps(content[slug])}" for slug in sorted(content)
    )
    (folder / FILE).write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    return tuple(version_problems(definitions, recorded_versions(folder)))


if __name__ == "__main__":
    sys.exit("\n".join(record_versions(*map(Path, sys.argv[1:]))) or 0)
