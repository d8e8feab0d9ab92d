"""Example requests for a CRO's system, one for each scope that its people may upload for."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from kpis.due import asked_of, last_day
from kpis.engine.tables import LISTINGS
from kpis.selectors.scopes import Scope, scopes_of


@dataclass(frozen=True)
class Example:
    """One scope: its numbers, and the content of a request with one row left empty."""

    words: str
    engagement_id: int
    study_id: int | None
    listings: tuple[str, ...]
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
    content["listings"] = {name: [_row(name)] for name in names[:1]}
    return Example(
        words=str(scope),
        engagement_id=scope.engagement.pk,
        study_id=study_id,
        listings=tuple(f"{name} ({LISTINGS[name].title.lower()})" for name in names),
        content=json.dumps(content, indent=2),
    )


def _row(name: str) -> dict[str, str]:
    return {column.name: "…" for column in LISTINGS[name].columns if column.required}
