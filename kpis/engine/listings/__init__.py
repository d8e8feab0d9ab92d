"""The listings a CRO may send, one file each; `LISTINGS` holds them by name.

The order matters where a sheet could be several: the listing with the clearer signs comes first.
"""

from kpis.engine.listing import ListingType
from kpis.engine.listings.deviations import DEVIATIONS
from kpis.engine.listings.enrolment import ENROLMENT
from kpis.engine.listings.participants import PARTICIPANTS
from kpis.engine.listings.positions import POSITIONS
from kpis.engine.listings.queries import QUERIES
from kpis.engine.listings.sites import SITES
from kpis.engine.listings.visits import VISITS

LISTINGS: dict[str, ListingType] = {
    listing.name: listing
    for listing in (QUERIES, DEVIATIONS, VISITS, ENROLMENT, POSITIONS, SITES, PARTICIPANTS)
}
