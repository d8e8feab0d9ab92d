"""A list as one asks for it: words to look for, a column to sort by, fifty rows a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What an address asks of a list."""

    words: str = ""
    sort: str = ""
    page: str = "1"

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> "Wanted":
        """Read it from the address; PostgreSQL knows no NUL character in a text."""
        return cls(
            words=str(parameters.get("q", "")).replace("\x00", "").strip()[:200],
            sort=str(parameters.get("sort", "")),
            page=str(parameters.get("page", "1")),
        )


@dataclass(frozen=True)
class Column:
    """A heading; where it names fields, one can sort by it. `key` is its word in the address."""

    label: str
    key: str = ""
    fields: tuple[str, ...] = ()
    numeric: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading as shown: `next_sort` is what a click asks for, `order` how it stands now."""

    label: str
    next_sort: str
    order: str
    numeric: bool


@dataclass(frozen=True)
class Listing:
    """One page of a list; `page` is Django's, holding plain rows."""

    page: "Page[Any]"
    headings: tuple[Heading, ...]
    wanted: Wanted


def listing(
    queryset: "QuerySet[Any]",
    *,
    wanted: Wanted,
    columns: tuple[Column, ...],
    search: tuple[str, ...],
    to_row: Callable[[Any], Any],
) -> Listing:
    """Search, sort and cut `queryset`; two statements, and those its prefetches take.

    An unknown sort is the first sortable column; ties stay in one order.
    """
    for word in wanted.words.split():
        queryset = queryset.filter(
            Q.create([(f"{field}__icontains", word) for field in search], connector=Q.OR)
        )
    sortable = {column.key: column for column in columns if column.key}
    key, descending = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    if key not in sortable:
        key, descending = next(iter(sortable)), False
    sign = "-" if descending else ""
    ordered = queryset.order_by(*(sign + field for field in sortable[key].fields), "pk")
    page = Paginator(ordered, ROWS_PER_PAGE).get_page(wanted.page)
    page.object_list = [to_row(row) for row in page.object_list]
    return Listing(
        page=page,
        headings=tuple(_heading(column, key, descending) for column in columns),
        wanted=wanted,
    )


def _heading(column: Column, key: str, descending: bool) -> Heading:
    current = bool(column.key) and column.key == key
    return Heading(
        label=column.label,
        next_sort=f"-{column.key}" if current and not descending else column.key,
        order=("descending" if descending else "ascending") if current else "",
        numeric=column.numeric,
    )
