"""The versions of one KPI: which is in force, what each changed, which months changed colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kpis.definitions import catalogue, coming, definition_from, in_force, versions_of_catalogue
from kpis.engine.definition import KpiDefinition
from kpis.engine.difference import Differing, differing
from kpis.engine.reading import ReadingError
from kpis.engine.versions import RecordedVersion
from kpis.models import DefinitionSnapshot
from kpis.selectors.turned import Turned, turned

COMING, CURRENT, EARLIER = "coming", "current", "earlier"


@dataclass(frozen=True)
class Version:
    """One version that was published or used.

    `change` says what is different from the one before and why, `differing` shows it side by side;
    `turned` are the months that were computed with both. `first_used_at` is None until a month was
    computed with it.
    """

    version: int
    state: str
    effective_from: date | None
    first_used_at: datetime | None
    sha256: str
    change: str
    differing: tuple[Differing, ...]
    turned: tuple[Turned, ...]

    @property
    def before(self) -> int:
        """The number of the version before."""
        return self.version - 1

    @property
    def recoloured(self) -> tuple[Turned, ...]:
        """Those of the months computed with both that have another colour since."""
        return tuple(one for one in self.turned if one.before.rag != one.after.rag)


def announced(slug: str, *, today: date) -> KpiDefinition | None:
    """Return the version of a KPI that does not hold yet, or None."""
    found = coming().get(slug)
    return found if found and found.effective_from > today else None


def versions_of(user: Any, slug: str, *, today: date) -> tuple[Version, ...]:
    """Return every version published or used, the newest first; at most two statements."""
    published = {one.version: one for one in versions_of_catalogue().get(slug, ())}
    used = _used(slug)
    known = _definitions(slug, used)
    holds = in_force(today)[slug].version
    found = turned(user, slug, known) if len(used) > 1 else ()
    return tuple(
        _version(
            number,
            holds,
            (published.get(number), used.get(number)),
            known,
            tuple(one for one in found if one.version == number),
        )
        for number in sorted({*published, *used}, reverse=True)
    )


def known_versions(slug: str) -> dict[int, KpiDefinition]:
    """Return the versions of a KPI whose definition is at hand, by number; one statement."""
    return _definitions(slug, _used(slug))


def _used(slug: str) -> dict[int, DefinitionSnapshot]:
    return {one.version: one for one in DefinitionSnapshot.objects.filter(slug=slug)}


def _version(
    number: int,
    holds: int,
    records: tuple[RecordedVersion | None, DefinitionSnapshot | None],
    known: Mapping[int, KpiDefinition],
    turned_: tuple[Turned, ...],
) -> Version:
    published, used = records
    own, before = known.get(number), known.get(number - 1)
    change = own.change if own and own.change else published.change if published else ""
    return Version(
        version=number,
        state=CURRENT if number == holds else COMING if number > holds else EARLIER,
        effective_from=_begins(own, published),
        first_used_at=used.first_used_at if used else None,
        sha256=used.sha256 if used else published.digest if published else "",
        change=change,
        differing=differing(before, own) if own and before else (),
        turned=turned_,
    )


def _begins(own: KpiDefinition | None, published: RecordedVersion | None) -> date | None:
    known = own or published
    return known.effective_from if known else None


def _definitions(slug: str, used: Mapping[int, DefinitionSnapshot]) -> dict[int, KpiDefinition]:
    """Return the versions whose definition is at hand: the files', and those kept at first use."""
    found = {one.version: one for one in (catalogue().get(slug), coming().get(slug)) if one}
    for number, kept in used.items():
        if number not in found:
            try:
                found[number] = definition_from(kept.content)
            except (ReadingError, KeyError, ValueError):
                continue  # kept by a release whose definitions this one cannot read
    return found
