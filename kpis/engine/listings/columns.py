"""Short ways to write a column, and the units and columns that several listings share."""

from collections.abc import Mapping
from dataclasses import replace

from kpis.engine.listing import Choice, Column, Kind, Measure, words

DAYS = Measure(
    "days",
    (("days", 1), ("day", 1), ("d", 1), ("weeks", 7), ("week", 7), ("w", 7), ("months", 30.4375)),
)
HOURS = Measure(
    "hours",
    (("hours", 1), ("hour", 1), ("h", 1), ("hrs", 1), ("minutes", 1 / 60), ("min", 1 / 60)),
)
MINUTES = Measure(
    "minutes",
    (("minutes", 1), ("minute", 1), ("min", 1), ("hours", 60), ("hour", 60), ("h", 60)),
)
KG = Measure("kg", (("kg", 1), ("kilograms", 1), ("t", 1000), ("tonnes", 1000)))
FTE = Measure("FTE", (("fte", 1), ("ftes", 1), ("%", 0.01), ("percent", 0.01)))


def text(name: str, title: str, synonyms: str, *, required: bool = False) -> Column:
    """Return a column of text; `synonyms` is a comma-separated line."""
    return Column(name, title, "text", required, words(synonyms))


def people(name: str, title: str, synonyms: str) -> Column:
    """Return a column meant for names of investigators or staff."""
    return Column(name, title, "text", False, words(synonyms), names_people=True)


def day(
    name: str, title: str, synonyms: str, *, required: bool = False, lenient: bool = False
) -> Column:
    """Return a column of dates."""
    return Column(name, title, "date", required, words(synonyms), lenient=lenient)


def moment(name: str, title: str, synonyms: str, *, required: bool = False) -> Column:
    """Return a column of dates with a time of day where it is known."""
    return Column(name, title, "datetime", required, words(synonyms))


def number(
    name: str,
    title: str,
    synonyms: str,
    *,
    required: bool = False,
    unit: Measure | None = None,
    kind: Kind = "number",
) -> Column:
    """Return a column of numbers, in `unit` where they have one."""
    return Column(name, title, kind, required, words(synonyms), unit=unit)


def count(name: str, title: str, synonyms: str, *, required: bool = False) -> Column:
    """Return a column of whole numbers."""
    return number(name, title, synonyms, required=required, kind="integer")


def choice(
    name: str, title: str, synonyms: str, values: Mapping[str, str], *, required: bool = False
) -> Column:
    """Return a column of few words; `values` gives each with its spellings as a line."""
    choices = tuple(Choice(value, words(spellings)) for value, spellings in values.items())
    return Column(name, title, "choice", required, words(synonyms), choices=choices)


FOLDER = text(
    "folder",
    "Folder Name",
    "folder name, folder, visit name, visit, visit level, folder oid, event name, event",
)
# Reports look names of pages up in another sheet, and some are not found there (#N/A).
PAGE = replace(
    text(
        "page",
        "Data Page Name",
        "data page name, page name, form name, form, page, crf, crf name, form oid",
        required=True,
    ),
    lenient=True,
)
LOG_LINE = text(
    "log_line", "Log #", "log, log line, log number, log no, record position, record postion"
)
VISIT_DATE = day(
    "visit_date", "Visit Date", "visit date, date of visit, visit start date", lenient=True
)
ROLE = text("role", "Role", "role, job title, function role, position title", required=True)
FUNCTION = text("function", "Function", "function, service, functional area")
CURRENCY = text("currency", "Currency", "currency, currency code, ccy")
YES_NO = {"yes": "yes, y, true", "no": "no, n, false"}
