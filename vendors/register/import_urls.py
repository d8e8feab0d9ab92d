"""The two addresses of a list's import."""

from django.urls import URLPattern, path

from vendors.register.book import Book
from vendors.register.import_pages import import_list, import_preview


def import_addresses(folder: str, noun: str, book: Book) -> tuple[URLPattern, URLPattern]:
    """Return the addresses for sending a file of `book` and for looking at what it would do."""
    given = {"book": book}
    return (
        path(f"{folder}/import/", import_list, given, name=f"{noun}-import"),
        path(
            f"{folder}/import/<slug:token>/", import_preview, given, name=f"{noun}-import-preview"
        ),
    )
