"""A short way to describe a table of our own: no header words, nothing to recognise."""

from kpis.engine.listing import Column, ListingType

HERE = ("Kept by this application",)


def own_table(
    name: str, title: str, columns: tuple[Column, ...], *, key: tuple[str, ...], why: str
) -> ListingType:
    """Return the table; `why` says in one sentence what it is needed for."""
    return ListingType(
        name=name,
        title=title,
        semantics="ledger",
        columns=columns,
        key=key,
        engine_order=key,
        duplicates="refused",
        telltale=frozenset(),
        telltales_needed=0,
        why=why,
        found_in=HERE,
    )
