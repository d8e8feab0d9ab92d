"""The mark by which a workbook of ours is known again: which version, and what it was made for.

It stands as text on the cover and on the hidden lists, where a spreadsheet keeps it as it is.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kpis.engine.tables import ListingType

LAYOUT = 1  # raised when sheets are laid out otherwise
NAME = "oversight-template"
FORM = re.compile(
    rf"^{NAME}; sheet=(\w+); version=([\w.]+); engagement=(\d+); study=(\d*); "
    r"period=(\d{4})-(0[1-9]|1[0-2]); about=(.*)$",
    re.DOTALL,
)
COVER, DEFINITIONS, LISTS = "cover", "definitions", "lists"
LAST_MONTH = "Last month: "  # begins the titles of the grey columns, which are not read
CUTOFF_LABEL = "Data cut-off date"
FORBIDDEN_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")


@dataclass(frozen=True)
class Mark:
    """What a workbook was made for; `study_id` is None where it spans studies."""

    version: str
    engagement_id: int
    study_id: int | None
    period_start: date
    about: str

    def text(self, sheet: str) -> str:
        """Return the mark as it stands on one of our sheets."""
        return (
            f"{NAME}; sheet={sheet}; version={self.version}; engagement={self.engagement_id}; "
            f"study={self.study_id or ''}; period={self.period_start:%Y-%m}; about={self.about}"
        )


def read_mark(text: object) -> tuple[str, Mark] | None:
    """Return the sheet's kind and the mark; None for any other text."""
    found = FORM.match(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    sheet, version, engagement, study, year, month, about = found.groups()
    if len(engagement) > 18 or len(study) > 18 or year == "0000":
        return None
    period = date(int(year), int(month), 1)
    return sheet, Mark(version, int(engagement), int(study) if study else None, period, about)


def version_of(listings: Iterable[ListingType]) -> str:
    """Return the version of a template with these listings: it changes when one of them does."""
    content = [
        [
            listing.name,
            [
                [column.name, column.title, column.kind, column.required]
                + [choice.value for choice in column.choices]
                for column in listing.columns
            ],
        ]
        for listing in sorted(listings, key=lambda one: one.name)
    ]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    return f"{LAYOUT}.{digest[:6]}"


def sheet_name(listing: ListingType) -> str:
    """Return the name of a listing's sheet: at most 31 characters, as spreadsheets want it."""
    return listing.title.translate(FORBIDDEN_IN_NAMES)[:31].strip()
