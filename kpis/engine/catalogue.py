"""The catalogue: a folder of TOML files, one KPI each, read and checked as a whole.

A file is data only. What its keys may be is said once, in `definition.py`.
"""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from kpis.engine.definition import KpiDefinition, problems_of
from kpis.engine.examples import failures
from kpis.engine.formulas import FORMULAS, formula_of
from kpis.engine.reading import ReadingError, read
from kpis.engine.tables import TABLES

# The kinds of column that arrive as the dtype a formula reads.
KINDS = {
    "str": ("text", "choice"),
    "datetime64[us]": ("date", "datetime"),
    "Float64": ("number", "integer"),
    "object": ("text", "choice", "date", "datetime", "number", "integer"),
}

CATALOGUE_FOLDER = Path(__file__).parents[1] / "catalogue"


class CatalogueError(ValueError):
    """The catalogue is refused; `problems` names file and fault, one sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_catalogue(
    folder: Path = CATALOGUE_FOLDER, *, with_examples: bool = True, beside: Collection[str] = ()
) -> dict[str, KpiDefinition]:
    """Return every definition of `folder` by slug, or raise CatalogueError with all problems.

    Running the worked examples takes most of the time; a process that only uses what `manage.py
    check` and the tests have proven may leave them out. `beside` are slugs that exist elsewhere and
    may be named as balancing partners.
    """
    definitions: dict[str, KpiDefinition] = {}
    problems: list[str] = []
    files = sorted(folder.glob("*.toml"))
    if not files:
        problems.append(f"{folder}: holds no definition")
    for file in files:
        try:
            definition = read(KpiDefinition, tomllib.loads(file.read_text(encoding="utf-8")))
        except ReadingError as error:
            problems += [f"{file.name}: {problem}" for problem in error.problems]
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(f"{file.name}: is not TOML: {error}")
        else:
            definitions[file.stem] = definition
            faults = _faults(definition, file.stem)
            if with_examples and not faults:
                faults = failures(definition)
            problems += [f"{file.name}: {problem}" for problem in faults]
    slugs = {*beside, *(file.stem for file in files)}
    problems += [
        f"{stem}.toml: balancing partner “{definition.balancing}” does not exist"
        for stem, definition in definitions.items()
        if definition.balancing and definition.balancing not in slugs
    ]
    if problems:
        raise CatalogueError(tuple(problems))
    return definitions


def _faults(definition: KpiDefinition, stem: str) -> list[str]:
    problems = problems_of(definition)
    if definition.slug != stem:
        problems.append(f"slug “{definition.slug}” is not the file's name")
    if definition.balancing == definition.slug:
        problems.append("balancing partner cannot be the KPI itself")
    if definition.formula not in FORMULAS:
        return [*problems, f"formula “{definition.formula}” is none of: {', '.join(FORMULAS)}"]
    try:
        formula, parameters = formula_of(definition)
    except ReadingError as error:
        return problems + error.problems
    return problems + _listing_faults(definition, formula.columns(parameters))


def _listing_faults(
    definition: KpiDefinition, columns: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """Return what the formula would read that no listing type offers."""
    problems = []
    if set(definition.listings) != set(columns):
        problems.append(f"listings must be what the formula reads: {', '.join(columns)}")
    for listing, dtypes in columns.items():
        if listing not in TABLES:
            problems.append(f"listing “{listing}” is no listing type")
            continue
        kinds = {column.name: column.kind for column in TABLES[listing].columns}
        for name, dtype in dtypes.items():
            if name not in kinds:
                problems.append(f"listing “{listing}” has no column “{name}”")
            elif kinds[name] not in KINDS[dtype]:
                problems.append(
                    f"column “{name}” of “{listing}” is of kind {kinds[name]}, "
                    f"the formula reads {' or '.join(KINDS[dtype])}"
                )
    return problems
