"""What the checks are told about the submission by those who know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class CheckContext:
    """The submission's own facts: cut-off, study, sites, and the tables accepted before.

    `study_names` are the spellings accepted for this study beside its protocol number. A submission
    that spans studies gives the sites of each under every spelling of it in `sites_by_study`, and
    its engagement's name as `protocol_number`. `previous` holds the tables accepted before, by
    listing, each opened when it is first asked for; None where nothing was accepted.
    `previous_cutoff` is their cut-off, `restates` says that they are of the same month. `due` names
    the listings to be sent, `functions` the delegated functions by slug and name; empty where
    nobody knows. `countries` gives the sponsor's spelling of each site's country.
    """

    cutoff_date: date
    protocol_number: str
    study_names: frozenset[str]
    known_sites: frozenset[str]
    previous: Mapping[str, pd.DataFrame] | None = None
    sites_by_study: Mapping[str, frozenset[str]] = field(default_factory=dict)
    previous_cutoff: date | None = None
    restates: bool = False
    due: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    vendor_names: frozenset[str] = frozenset()
    countries: Mapping[str, str] = field(default_factory=dict)
    active_sites: frozenset[str] = frozenset()

    @property
    def spans_studies(self) -> bool:
        """Tell whether rows must say which study they belong to."""
        return bool(self.sites_by_study)

    def before(self, listing: str) -> pd.DataFrame | None:
        """Return the listing as it was accepted before; None where it was not."""
        if self.previous is None or listing not in self.previous:
            return None
        table = self.previous[listing]
        return table if len(table) else None
