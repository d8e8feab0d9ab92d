"""Reading what a list's download holds."""

import csv
import io
from typing import Any

from django.urls import reverse
from openpyxl import load_workbook

from oversight.accounts.models import User
from tests.vendors.browsing import signed_in

Row = dict[str, str]


def downloaded(user: User, name: str, /, **parameters: str) -> bytes:
    """Return the bytes of a download that `user` may have."""
    response = signed_in(user).get(reverse(name), parameters)
    assert response.status_code == 200, response.status_code
    return bytes(response.getvalue())


def csv_rows(content: bytes) -> list[Row]:
    """Return the rows of a CSV file by heading."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def sheet(content: bytes) -> Any:
    """Return the one sheet of a workbook."""
    book = load_workbook(io.BytesIO(content))
    assert len(book.worksheets) == 1
    return book.worksheets[0]
