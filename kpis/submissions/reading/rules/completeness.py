"""Rules about what should be there and is not, and what is there and should not be."""

from kpis.submissions.reading.rules.rule import Rule, error, info, warning

RULES: tuple[Rule, ...] = (
    error(
        "no-listing",
        "The listing asked for was not found",
        "Send the report with its header row unchanged.",
    ),
    warning(
        "listing-not-sent",
        "A listing that is due is not in the files",
        "Add the file that holds it, or explain; its KPIs will be missing.",
    ),
    warning(
        "no-rows",
        "The listing has no rows",
        "Confirm that there is nothing to report.",
    ),
    error(
        "missing-column",
        "A column is missing",
        "Add the column to the report.",
    ),
    warning(
        "missing-key-column",
        "A column that tells rows apart is missing",
        "Add the column, or explain.",
    ),
    error(
        "blank-required",
        "A required cell is blank",
        "Fill the cell in.",
    ),
    warning(
        "nothing-entered",
        "Rows of the template hold nothing beside what names them",
        "Fill them in, delete them, or explain. They are not counted as zero.",
    ),
    warning(
        "row-disappeared",
        "Rows accepted last month are not in this file",
        "Send them with their state, or explain. They are not taken as closed.",
    ),
    warning(
        "row-gone-from-ledger",
        "Rows are gone from a listing that only grows",
        "Put them back, or explain.",
    ),
    warning(
        "blank-or-zero",
        "Blank cells may mean zero",
        "Write 0 where nothing was counted, or explain.",
    ),
    warning(
        "site-missing",
        "Active sites have no row",
        "Add them, or explain.",
    ),
    warning(
        "function-not-delegated",
        "Rows are about a function that is not delegated",
        "Leave them out, have the delegation recorded, or explain.",
    ),
    info(
        "listing-not-due",
        "A listing came that is not due",
        "Nothing to do: it is not counted.",
    ),
)
