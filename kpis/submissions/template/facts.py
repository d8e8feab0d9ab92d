"""What a template is made from: plain values, gathered elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from kpis.engine.definition import KpiDefinition
from kpis.engine.formulas import formula_of
from kpis.engine.tables import LISTINGS, ListingType
from kpis.submissions.template.mark import Mark, version_of


@dataclass(frozen=True)
class KnownSite:
    """A site that is open in the period."""

    study: str
    number: str
    country: str


@dataclass(frozen=True)
class Need:
    """A KPI that reads a listing: the question it answers, and the columns it reads."""

    kpi: str
    question: str
    columns: frozenset[str]


@dataclass(frozen=True)
class TemplateFacts:
    """One due submission: what it is about, what it must hold, what is known already.

    `last_tables` are the typed tables accepted last, by listing, of the month `last_period`.
    """

    sponsor: str
    vendor: str
    engagement: str
    engagement_id: int
    study: str | None
    study_id: int | None
    period_start: date
    due_on: date
    studies: tuple[str, ...]
    sites: tuple[KnownSite, ...]
    listings: tuple[str, ...]
    definitions: tuple[KpiDefinition, ...] = ()
    last_tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    last_period: date | None = None

    @property
    def types(self) -> tuple[ListingType, ...]:
        """The listings due, in the order in which they are defined."""
        return tuple(one for name, one in LISTINGS.items() if name in self.listings)

    @property
    def about(self) -> str:
        """What it is about, in words of printable characters."""
        text = f"{self.study or 'all studies'} of {self.engagement}, {self.period_start:%B %Y}"
        return "".join(sign for sign in text if sign.isprintable())

    @property
    def mark(self) -> Mark:
        """The mark of this template."""
        version = version_of(self.types)
        return Mark(version, self.engagement_id, self.study_id, self.period_start, self.about)

    def needs(self, listing: str) -> tuple[Need, ...]:
        """Return the KPIs that read the listing, by name."""
        found = []
        for definition in self.definitions:
            formula, parameters = formula_of(definition)
            columns = formula.columns(parameters).get(listing)
            if columns is not None:
                found.append(Need(definition.name, definition.question, frozenset(columns)))
        return tuple(sorted(found, key=lambda need: need.kpi))
