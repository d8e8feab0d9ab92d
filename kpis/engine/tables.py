"""The listings a CRO may send and the tables kept here: the one place that imports them.

Pure data. What a listing type is lives in `listing.py`, the types themselves in `listings`, one
file each. How a column is found in a file lives in kpis/submissions/reading; what is computed from
a listing in kpis/catalogue.
"""

from kpis.engine.listing import (
    MISSING_TOKENS,
    PROVENANCE,
    Choice,
    Column,
    Kind,
    ListingType,
    Measure,
    Semantics,
)
from kpis.engine.listings import LISTINGS
from kpis.engine.listings.participants import PARTICIPANTS
from kpis.engine.listings.queries import QUERIES
from kpis.engine.own_tables import OWN_TABLES

# What a KPI may read: sent by a CRO, or kept by this application.
TABLES: dict[str, ListingType] = LISTINGS | OWN_TABLES

__all__ = [
    "LISTINGS",
    "MISSING_TOKENS",
    "OWN_TABLES",
    "PARTICIPANTS",
    "PROVENANCE",
    "QUERIES",
    "TABLES",
    "Choice",
    "Column",
    "Kind",
    "ListingType",
    "Measure",
    "Semantics",
]
