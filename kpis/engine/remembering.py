"""Asking the same tables the same question once.

Forty KPIs at three levels ask a listing much the same: to which site a row belongs, which rows a
condition keeps, which days lie in the period. Inside `remembering()` an answer is kept until the
block ends; outside it nothing is kept. A question is known by the very objects that were asked,
tables and parameters, so none of them may be changed in the block.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from kpis.engine.shapes import Window

P = ParamSpec("P")
T = TypeVar("T")

_memory: ContextVar[dict[Any, tuple[Any, Any]] | None] = ContextVar("memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Keep answers until the end of the block."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Have a function without side effects answer the same question once; callers change nothing.

    Texts, tuples and windows are the same when they are equal, tables by name when each is the
    same object, anything else when it is the same object.
    """

    @wraps(function)
    def asked(*things: P.args, **named: P.kwargs) -> T:
        memory = _memory.get()
        if memory is None or named:
            return function(*things, **named)
        key = (function, *map(_known, things))
        if key not in memory:
            # What was asked is held, so that no other object gets its identity meanwhile.
            memory[key] = (things, function(*things, **named))
        answer: T = memory[key][1]
        return answer

    return asked


def _known(thing: Any) -> Any:
    if isinstance(thing, dict):
        return tuple((name, id(table)) for name, table in thing.items())
    # Of what can be hashed, these are small, and made anew for each question.
    return thing if isinstance(thing, str | tuple | Window) else id(thing)
