"""Rules between the listings of one submission: who stands where, and figures said twice."""

from kpis.engine.tables import LISTINGS
from kpis.submissions.checks.naming import place_of, problem_at
from kpis.submissions.reading.outcome import ReadResult
from kpis.submissions.reading.problems import Problem, shorten


def check_participants(result: ReadResult) -> list[Problem]:
    """Return a warning for each participant whose site differs between two listings."""
    known: dict[str, tuple[str, str]] = {}
    clashes: set[str] = set()
    found: list[Problem] = []
    for name, table in result.tables.items():
        if not {"site", "participant"} <= set(table):
            continue
        rows = table[["site", "participant"]].dropna().drop_duplicates("participant")
        for person, site, at in zip(rows["participant"], rows["site"], rows.index, strict=True):
            there, other = known.setdefault(person, (site, name))
            if there == site or person in clashes:
                continue
            clashes.add(person)
            found.append(
                problem_at(
                    result,
                    LISTINGS[name],
                    "participant-at-two-sites",
                    f"{shorten(person)} stands under site {shorten(site)} here and under"
                    f" {shorten(there)} in {LISTINGS[other].title.lower()}. Correct one of them, or"
                    " explain.",
                    place=place_of(table.loc[at]),
                    column="site",
                    value=site,
                )
            )
    return found
