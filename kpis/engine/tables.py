"""The listings a CRO may send: their columns, types, keys and meaning.

Pure data. How a column is found in a file and how a cell becomes a value lives in
kpis/submissions/reading; what is computed from a listing lives in kpis/catalogue.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "date", "datetime", "choice"]
Semantics = Literal["stock", "ledger"]

# Read as "no value" in an optional column only. "NA" is absent on purpose: it is Namibia.
MISSING_TOKENS = frozenset({"", "-", "–", "—", "n/a", "N/A", "TBC"})

# Every row of a typed table says where it came from.
PROVENANCE = ("file", "sheet", "row")


@dataclass(frozen=True)
class Choice:
    """One accepted value and the spellings that mean it (compared without case)."""

    value: str
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column of a listing.

    `synonyms` are header words in order of preference, compared without case, spaces and
    signs. `required` means that the column must be there and that no cell may be blank.
    `filled_from` names the listing that supplies the column where a file leaves it out.
    """

    name: str
    title: str
    kind: Kind
    required: bool
    synonyms: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    filled_from: str | None = None


@dataclass(frozen=True)
class ListingType:
    """One kind of listing.

    A stock lists what exists at the cut-off, a ledger everything that ever happened.
    `telltale` columns set this listing apart from others about the same sites and
    participants; a sheet is recognised when it has `telltales_needed` of them.
    `duplicates` says whether rows with the same key are refused or counted.
    """

    name: str
    title: str
    semantics: Semantics
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    engine_order: tuple[str, ...]
    duplicates: Literal["refused", "counted"]
    telltale: frozenset[str]
    telltales_needed: int

    def column(self, name: str) -> Column:
        """Return the column called `name`; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a comma-separated line."""
    return tuple(word.strip() for word in text.split(","))


STUDY = Column(
    "study",
    "Study",
    "text",
    False,
    _words(
        "study, study name, study id, study number, protocol number, protocol name, "
        "protocol, protocol id, project name, project, trial"
    ),
)
REGION = Column("region", "Region", "text", False, ("region", "geography"))
COUNTRY = Column(
    "country",
    "Country",
    "text",
    False,
    ("country", "country code", "country name", "site country"),
    filled_from="participants",
)
SITE = Column(
    "site",
    "Site Number",
    "text",
    True,
    _words(
        "site number, site id, site no, site nr, site code, study site number, centre "
        "number, center number, centre, center, site, site name"
    ),
    filled_from="participants",
)
PARTICIPANT = Column(
    "participant",
    "Subject Name",
    "text",
    True,
    _words(
        "subject name, subject nsv, subject id, subject number, subject no, subject, "
        "participant number, participant id, participant, patient id, patient number, "
        "patient, screening number"
    ),
)

QUERIES = ListingType(
    name="queries",
    title="Data queries",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        Column(
            "folder",
            "Folder Name",
            "text",
            False,
            ("folder name", "folder", "folder oid", "visit name", "visit", "event name", "event"),
        ),
        Column(
            "form",
            "Form",
            "text",
            False,
            ("form", "form name", "form oid", "crf", "crf name", "page name", "page"),
        ),
        Column(
            "field",
            "Field OID",
            "text",
            False,
            ("field oid", "field", "field name", "item oid", "item", "item name", "variable"),
        ),
        Column(
            "log_line",
            "Log #",
            "text",
            False,
            ("log", "log number", "log line", "log no", "record position", "record number"),
        ),
        Column(
            "state",
            "Query Status",
            "choice",
            True,
            ("query status", "query state", "status of query", "status", "state"),
            choices=(
                Choice("open", ("open", "opened", "new", "reopened", "re-opened")),
                Choice("answered", ("answered", "responded")),
                Choice("closed", ("closed", "resolved", "cancelled", "canceled")),
            ),
        ),
        Column("action_owner", "Action Owner", "text", False, ("action owner", "owner")),
        Column(
            "marking_group",
            "Marking Group Name",
            "text",
            False,
            ("marking group name", "marking group", "query group", "query type"),
        ),
        Column(
            "opened_at",
            "Query Open Date",
            "datetime",
            True,
            _words(
                "query open date, query opened date, query opened, open date, opened date, "
                "opened on, opened at, opened, date opened, query created date, query "
                "creation date, creation date, created date, date created, created on, "
                "created"
            ),
        ),
        Column(
            "answered_at",
            "Query Response Date",
            "datetime",
            False,
            _words(
                "query response date, response date, query answered date, answered date, "
                "answer date, answered on, answered at, date answered, answered"
            ),
        ),
        Column(
            "closed_at",
            "Query Close Date",
            "datetime",
            False,
            _words(
                "query close date, query closed date, close date, closed date, closed on, "
                "closed at, date closed, closed, resolved date, resolution date, date "
                "resolved, resolved"
            ),
        ),
        Column(
            "reported_age",
            "# Days Since Open",
            "integer",
            False,
            _words(
                "days since open, days since opened, days open, query age days, query age, "
                "age in days, age days, age"
            ),
        ),
        Column(
            "extracted_on",
            "Data Extraction Date",
            "date",
            False,
            _words(
                "data extraction date, extraction date, extract date, data cut off date, cut "
                "off date, report date"
            ),
        ),
    ),
    key=_words("site, participant, folder, form, field, log_line, marking_group, opened_at"),
    engine_order=("site", "opened_at"),
    duplicates="refused",
    telltale=frozenset(
        {"state", "opened_at", "answered_at", "marking_group", "field", "log_line", "reported_age"}
    ),
    telltales_needed=3,
)

PARTICIPANTS = ListingType(
    name="participants",
    title="Participants",
    semantics="stock",
    columns=(STUDY, COUNTRY, SITE, PARTICIPANT),
    key=("participant",),
    engine_order=("site", "participant"),
    duplicates="refused",
    telltale=frozenset({"site", "participant"}),
    telltales_needed=2,
)

LISTINGS: dict[str, ListingType] = {listing.name: listing for listing in (QUERIES, PARTICIPANTS)}
