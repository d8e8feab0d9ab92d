"""What the checks are told about the submission by those who know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class CheckContext:
    """The submission's own facts: cut-off, study, sites, and the tables accepted before.

    `study_names` are the spellings accepted for this study beside its protocol number.
    """

    cutoff_date: date
    protocol_number: str
    study_names: frozenset[str]
    known_sites: frozenset[str]
    previous: Mapping[str, pd.DataFrame] | None = None
