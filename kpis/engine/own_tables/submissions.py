"""What came in each month, as this application took it."""

from kpis.engine.listings.columns import YES_NO, choice, count, day, text
from kpis.engine.own_tables.table import own_table

SUBMISSION_LOG = own_table(
    "submission-log",
    "Monthly submissions",
    (
        text("study", "Study", "study"),
        day("period_end", "End of the month", "period_end"),
        day("due_on", "Due", "due_on"),
        day("received_on", "Received", "received_on"),
        day("accepted_on", "Accepted", "accepted_on"),
        choice("first_time_right", "Accepted as first sent", "first_time_right", YES_NO),
        count("cells_required", "Required cells", "cells_required"),
        count("cells_filled", "Required cells filled", "cells_filled"),
        count("values_accepted", "Values accepted", "values_accepted"),
        count("values_changed", "Accepted values changed later", "values_changed"),
    ),
    key=("study", "period_end"),
    why="How late, how complete and how lasting a CRO's figures are is a figure of its own.",
)
SUBMISSION_TABLES = (SUBMISSION_LOG,)
