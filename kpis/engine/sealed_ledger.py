"""A ledger of a sealed table, read piece by piece; of its rows only those that ever stand.

The same cases as `ageing.ledger` finds in a table in memory, for the cut-offs that are asked for.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from kpis.engine.ageing import AgeingParameters, counted
from kpis.engine.ledger import LEFT_BEFORE, NEVER_LEFT, NEVER_OPENED, Ledger, standing_at_any
from kpis.engine.sealed import Source, day_numbers, each_piece, places
from kpis.engine.shapes import Array, Key
from kpis.engine.times import day_number

Part = tuple[list[Key], Array, Array, Array]


def sealed_ledger(
    source: Source, parameters: AgeingParameters, *, by: Sequence[str], cutoffs: Sequence[date]
) -> tuple[tuple[Key, ...], Ledger]:
    """Return the units of a sealed table, sorted, and its cases that stand at one of `cutoffs`.

    Raises KeyError for a column that the table does not have.
    """
    conditions = (*(parameters.where or ()), *(parameters.unless or ()))
    days = np.unique([day_number(cutoff) for cutoff in cutoffs])

    def work(piece: pa.RecordBatch) -> Part:
        opened = day_numbers(piece.column(parameters.opened), missing=NEVER_OPENED)
        left = _left(piece, parameters)
        stock = standing_at_any(opened, left, days)
        if conditions:
            words = piece.select(conditions).take(pa.array(stock)).to_pandas()
            stock = stock[counted(words, parameters)]
        keys, units = _units(piece, by, stock)
        return keys, units, opened[stock], left[stock]

    state = {parameters.state} if parameters.state else set()
    parts = each_piece(
        source,
        texts={*by, *conditions, *state},
        times=(parameters.opened, parameters.closed),
        work=work,
    )
    return _joined(parts, all_together=not by)


def _joined(parts: Sequence[Part], *, all_together: bool) -> tuple[tuple[Key, ...], Ledger]:
    keys = sorted({key for part in parts for key in part[0]} | ({()} if all_together else set()))
    position = {key: place for place, key in enumerate(keys)}
    own = [np.array([position[key] for key in part[0]], int)[part[1]] for part in parts]
    nothing = np.zeros(0, np.int32)
    units = np.concatenate([nothing, *own])
    opened, left = (np.concatenate([nothing, *(part[of] for part in parts)]) for of in (2, 3))
    return tuple(keys), Ledger(units, opened, left, len(keys))


def _left(piece: pa.RecordBatch, parameters: AgeingParameters) -> Array:
    """Return the leaving days; what is reported closed without a day had left before any."""
    left = day_numbers(piece.column(parameters.closed), missing=NEVER_LEFT)
    if parameters.state:
        words, place = places(piece.column(parameters.state))
        undated = np.flatnonzero(left == NEVER_LEFT)
        closed = np.array([word == "closed" for word in words])
        left[undated[closed[place[undated]]]] = LEFT_BEFORE
    return left


def _units(piece: pa.RecordBatch, by: Sequence[str], stock: Array) -> tuple[list[Key], Array]:
    """Return the units of all rows, and for each row of `stock` the position of its own.

    In engine order equal rows stand together, so that few are left to sort.
    """
    code, spellings = np.zeros(len(piece), np.int64), []
    for name in by:
        words, place = places(piece.column(name))
        code *= len(words)
        code += place
        spellings.append(words)
    changes = np.flatnonzero(code[1:] != code[:-1]) + 1
    distinct = np.unique(np.append(code[:1], code[changes]))
    keys = [_key(number, spellings) for number in distinct.tolist()]
    return keys, np.searchsorted(distinct, code[stock])


def _key(number: int, spellings: Sequence[Sequence[str]]) -> Key:
    key: Key = ()
    for words in reversed(spellings):
        number, place = divmod(number, len(words))
        key = (words[place], *key)
    return key
