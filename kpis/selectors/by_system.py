"""Example requests for a CRO's system, one for each scope that its people may upload for."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.due import asked_of, last_day
from kpis.engine.tables import LISTINGS, Column
from kpis.selectors.scopes import Scope, scopes_of


@dataclass(frozen=True)
class Example:
    """One scope: its numbers, its listings (name, title), and a request with one made-up row."""

    words: str
    sponsor_id: int
    engagement_id: int
    study_id: int | None
    listings: tuple[tuple[str, str], ...]
    content: str


def examples(user: Any, *, on: date, month: date) -> tuple[Example, ...]:
    """Return the examples for what is due for the month."""
    return tuple(_example(scope, month) for scope in scopes_of(user, on=on))


def _example(scope: Scope, month: date) -> Example:
    study_id = scope.study.pk if scope.study else None
    due = asked_of(scope.engagement, study_id, on=month)
    names = tuple(name for name in LISTINGS if due and name in due.listings)
    content: dict[str, Any] = {"engagement": scope.engagement.pk}
    if study_id is not None:
        content["study"] = study_id
    content["data_cutoff_date"] = last_day(month).isoformat()
    shown = "queries" if "queries" in names else names[0] if names else ""
    content["listings"] = {shown: [_row(shown)]} if shown else {}
    return Example(
        words=str(scope),
        sponsor_id=scope.engagement.sponsor_id,
        engagement_id=scope.engagement.pk,
        study_id=study_id,
        listings=tuple((name, LISTINGS[name].title) for name in names),
        content=json.dumps(content, indent=2, ensure_ascii=False),
    )


def _row(name: str) -> dict[str, str | int]:
    """Return a made-up row with the columns that every row needs."""
    return {column.name: _value(column) for column in LISTINGS[name].columns if column.required}


def _value(column: Column) -> str | int:
    if column.choices:
        return column.choices[0].value
    if column.kind in {"date", "datetime"}:
        return "2025-01-31"
    return 1 if column.kind in {"integer", "number"} else f"a {column.title.lower()}"
