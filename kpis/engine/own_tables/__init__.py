"""Tables that this application keeps itself, in the shape in which a KPI reads them.

No CRO sends them, so they are never asked for, never recognised in a file and in no template. A KPI
that reads one is UNAVAILABLE until the part of the application that fills it hands it over.
"""

from kpis.engine.listing import ListingType
from kpis.engine.own_tables.both_sides import BOTH_SIDES_TABLES
from kpis.engine.own_tables.governance import GOVERNANCE_TABLES
from kpis.engine.own_tables.portfolio import PORTFOLIO_TABLES
from kpis.engine.own_tables.submissions import SUBMISSION_TABLES

OWN_TABLES: dict[str, ListingType] = {
    table.name: table
    for table in (*PORTFOLIO_TABLES, *SUBMISSION_TABLES, *GOVERNANCE_TABLES, *BOTH_SIDES_TABLES)
}
