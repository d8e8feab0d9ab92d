"""What a person sends from the page on which the reading of layouts is confirmed."""

from collections.abc import Mapping
from typing import Any

from kpis.engine.tables import LISTINGS, Column, ListingType
from kpis.models import Check
from kpis.submissions.profiles import Confirmation
from kpis.submissions.reading.profile import ColumnReading
from kpis.submissions.reading.units import units_of
from kpis.submissions.states import StepRefused

ORDERS = {"day-first", "month-first"}
SIGNS = {"point", "comma"}
UNREAD = ColumnReading().as_json()


def confirmations(sent: Mapping[str, Any], check: Check) -> list[Confirmation]:
    """Return how each sheet of `check` that was read is to be read; the selects are by sheet.

    A field that was not sent keeps what the check used. Raises StepRefused where two columns of
    ours name the same column of the file, or a choice is none of those offered.
    """
    found = []
    for place, sheet in enumerate(check.sheets):
        layout = sheet.get("layout")
        listing = sheet["listing"] or _one_of(sent, f"s{place}-listing", set(LISTINGS), "")
        if layout is None or not listing:
            continue
        columns = {
            column.name: _reading(sent, f"s{place}-{column.name}", column, layout)
            for column in LISTINGS[listing].columns
        }
        _refuse_twice(sheet["sheet"], LISTINGS[listing], columns)
        found.append(Confirmation(place, columns, listing))
    return found


def _reading(
    sent: Mapping[str, Any], field: str, column: Column, layout: Mapping[str, Any]
) -> ColumnReading:
    before, titles = layout["columns"].get(column.name, UNREAD), layout["titles"]
    stood = "" if before["place"] is None else str(before["place"])
    chosen = _one_of(sent, field, {str(number) for number in range(len(titles))}, stood)
    if not chosen:
        return ColumnReading()
    units = [unit for unit, _ in units_of(column)]
    values = {choice.value for choice in column.choices}
    words = dict.fromkeys([*before["spellings"], *layout["unknown"].get(column.name, [])])
    meant = {
        word: _one_of(sent, f"{field}-word-{number}", values, before["spellings"].get(word, ""))
        for number, word in enumerate(words)
    }
    return ColumnReading(
        header=titles[int(chosen)],
        place=int(chosen),
        unit=_one_of(sent, f"{field}-unit", set(units), before["unit"] or next(iter(units), "")),
        date_order=_one_of(sent, f"{field}-order", ORDERS, before["date_order"]),  # type: ignore[arg-type]  # one of ORDERS
        decimal_sign=_one_of(sent, f"{field}-sign", SIGNS, before["decimal_sign"]),  # type: ignore[arg-type]  # one of SIGNS
        spellings={word: value for word, value in meant.items() if value},
    )


def _one_of(sent: Mapping[str, Any], field: str, allowed: set[str], otherwise: str) -> str:
    value = str(sent.get(field, otherwise))
    if value and value not in allowed:
        raise StepRefused("A choice is none of those offered. Load the page again and choose anew.")
    return value


def _refuse_twice(sheet: str, listing: ListingType, columns: Mapping[str, ColumnReading]) -> None:
    titles: dict[int, str] = {}
    for name, reading in columns.items():
        if reading.place is None:
            continue
        title = listing.column(name).title
        if reading.place in titles:
            raise StepRefused(
                f"In {sheet} the column '{reading.header}' is chosen for both"
                f" '{titles[reading.place]}' and '{title}'. Choose one of the two."
            )
        titles[reading.place] = title
