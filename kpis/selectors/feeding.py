"""Which KPIs a submission feeds, which it cannot, and what would feed those."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpis.definitions import in_force
from kpis.due import asked_of
from kpis.engine.definition import KpiDefinition
from kpis.engine.feeding import needs
from kpis.engine.tables import OWN_TABLES, TABLES, ListingType
from kpis.models import Check, Submission, SubmittedTable
from kpis.submissions.sealing import open_table
from oversight.storage import SealBroken


@dataclass(frozen=True)
class Source:
    """A listing that a KPI is computed from, and the exports of known systems that hold it.

    One of our `own` is nobody's to send. `unable` are known exports that leave out what this KPI
    needs, each with the columns it lacks.
    """

    title: str
    why: str
    exports: tuple[str, ...]
    columns: tuple[str, ...]
    own: bool
    unable: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Feed:
    """One KPI that is due; `lacking` says in sentences what would feed it, empty when it is fed."""

    slug: str
    name: str
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Feeds:
    """The KPIs due for a submission's scope, by name."""

    fed: tuple[Feed, ...] = ()
    unfed: tuple[Feed, ...] = ()

    @property
    def due(self) -> int:
        """Return how many are due."""
        return len(self.fed) + len(self.unfed)


def sources_of(definition: KpiDefinition) -> tuple[Source, ...]:
    """Return the listings of a KPI, with the columns that must have a value; no statement."""
    return tuple(
        _source(TABLES[name], columns, own=name in OWN_TABLES)
        for name, columns in needs(definition).items()
    )


def _source(listing: ListingType, columns: tuple[str, ...], *, own: bool) -> Source:
    lacking = {export: listing.lacking(export, columns) for export in listing.found_in}
    return Source(
        title=listing.title,
        why=listing.why,
        exports=tuple(export for export, names in lacking.items() if not names),
        columns=tuple(listing.column(name).title for name in columns),
        own=own,
        unable=tuple(
            (export, tuple(listing.column(name).title for name in names))
            for export, names in lacking.items()
            if names
        ),
    )


def feeds_of(submission: Submission, check: Check | None) -> Feeds:
    """Return what the tables of `check` feed; a fixed number of statements.

    Only KPIs that are due for the scope are named; nothing where no check was made.
    """
    if check is None:
        return Feeds()
    day = submission.data_cutoff_date or check.checked_at.date()
    due = asked_of(submission.engagement, submission.study_id, on=day)
    holding = in_force(day.replace(day=1))
    definitions = [holding[slug] for slug in due.slugs] if due else []
    blank = _blank_columns(check, definitions)
    found = [
        Feed(one.slug, one.name, tuple(_lacking(one, blank)))
        for one in sorted(definitions, key=lambda one: one.name)
    ]
    return Feeds(
        fed=tuple(one for one in found if not one.lacking),
        unfed=tuple(one for one in found if one.lacking),
    )


def _blank_columns(
    check: Check, definitions: list[KpiDefinition]
) -> dict[str, frozenset[str] | None]:
    """Return each listing that was read, with the needed columns that no row has a value in.

    None stands for a table that is not what was sealed.
    """
    wanted: dict[str, set[str]] = {}
    for definition in definitions:
        for listing, columns in needs(definition).items():
            wanted.setdefault(listing, set()).update(columns)
    return {
        table.listing: _blank(table, sorted(wanted[table.listing]))
        for table in check.tables.all()
        if table.listing in wanted
    }


def _blank(table: SubmittedTable, columns: list[str]) -> frozenset[str] | None:
    if not columns or not table.row_count:
        return frozenset()
    try:
        rows = open_table(table.sha256, columns=columns)
    except (SealBroken, FileNotFoundError):
        return None
    return frozenset(name for name in columns if rows[name].isna().all())


def _lacking(definition: KpiDefinition, blank: Mapping[str, frozenset[str] | None]) -> list[str]:
    sentences = []
    for name, columns in needs(definition).items():
        listing = TABLES[name]
        if name in OWN_TABLES:
            continue  # not a CRO's to send
        if name not in blank:
            able = [one for one in listing.found_in if not listing.lacking(one, columns)]
            example = f", for example as: {' or '.join(able)}" if able else ""
            sentences.append(f"Send {listing.title.lower()}{example}.")
            continue
        empty = blank[name]
        if empty is None:
            sentences.append(f"The sealed table of {listing.title.lower()} has to be restored.")
            continue
        titles = [listing.column(one).title for one in columns if one in empty]
        if titles:
            wanted = " and ".join(f"‘{title}’" for title in titles)
            sentences.append(f"Add {wanted} to {listing.title.lower()}; no row has a value.")
    return sentences
