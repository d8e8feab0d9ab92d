"""Rules about what should be there and is not, and what is there and should not be."""

from kpis.submissions.reading.rules.rule import Rule, error, warning

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
)
