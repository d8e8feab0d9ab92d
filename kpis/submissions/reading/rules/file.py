"""Rules about whole files, their container, their header and rows that are no data."""

from kpis.submissions.reading.rules.rule import Rule, error, info, warning

RULES: tuple[Rule, ...] = (
    error(
        "check-failed",
        "The check itself failed",
        "Nothing is lost. Send the file again; if that does not help, tell the sponsor.",
    ),
    error(
        "file-empty",
        "The file is empty",
        "Export the report again and send that file.",
    ),
    error(
        "file-too-large",
        "The file is too large",
        "Send the report alone, or split it.",
    ),
    error(
        "file-unreadable",
        "The file cannot be read",
        "Open it in Excel and save it again.",
    ),
    error(
        "file-truncated",
        "The file is incomplete",
        "Send it again after a full download.",
    ),
    error(
        "file-kind",
        "Not a workbook and not a CSV",
        "Send .xlsx or .csv.",
    ),
    error(
        "file-password",
        "The file is protected by a password",
        "Save a copy without password and send that.",
    ),
    error(
        "file-old-excel",
        "Old Excel format",
        "Save it as .xlsx in Excel and send that.",
    ),
    error(
        "file-bomb",
        "The file unpacks to far more than it should",
        "Save the report into a new workbook and send that.",
    ),
    error(
        "file-xml",
        "The workbook contains XML that is not allowed",
        "Save the report into a new workbook with Excel and send that.",
    ),
    error(
        "text-damaged",
        "The text of the file is damaged",
        "Export the report again as CSV UTF-8.",
    ),
    error(
        "row-too-long",
        "A row has more cells than there are columns",
        "Put values that contain the separator into quotes.",
    ),
    error(
        "misspelt-column",
        "A column name is not known",
        "Correct the name of the column.",
    ),
    warning(
        "perhaps-column",
        "A column name is close to one we know",
        "Correct the name, or explain that it is another column.",
    ),
    error(
        "doubled-column",
        "Two columns have the same name",
        "Remove or rename one of the two columns.",
    ),
    warning(
        "two-columns-one-meaning",
        "Two columns seem to mean the same",
        "Say which one is right, or remove one.",
    ),
    info(
        "repeated-column",
        "A column was there twice",
        "Nothing to do: both are equal.",
    ),
    info(
        "columns-not-used",
        "Some columns were not used",
        "Nothing to do.",
    ),
    error(
        "formula-without-value",
        "A formula has no stored value",
        "Open the file in Excel, let it calculate, save it, and send it again.",
    ),
    error(
        "error-cell",
        "A cell holds an Excel error",
        "Repair the formula or type the value.",
    ),
    info(
        "totals-row",
        "A totals row was left out",
        "Nothing to do.",
    ),
    info(
        "note-row",
        "A row with a note was left out",
        "Nothing to do.",
    ),
    info(
        "repeated-header",
        "A repeated header row was left out",
        "Nothing to do.",
    ),
    info(
        "sheet-not-used",
        "A sheet was not used",
        "Nothing to do.",
    ),
    info(
        "macros",
        "The workbook carries macros",
        "Nothing to do: macros are never run.",
    ),
    info(
        "external-links",
        "The workbook links to other files",
        "Nothing to do: links are never followed.",
    ),
    info(
        "encoding",
        "The text is in an older encoding",
        "Nothing to do if names look right.",
    ),
    warning(
        "merged-cells",
        "Cells among the rows are merged",
        "Undo the merging so that each row has its own value, or explain.",
    ),
    info(
        "hidden-rows",
        "Rows are hidden or filtered out",
        "Nothing to do if they belong: they were read like the others.",
    ),
    info(
        "hidden-columns",
        "Columns are hidden",
        "Nothing to do if they belong: they were read like the others.",
    ),
    info(
        "hidden-sheet",
        "A sheet is hidden",
        "Nothing to do if it belongs: it was read like the others.",
    ),
    info(
        "percent-format",
        "Numbers are shown as percents",
        "Nothing to do: 0.12 shown as 12% was read as 12%.",
    ),
    info(
        "embedded-objects",
        "The workbook carries other files inside",
        "Nothing to do: they were not opened.",
    ),
    error(
        "file-too-slow",
        "Reading the file took too long",
        "Send the report alone, as CSV or in a new workbook, or split it.",
    ),
    error(
        "file-too-heavy",
        "Reading the file needed too much memory",
        "Send the report alone, as CSV or in a new workbook, or split it.",
    ),
    info(
        "wrong-template-version",
        "The template is of another version",
        "Nothing to do now. Take the new template for the next month.",
    ),
    error(
        "json-shape",
        "The JSON is not of the form asked for",
        "Send it in the form of docs/api.md.",
    ),
    error(
        "other-scope",
        "The file was made for another engagement, study or month",
        "Send it where it belongs, or take the file of this submission.",
    ),
    error(
        "cutoff-outside-period",
        "The cut-off date on the cover is not in the template's month",
        "Correct the date, or take the template of the other month.",
    ),
    warning(
        "template-without-cover",
        "The template's cover is gone",
        "Send the workbook with its cover, or explain.",
    ),
)
