"""Which column of a layout may be one that was not found: a proposal, for a person to confirm."""

import difflib
from collections.abc import Mapping
from typing import Any

from kpis.engine.tables import Column
from kpis.submissions.reading.contents import fit
from kpis.submissions.reading.profile import word_of

ALIKE = 0.7


def proposal(column: Column, layout: Mapping[str, Any]) -> int | None:
    """Return the place of the one unused title that may be `column`; None for none or several.

    Its words are nearly one of the column's; or, where every row needs the column, its cells are
    the only ones left that the column could hold.
    """
    used = {reading["place"] for reading in layout["columns"].values()}
    free = [place for place in range(len(layout["titles"])) if place not in used]
    known = [word_of(words) for words in (column.title, *column.synonyms)]
    alike = [
        place
        for place in free
        if difflib.get_close_matches(word_of(layout["titles"][place]), known, 1, ALIKE)
    ]
    if len(alike) == 1:
        return alike[0]
    if not column.required or column.kind in {"text", "integer", "number"}:
        return None
    fitting = [place for place in free if fit(layout["samples"][place], column) == 1]
    return fitting[0] if len(fitting) == 1 else None
