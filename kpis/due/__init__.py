"""What is due, of whom, by which day: derived from delegations, catalogue and public holidays.

Where it stands is told by `kpis.standing`. Nothing here reads the clock.
"""

from kpis.due.days import DueDay as DueDay
from kpis.due.days import Terms as Terms
from kpis.due.days import business_days_after as business_days_after
from kpis.due.days import due_date as due_date
from kpis.due.days import due_day as due_day
from kpis.due.days import last_day as last_day
from kpis.due.days import month_before as month_before
from kpis.due.difference import Change as Change
from kpis.due.difference import Item as Item
from kpis.due.difference import difference as difference
from kpis.due.difference import items as items
from kpis.due.duties import Choice as Choice
from kpis.due.duties import DueSubmission as DueSubmission
from kpis.due.duties import Duty as Duty
from kpis.due.duties import applicable as applicable
from kpis.due.duties import by_study as by_study
from kpis.due.duties import chosen_for as chosen_for
from kpis.due.duties import due_submissions as due_submissions
from kpis.due.duties import taken_submissions as taken_submissions
from kpis.due.loading import Held as Held
from kpis.due.loading import duties as duties
from kpis.due.loading import duty_of as duty_of
from kpis.due.loading import holdings as holdings
from kpis.due.loading import joined_duties as joined_duties
from kpis.due.taking import asked_of as asked_of
