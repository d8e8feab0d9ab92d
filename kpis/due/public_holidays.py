"""Public holidays of a country, from the calendars of the `holidays` package.

National holidays only: a region's own day (a canton's, a state's) moves no due day, because neither
party records a region.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from holidays import country_holidays
from holidays.registry import COUNTRIES

# Countries that a sentence calls "the …".
WITH_ARTICLE = frozenset({"AE", "BS", "GB", "NL", "PH", "US"})


@dataclass(frozen=True)
class Holiday:
    """A public holiday, in English: 8 May 2026, Victory Day, France."""

    day: date
    name: str
    country: str

    @property
    def words(self) -> str:
        """Return it as a sentence without a full stop."""
        return f"{self.day:%-d %B} is a public holiday in {self.country} ({self.name})"


@cache
def country_code(text: str) -> str:
    """Return the two-letter code of a country by name or code, "" where no calendar knows it.

    Case, blanks and a leading "the" do not count: "the United States", "USA", "us".
    """
    wanted = _letters(text)
    return _codes().get(wanted) or _codes().get(wanted.removeprefix("the"), "")


@cache
def holidays_of(code: str, year: int) -> Mapping[date, Holiday]:
    """Return the public holidays of a country (two letters) in a year, by day."""
    spoken = country_holidays(code, years=year)
    if "en_US" in (getattr(spoken, "supported_languages", None) or ()):
        spoken = country_holidays(code, years=year, language="en_US")
    return {day: Holiday(day, name, _names()[code]) for day, name in spoken.items()}


@cache
def _codes() -> Mapping[str, str]:
    """Every spelling that the package lists, in lower-case letters only, to the code."""
    return {
        spelling: codes[1]
        for key, codes in COUNTRIES.items()
        for spelling in (_letters(key), *(_letters(one) for one in codes))
    }


@cache
def _names() -> Mapping[str, str]:
    """Each code's name as one writes it: "United States"."""
    found = {codes[1]: key.replace("_", " ").title() for key, codes in COUNTRIES.items()}
    return {code: f"the {name}" if code in WITH_ARTICLE else name for code, name in found.items()}


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalpha())
