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
    its engagement's name as `protocol_number`.
    """

    cutoff_date: date
    protocol_number: str
    study_names: frozenset[str]
    known_sites: frozenset[str]
    previous: Mapping[str, pd.DataFrame] | None = None
    sites_by_study: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def spans_studies(self) -> bool:
        """Tell whether rows must say which study they belong to."""
        return bool(self.sites_by_study)
