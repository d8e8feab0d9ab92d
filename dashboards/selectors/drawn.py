"""Pages drawn from a picture, kept while a reader of the same rows asks again.

A page follows from what its picture read and from nothing else. So it is kept under all of that:
the runs by their names, the duties, what came and was waived, the engagements in their words, the
day. Two readers share a page only where `visible_to` let the very same rows through for both.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from dashboards.selectors.picture import Picture

Page = TypeVar("Page")


class Drawn(Generic[Page]):
    """The last pages of one kind."""

    def __init__(self, draw: Callable[..., Page], *, most: int) -> None:
        self._draw, self._most = draw, most
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._writing = Lock()

    def __call__(self, shown: Picture, *more: Hashable) -> Page:
        """Return the page of a picture, drawn once; `more` is what else the page depends on."""
        key = (shown.read, *more)
        page = self._pages.get(key)
        if page is None:
            page = self._draw(shown, *more)
            with self._writing:
                self._pages[key] = page
                while len(self._pages) > self._most:
                    self._pages.popitem(last=False)
        return page
