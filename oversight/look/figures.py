"""Numbers as text: separators, decimals, units, the minus sign.

Rounding happens here and nowhere earlier, so that a value is compared with its limit before it is
shortened for display. What unit a KPI has is said in its definition, not here.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
NO_VALUE = "\u2013"

Number = int | float | Decimal

# A definition names its unit by symbol ("%", "d"); a template may write the word.
SYMBOLS = {"percent": "%", "days": "d", "hours": "h", "count": "n"}
# What stands behind a figure of each unit. A unit not listed stands behind it as written.
SUFFIXES = {"n": "", "ratio": "", "share": "%"}
# The least and the most decimals of each unit.
DECIMALS = {"%": (1, 1), "share": (1, 1), "points": (1, 1), "ratio": (2, 2), "n": (0, 0)}


def figure_text(value: Number | None, unit: str = "") -> str:
    """Say a value with its unit: 18.4 and "%" → "18.4 %".

    "%" is given in hundredths already (18.4), "share" as a part of one (0.184). Days, hours and
    unknown units get one decimal only where the value is not whole. None and NaN → "–".
    """
    number = _decimal(value)
    if number is None:
        return NO_VALUE
    unit = SYMBOLS.get(unit, str(unit))
    if unit == "share":
        number *= 100
    least, most = DECIMALS.get(unit, (0, 1))
    suffix = SUFFIXES.get(unit, unit)
    digits = _digits(number, least, most)
    return f"{digits}{NO_BREAK_SPACE}{suffix}" if suffix else digits


def count_text(value: Number | None) -> str:
    """Say a whole number with thousands separators: 2239 → "2,239"."""
    return figure_text(value, "count")


def days_text(value: Number | None) -> str:
    """Say a number of days in words: 94 → "94 days", 1 → "1 day"."""
    number = _decimal(value)
    if number is None:
        return NO_VALUE
    digits = _digits(number, 0, 1)
    return f"{digits}{NO_BREAK_SPACE}{'day' if digits in ('1', MINUS + '1') else 'days'}"


def size_text(value: int | None) -> str:
    """Say a file size in steps of 1,000: 2400000 → "2.4 MB"."""
    if value is None:
        return NO_VALUE
    if value < 1000:
        return f"{value}{NO_BREAK_SPACE}bytes"
    for unit, power in (("kB", 3), ("MB", 6), ("GB", 9)):
        amount = Decimal(value).scaleb(-power)
        if unit == "GB" or amount.quantize(Decimal("0.1"), ROUND_HALF_UP) < 1000:
            break
    return f"{_digits(amount, 1, 1)}{NO_BREAK_SPACE}{unit}"


def _decimal(value: Number | None) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _digits(number: Decimal, least: int, most: int) -> str:
    """Round half up to `most` decimals; drop a lone zero where `least` allows it."""
    rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    places = least if rounded == rounded.to_integral_value() else most
    text = f"{abs(rounded):,.{places}f}"
    return MINUS + text if rounded < 0 else text
