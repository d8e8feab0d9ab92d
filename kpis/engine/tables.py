"""The listings a CRO may send: the one place from which other parts import them.

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

__all__ = [
    "LISTINGS",
    "MISSING_TOKENS",
    "PARTICIPANTS",
    "PROVENANCE",
    "QUERIES",
    "Choice",
    "Column",
    "Kind",
    "ListingType",
    "Measure",
    "Semantics",
]
