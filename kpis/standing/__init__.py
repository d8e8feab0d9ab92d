"""Where each submission that is due stands: one function for the calendar, dashboards and mails.

`kpis.due` says what is due by which day; submissions and waivers say what came of it.
"""

from kpis.standing.came import Came as Came
from kpis.standing.came import Key as Key
from kpis.standing.entry import Entry as Entry
from kpis.standing.entry import entry_of as entry_of
from kpis.standing.loading import Records as Records
from kpis.standing.loading import Standings as Standings
from kpis.standing.loading import entries as entries
from kpis.standing.loading import standings as standings
from kpis.standing.loading import visible_records as visible_records
from kpis.standing.loading import visible_standings as visible_standings
from kpis.standing.states import Standing as Standing
