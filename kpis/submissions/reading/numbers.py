"""Text to numbers where a comma or a point may begin the decimals: told by the whole column."""

from typing import Literal

import pandas as pd

DecimalSign = Literal["", "point", "comma"]

SPACES = " '\u2019\u2009"
SHAPE = r"^[+-]?\d+(?:[.,]\d+)*$"
POINT_DECIMAL = (
    r"^[+-]?(?:\d{1,3}(?:,\d{3})+\.\d+|\d*\.(?:\d{1,2}|\d{4,})|\d{4,}\.\d+|0+\.\d+"
    r"|\d{1,3}(?:,\d{3}){2,})$"
)
COMMA_DECIMAL = (
    r"^[+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d*,(?:\d{1,2}|\d{4,})|\d{4,},\d+|0+,\d+"
    r"|\d{1,3}(?:\.\d{3}){2,})$"
)
COMMA_OR_THOUSANDS = r"^[+-]?\d{1,3},\d{3}$"
POINT_OR_THOUSANDS = r"^[+-]?\d{1,3}\.\d{3}$"


def read_numbers(
    texts: pd.Series, missing: pd.Series, sign: DecimalSign = ""
) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return Float64 values, the cells that are no number, and those that may be two numbers.

    '1,5' and '1,234.5' tell which sign begins the decimals of their column; '1,234' alone does
    not, and is not read until a person has said so. A point alone begins decimals.
    """
    bare = texts.str.replace(f"(?<=\\d)[{SPACES}](?=\\d)", "", regex=True)
    bare = bare.str.replace(r"\s?%$", "", regex=True)
    shaped = bare.str.match(SHAPE) & ~missing
    by_point = shaped & bare.str.match(POINT_DECIMAL)
    by_comma = shaped & bare.str.match(COMMA_DECIMAL)
    unclear = pd.Series(False, texts.index)
    if not sign:
        sign, unclear = _evidence(bare, by_point, by_comma)
        unclear &= shaped
    as_comma = bare.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    as_point = bare.str.replace(",", "", regex=False)
    chosen = as_comma if sign == "comma" else as_point
    # What tells by itself is read as it tells: a workbook's own numbers always have a point.
    chosen = chosen.mask(by_point, as_point).mask(by_comma, as_comma)
    good = shaped & ~unclear
    values = pd.to_numeric(chosen.where(good), errors="coerce").astype("Float64")
    return values, ~good & ~missing & ~unclear, unclear


def _evidence(
    bare: pd.Series, by_point: pd.Series, by_comma: pd.Series
) -> tuple[DecimalSign, pd.Series]:
    """Return the sign that the column's cells speak for, and the cells that stay open."""
    comma_or_thousands = bare.str.match(COMMA_OR_THOUSANDS) & ~by_comma & ~by_point
    if by_point.any() and not by_comma.any():
        return "point", comma_or_thousands & False
    if by_comma.any():
        point_or_thousands = bare.str.match(POINT_OR_THOUSANDS) & ~by_comma & ~by_point
        either = comma_or_thousands if by_point.any() else comma_or_thousands & False
        return "comma", either | point_or_thousands
    return "point", comma_or_thousands
