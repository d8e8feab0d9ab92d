"""What CROs really send wrong, uploaded through the page: a sentence, and nothing half-stored."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kpis.models import Submission, SubmittedFile
from kpis.tasks import check_submission
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import GOOD, GOOD_ROWS, HEADER, csv_bytes
from tests.people import World

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def workbook(*rows: str, above: int = 0, change: Callable[..., None] | None = None) -> bytes:
    """Return a workbook with the good header and `rows`, under `above` banner rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(above):
        sheet.append(["Query report of Study 1"])
    for line in (HEADER, *(rows or GOOD_ROWS)):
        sheet.append([cell or None for cell in line.split(",")])
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zeros_in_a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    return out.getvalue()


def formula(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet["K2"] = "=TODAY()-10"


def merged(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet.merge_cells("A1:M1")


def two_storeys(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet.insert_rows(1)
    sheet["A1"], sheet["I1"] = "Where", "Query"
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("I1:M1")


def without(title: str) -> bytes:
    place = HEADER.split(",").index(title)
    lines = [line.split(",") for line in (HEADER, *GOOD_ROWS)]
    return "\n".join(",".join(c[:place] + c[place + 1 :]) for c in lines).encode()


SEMICOLONS = "\n".join([HEADER, *GOOD_ROWS]).replace(",", ";").replace(";10", ";10,0")
TOTALS = "Total,,,,,,,3,,,,,"
CLOSED = HEADER.replace("Query Response Date", "Query Close Date")
CLOSED_ROW = GOOD_ROWS[1].replace("Answered", "Closed").replace("2025-10-20", "2025-10-01")

REFUSED = {
    "not a workbook": ("a.xlsx", b"%PDF-1.7 ...", "a PDF"),
    "empty inside": ("a.csv", b"\n\n", "The listing asked for was not found"),
    "password": (
        "a.xlsx",
        OLE2 + "EncryptedPackage".encode("utf-16-le") + bytes(64),
        "The file is protected by a password",
    ),
    "old Excel": ("a.xls", OLE2, "Old Excel format"),
    "zip bomb": ("a.xlsx", zeros_in_a_zip(), "The file unpacks to far more than it should"),
    "cut off on the way": ("a.xlsx", workbook()[:3000], "The file is incomplete"),
    "missing column": ("a.csv", without("Query Status"), "A column is missing"),
    "doubled column": (
        "a.csv",
        csv_bytes(
            *(f"{row},2025-01-0{place}" for place, row in enumerate(GOOD_ROWS, 1)),
            header=f"{HEADER},Query Open Date",
        ),
        "Two columns have the same name",
    ),
    "misspelt column": (
        "a.csv",
        csv_bytes(*GOOD_ROWS, header=HEADER.replace("Query Status", "Qurey Statsu")),
        "A column name is not known",
    ),
    "formula without value": (
        "a.xlsx",
        workbook(change=formula),
        "A formula has no stored value",
    ),
    "closed before opened": (
        "a.csv",
        csv_bytes(GOOD_ROWS[0], CLOSED_ROW, header=CLOSED),
        "Closed before it was opened",
    ),
    "another study's file": (
        "a.csv",
        GOOD.replace(b"Study 1", b"XYZ-999"),
        "The file names another study",
    ),
}

TAKEN = {
    "cp1252, semicolons, decimal commas": ("a.csv", SEMICOLONS.encode("cp1252"), 3),
    "banner rows": ("a.xlsx", workbook(above=3), 3),
    "merged banner": ("a.xlsx", workbook(above=1, change=merged), 3),
    "two storeys": ("a.xlsx", workbook(change=two_storeys), 3),
    "totals row": ("a.csv", csv_bytes(*GOOD_ROWS, TOTALS), 3),
}


def send(world: World, name: str, content: bytes) -> tuple[Submission, str]:
    """Upload through the page, check as the worker does; return what the page then says."""
    ada = browser(world.ada)
    answer = ada.post(
        reverse("kpis:submission-create"),
        {
            "scope": f"{world.study.pk}-{world.alpha_engagement.pk}",
            "data_cutoff_date": "2025-11-14",
            "uploads": [SimpleUploadedFile(name, content)],
        },
    )
    assert answer.status_code == 302, words_of(answer)
    submission = Submission.objects.get()
    check_submission(submission.pk)
    page = ada.get(answer["Location"])
    assert page.status_code == 200
    return submission, words_of(page)


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_it_stops_the_submission_with_a_sentence(
    world: World, name: str, content: bytes, sentence: str
) -> None:
    submission, text = send(world, name, content)
    assert sentence in text
    assert "must be corrected before November 2025 can be submitted" in text
    assert submission.checks.get().error_count >= 1
    assert submission.files.get().size == len(content)


@pytest.mark.parametrize(("name", "content", "rows"), TAKEN.values(), ids=TAKEN)
def test_it_goes_in_unedited(world: World, name: str, content: bytes, rows: int) -> None:
    submission, text = send(world, name, content)
    assert submission.checks.get().error_count == 0, text
    assert submission.checks.get().tables.get().row_count == rows
    assert f"Data queries: {rows}" in text


def test_the_same_file_twice_is_told_on_the_form(world: World) -> None:
    send(world, "queries.csv", GOOD)
    answer = browser(world.ada).post(
        reverse("kpis:submission-create"),
        {
            "scope": f"{world.study.pk}-{world.alpha_engagement.pk}",
            "data_cutoff_date": "2025-12-14",
            "uploads": [SimpleUploadedFile("again.csv", GOOD)],
        },
    )
    assert "again.csv has the same content as queries.csv" in words_of(answer)
    assert SubmittedFile.objects.count() == 1


def test_too_large_an_upload_stops_on_its_way_in(
    world: World, own_storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAX_UPLOAD_BYTES", 1024 * 1024)
    answer = browser(world.ada).post(
        reverse("kpis:submission-create"),
        {
            "scope": f"{world.study.pk}-{world.alpha_engagement.pk}",
            "data_cutoff_date": "",
            "uploads": [SimpleUploadedFile("zeros.csv", bytes(3 * 1024 * 1024))],
        },
    )
    assert answer.status_code == 413
    assert "The file is larger than 1 MB, the most that is taken" in words_of(answer)
    assert not Submission.objects.exists()
    assert not own_storage.exists()


@pytest.mark.parametrize(
    ("uploads", "sentence"),
    [
        ([], "Choose a file: .xlsx or .csv."),
        ([SimpleUploadedFile("none.csv", b"")], "none.csv is empty: 0 bytes arrived"),
    ],
    ids=["no file", "zero bytes"],
)
def test_nothing_to_read_is_told_on_the_form(
    world: World, uploads: list[SimpleUploadedFile], sentence: str
) -> None:
    answer = browser(world.ada).post(
        reverse("kpis:submission-create"),
        {"scope": f"{world.study.pk}-{world.alpha_engagement.pk}", "uploads": uploads},
    )
    assert answer.status_code == 200
    assert sentence in words_of(answer)
    assert not Submission.objects.exists()


def test_too_many_files_are_told_on_the_form(world: World) -> None:
    answer = browser(world.ada).post(
        reverse("kpis:submission-create"),
        {
            "scope": f"{world.study.pk}-{world.alpha_engagement.pk}",
            "uploads": [SimpleUploadedFile(f"{place}.csv", b"x") for place in range(21)],
        },
    )
    assert "Send at most 20 files at a time." in words_of(answer)


def test_a_cutoff_long_past_is_told_on_the_form(world: World) -> None:
    answer = browser(world.ada).post(
        reverse("kpis:submission-create"),
        {
            "scope": f"{world.study.pk}-{world.alpha_engagement.pk}",
            "data_cutoff_date": "0202-11-14",
            "uploads": [SimpleUploadedFile("queries.csv", GOOD)],
        },
    )
    assert "The cut-off lies before 1990" in words_of(answer)


def test_too_large_a_correction_is_told_and_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission, _ = send(world, "queries.csv", GOOD)
    monkeypatch.setattr(settings, "MAX_UPLOAD_BYTES", 1024 * 1024)
    answer = browser(world.ada).post(
        reverse("kpis:submission-add-file", args=[submission.pk]),
        {"uploads": [SimpleUploadedFile("zeros.csv", bytes(3 * 1024 * 1024))]},
        follow=True,
    )
    assert "The file is larger than 1 MB" in words_of(answer)
    assert submission.files.count() == 1
