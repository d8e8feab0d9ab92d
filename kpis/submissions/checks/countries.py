"""Countries are written as codes or names; rows of one country get one spelling, and it is said."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from kpis.engine.tables import LISTINGS
from kpis.submissions.checks.context import CheckContext
from kpis.submissions.checks.country_names import COUNTRIES
from kpis.submissions.checks.naming import place_of, problem_at
from kpis.submissions.reading.coded import renamed
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem


def one_spelling(result: ReadResult, context: CheckContext) -> tuple[ReadResult, list[Problem]]:
    """Return the tables with one spelling a country, and one info for each that was changed.

    The sponsor's spelling counts, else the one that most rows have. NA is Namibia, as a code.
    """
    columns = [t["country"].dropna() for t in result.tables.values() if "country" in t]
    if not columns:
        return result, []
    theirs: Counter[str] = Counter()
    for column in columns:
        theirs.update({str(name): count for name, count in column.value_counts().items()})
    changes = _changes(theirs, set(context.countries.values()))
    if not changes:
        return result, []
    problems: list[Problem] = []
    tables = dict(result.tables)
    for was, becomes in changes.items():
        told = False
        for name, table in tables.items():
            if "country" not in table or not (mask := table["country"] == was).any():
                continue
            tables[name] = table.assign(country=renamed(table["country"], was, becomes))
            if not told:
                told = True
                problems.append(
                    problem_at(
                        result,
                        LISTINGS[name],
                        "country-spelling",
                        f"'{was}' ({theirs[was]:,} rows) is the country that others call"
                        f" '{becomes}'; it is counted as '{becomes}'.",
                        place=place_of(table[mask].iloc[0]),
                        column="country",
                        value=was,
                    )
                )
    return replace(result, tables=tables), problems


def _changes(counts: Mapping[str, int], known: set[str]) -> dict[str, str]:
    """Return {spelling: spelling that counts} for every country that is written in two ways."""
    ways: dict[str, list[str]] = {}
    for name in {*counts, *(one for one in known if one)}:
        if code := COUNTRIES.get(name.strip().casefold()):
            ways.setdefault(code, []).append(name)
    changes: dict[str, str] = {}
    for names in ways.values():
        best = max(names, key=lambda name: (name in known, counts.get(name, 0), name))
        changes |= {name: best for name in names if name != best and name in counts}
    return changes
