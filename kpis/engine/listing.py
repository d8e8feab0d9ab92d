"""What a listing type is: its columns, key and meaning, as plain frozen data.

The listing types themselves are in `listings`, one file each. How a column is found in a file and
how a cell becomes a value lives in kpis/submissions/reading.
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
class Measure:
    """The unit in which a column's numbers are kept, and the other units a sender may use.

    `factors` are (spelling, factor) pairs, spellings compared without case: a number in that unit
    times its factor is the number in `name`, which is among them with the factor 1.
    """

    name: str
    factors: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Column:
    """One column of a listing.

    `synonyms` are header words in order of preference, compared without case, spaces and
    signs. `required` means that the column must be there and that no cell may be blank.
    `filled_from` names the listing that supplies the column where a file leaves it out. In a
    `lenient` column a date that does not exist, a word that is none of the choices, or an Excel
    error is left out with a warning: a sender cannot mend what the site entered. `names_people`
    means that the column is meant for names of investigators or staff; a name of a person anywhere
    else is personal data. `unit` is given where numbers have one.
    """

    name: str
    title: str
    kind: Kind
    required: bool
    synonyms: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    filled_from: str | None = None
    lenient: bool = False
    names_people: bool = False
    unit: Measure | None = None


@dataclass(frozen=True)
class ListingType:
    """One kind of listing.

    A stock lists what exists at the cut-off, a ledger everything that ever happened.
    `telltale` columns set this listing apart from others about the same sites and
    participants; a sheet is recognised when it has `telltales_needed` of them.
    `duplicates` says whether rows with the same key are refused or counted; counted ones
    are warned about. A sheet with one of the header words `foreign` is another report. A
    `plain` listing is also taken from a sheet with its required columns alone, where no other
    sheet is recognised. `sheet_names` are words of sheet and file names that speak for the listing
    and prove nothing. `why` says in one sentence what the listing is needed for. `found_in` names
    the exports of well-known systems that hold it, `lacks` the columns that one of them leaves out
    in every file seen of it.
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
    foreign: tuple[str, ...] = ()
    plain: bool = False
    sheet_names: tuple[str, ...] = ()
    why: str = ""
    found_in: tuple[str, ...] = ()
    lacks: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def lacking(self, export: str, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Return which of these columns an export is known to leave out."""
        left_out = dict(self.lacks).get(export, ())
        return tuple(name for name in columns if name in left_out)

    def column(self, name: str) -> Column:
        """Return the column called `name`; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def words(text: str) -> tuple[str, ...]:
    """Return the words of a comma-separated line."""
    return tuple(word.strip() for word in text.split(","))
