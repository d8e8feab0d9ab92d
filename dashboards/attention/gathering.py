"""All matters of a day, kind after kind. A kind more is a line more. Pure."""

from collections.abc import Iterator

from dashboards.attention.loading import Loaded
from dashboards.attention.matter import Matter
from dashboards.attention.of_belief import of_belief
from dashboards.attention.of_coverage import of_coverage
from dashboards.attention.of_disputes import of_disputes
from dashboards.attention.of_drafts import of_drafts
from dashboards.attention.of_ends import of_agreements, of_qualifications
from dashboards.attention.of_files import of_files
from dashboards.attention.of_kpis import of_kpis
from dashboards.attention.of_submissions import of_submissions
from dashboards.attention.places import Places


def matters(loaded: Loaded) -> Iterator[Matter]:
    """Yield what wants attention in what was loaded."""
    places = Places.of(loaded.facts, loaded.held)
    yield from of_kpis(loaded.runs, places, loaded.handed, newest=loaded.newest)
    yield from of_files(loaded.entries, places)
    yield from of_submissions(loaded.handed, places, loaded.entries)
    yield from of_disputes(loaded.disputes, places)
    yield from of_belief(loaded.runs, places, newest=loaded.newest)
    yield from of_coverage(loaded.facts, loaded.findings, places, on=loaded.on)
    yield from of_drafts(loaded.facts, places, on=loaded.on)
    yield from of_agreements(loaded.facts, places, on=loaded.on)
    yield from of_qualifications(loaded.facts, places, on=loaded.on)
