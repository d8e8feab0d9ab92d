"""The tables that this application keeps itself, filled for one engagement as they were on a day.

What a table says is what was known at the end of the data cut-off, so that a month reads the same
whenever it is computed. What is not here yet stays UNAVAILABLE (`kpis.engine.own_tables`).
"""

from kpis.own_tables.agreed_kpis import AGREED_KPIS as AGREED_KPIS
from kpis.own_tables.agreed_kpis import agreed_kpis as agreed_kpis
from kpis.own_tables.keeping import FILLED as FILLED
from kpis.own_tables.keeping import KeptTable as KeptTable
from kpis.own_tables.keeping import kept_tables as kept_tables
from kpis.own_tables.keeping import read_back as read_back
from kpis.own_tables.keeping import to_keep as to_keep
from kpis.own_tables.scope import OwnScope as OwnScope
