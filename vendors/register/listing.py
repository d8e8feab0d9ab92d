"""A list as one asks for it: words to look for, filters, a column to sort by, fifty rows a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from vendors.register.filters import Filter, ShownFilter

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What an address asks of a list; `chosen` is every other word of it, filters among them."""

    words: str = ""
    sort: str = ""
    page: str = "1"
    chosen: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> "Wanted":
        """Read it from the address; PostgreSQL knows no NUL character in a text."""
        own = ("q", "sort", "page")
        return cls(
            words=str(parameters.get("q", "")).replace("\x00", "").strip()[:200],
            sort=str(parameters.get("sort", "")),
            page=str(parameters.get("page", "1")),
            chosen={key: str(parameters[key]) for key in parameters if key not in own},
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
    filters: tuple[ShownFilter, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Say whether words or a filter leave something out."""
        return bool(self.wanted.words) or any(one.chosen for one in self.filters)


@dataclass(frozen=True)
class Register:
    """How one list is asked: its headings, the fields searched for words, its filters."""

    columns: tuple[Column, ...]
    search: tuple[str, ...]
    filters: tuple[Filter, ...] = ()


def narrowed(queryset: "QuerySet[Any]", *, wanted: Wanted, register: Register) -> "QuerySet[Any]":
    """Search, filter and sort `queryset`: the rows of the list, all pages of it.

    A value that no filter offers keeps everything; an unknown sort is the first sortable column;
    ties stay in one order.
    """
    for word in wanted.words.split():
        queryset = queryset.filter(
            Q.create([(f"{name}__icontains", word) for name in register.search], connector=Q.OR)
        )
    for one in register.filters:
        condition = one.condition(wanted.chosen.get(one.key, ""))
        if condition is not None:
            queryset = queryset.filter(condition)
    key, descending = _order(wanted, register)
    sign = "-" if descending else ""
    fields = next(column.fields for column in register.columns if column.key == key)
    return queryset.order_by(*(sign + name for name in fields), "pk")


def listing(
    queryset: "QuerySet[Any]",
    *,
    wanted: Wanted,
    register: Register,
    to_row: Callable[[Any], Any],
) -> Listing:
    """Return one page of the list; two statements, and those its prefetches take."""
    ordered = narrowed(queryset, wanted=wanted, register=register)
    page = Paginator(ordered, ROWS_PER_PAGE).get_page(wanted.page)
    page.object_list = [to_row(row) for row in page.object_list]
    key, descending = _order(wanted, register)
    return Listing(
        page=page,
        headings=tuple(_heading(column, key, descending) for column in register.columns),
        wanted=wanted,
        filters=shown_filters(register, wanted),
    )


def shown_filters(register: Register, wanted: Wanted) -> tuple[ShownFilter, ...]:
    """Return the filters with something to choose, as a page shows them."""
    return tuple(_shown(one, wanted) for one in register.filters if len(one.choices) > 1)


def _order(wanted: Wanted, register: Register) -> tuple[str, bool]:
    sortable = [column.key for column in register.columns if column.key]
    key = wanted.sort.removeprefix("-")
    return (key, wanted.sort.startswith("-")) if key in sortable else (sortable[0], False)


def _shown(one: Filter, wanted: Wanted) -> ShownFilter:
    given = wanted.chosen.get(one.key, "")
    chosen = given if one.condition(given) is not None else ""
    return ShownFilter(one.key, one.label, one.choices, chosen)


def _heading(column: Column, key: str, descending: bool) -> Heading:
    current = bool(column.key) and column.key == key
    return Heading(
        label=column.label,
        next_sort=f"-{column.key}" if current and not descending else column.key,
        order=("descending" if descending else "ascending") if current else "",
        numeric=column.numeric,
    )
