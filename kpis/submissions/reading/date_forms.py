"""The forms in which text says a date, each of one meaning, and those whose order is open.

Every function takes a series of texts and returns datetime64[us] without time zone for
those it can read; a stated offset is converted to UTC.
"""

import pandas as pd

from kpis.submissions.reading.months import month_of

ISO = (
    r"^\d{4}-\d{2}-\d{2}"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$"
)
COMPACT = r"^((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)$"
TIME = (
    r"(?:(?:[ T:]|, ?)\s*(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?)"
    r"(?: ?(?:UTC|GMT|Z))?)?"
)
WEEKDAY = r"(?:[^\W\d_]{2,10}\.?, ?)?"
WORD = r"([^\W\d_]{3,10})\.?"
DAY_NAME_YEAR = rf"^{WEEKDAY}(\d{{1,2}})\.?[ -/]?\s?{WORD}[ -/,]?\s?(\d{{4}}|\d{{2}}){TIME}$"
NAME_DAY_YEAR = rf"^{WEEKDAY}{WORD}[ -/]?\s?(\d{{1,2}})(?:st|nd|rd|th)?[ -/,]\s?(\d{{4}}){TIME}$"
YEAR_NAME_DAY = rf"^(\d{{4}})[ -/]?{WORD}[ -/]?(\d{{1,2}}){TIME}$"
YEAR_FIRST = rf"^(\d{{4}})([/.-])(\d{{1,2}})\2(\d{{1,2}}){TIME}$"
NUMERIC = rf"^(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){TIME}$"
# A year of two digits after a month's name: 00 to 69 are this century, as spreadsheets take them.
CENTURY_TURNS = 70


def of_one_meaning(texts: pd.Series) -> pd.Series:
    """Read every text whose form leaves no choice: ISO, year first, or the month by its name."""
    found = [_to_datetime(texts[texts.str.match(ISO)])]
    rest = texts.drop(found[0].index)
    for read in (_compact, _year_first, _day_name_year, _name_day_year, _year_name_day):
        if rest.empty:
            break
        found.append(read(rest))
        rest = rest.drop(found[-1].index)
    return pd.Series(pd.concat(found))


def numeric_parts(texts: pd.Series) -> pd.DataFrame:
    """Return first number, separator, second number, year and time of texts such as 03/04/2025."""
    return texts.str.extract(NUMERIC).dropna(subset=[0])


def compose(year: pd.Series, month: pd.Series, day: pd.Series, time: pd.Series) -> pd.Series:
    """Return dates from their parts; those that do not exist are left out."""
    dates = _to_datetime(year + "-" + month.str.zfill(2) + "-" + day.str.zfill(2))
    times = time.reindex(dates.index).dropna()
    if times.empty:
        return dates
    spoken = times.str.replace(".m", "m", case=False, regex=False).str.replace(
        r"(?<=[mM])\.$", "", regex=True
    )
    clock = pd.to_datetime("2000-01-01 " + spoken, format="mixed", errors="coerce")
    offset = (clock - pd.Timestamp("2000-01-01")).reindex(dates.index)
    offset = offset.mask(offset.isna() & ~dates.index.isin(times.index), pd.Timedelta(0))
    return (dates + offset).astype("datetime64[us]").dropna()


def _to_datetime(texts: pd.Series) -> pd.Series:
    plain = texts.str.replace(",", ".").str.replace(r"\s?(?:UTC|GMT)$", "Z", regex=True)
    parsed = pd.to_datetime(plain, format="ISO8601", errors="coerce", utc=True)
    return pd.Series(parsed.dt.tz_localize(None).astype("datetime64[us]").dropna())


def _compact(texts: pd.Series) -> pd.Series:
    parts = texts.str.extract(COMPACT).dropna(subset=[0])
    nothing = pd.Series(pd.NA, parts.index, "object")
    return compose(parts[0], parts[1], parts[2], nothing)


def _year_first(texts: pd.Series) -> pd.Series:
    parts = texts.str.extract(YEAR_FIRST).dropna(subset=[0])
    return compose(parts[0], parts[2], parts[3], parts[4])


def _day_name_year(texts: pd.Series) -> pd.Series:
    parts = texts.str.extract(DAY_NAME_YEAR).dropna(subset=[0])
    return _named(parts[2], parts[1], parts[0], parts[3])


def _name_day_year(texts: pd.Series) -> pd.Series:
    parts = texts.str.extract(NAME_DAY_YEAR).dropna(subset=[0])
    return _named(parts[2], parts[0], parts[1], parts[3])


def _year_name_day(texts: pd.Series) -> pd.Series:
    parts = texts.str.extract(YEAR_NAME_DAY).dropna(subset=[0])
    return _named(parts[0], parts[1], parts[2], parts[3])


def _named(year: pd.Series, month: pd.Series, day: pd.Series, time: pd.Series) -> pd.Series:
    numbers = month.map({word: f"{month_of(word) or 0:02d}" for word in month.unique()})
    return compose(year.map({text: _whole(text) for text in year.unique()}), numbers, day, time)


def _whole(year: str) -> str:
    if len(year) > len("25"):
        return year
    return f"20{year}" if int(year) < CENTURY_TURNS else f"19{year}"
