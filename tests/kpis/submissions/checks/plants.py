"""The planted files by rule: what each rule of a class of errors is raised by."""

import zipfile
from pathlib import Path

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.kpis.submissions.checks.planted import (
    ENROLMENT,
    FIGURES,
    HOURS,
    OUTAGES,
    START_UP,
    Plant,
    business_days,
    cells,
    lines,
    many,
    queries,
    query,
    raw_bytes,
    with_bytes,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
COMMENT = ",Comment"
START = ("site-start-up",)
BY_SITE = ("enrolment-by-site",)


def _merge(book: object) -> None:
    book.active.merge_cells("A2:A3")  # type: ignore[attr-defined]  # a workbook of openpyxl


def _hide(book: object) -> None:
    book.active.row_dimensions[2].hidden = True  # type: ignore[attr-defined]  # as above


def _more(book: object) -> None:
    book.create_sheet("Pictures").append(["Nothing", "here"])  # type: ignore[attr-defined]  # as above


def _subjects(book: object) -> None:
    sheet = book.create_sheet("Subjects")  # type: ignore[attr-defined]  # as above
    sheet.append(["Subject", "Site", "Subject status", "# Total Queries"])
    sheet.append(["007-001", "007", "On study", 2])


def _from_1904(book: object) -> None:
    book.epoch = CALENDAR_MAC_1904  # type: ignore[attr-defined]  # as above


def _macros(folder: Path) -> Path:
    path = workbook(cells())(folder)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return path


def said(text: str) -> str:
    """A good query with a comment."""
    return queries(f"{query()},{text}", more=COMMENT)


def piled() -> str:
    """Forty queries answered after exactly five days."""
    return queries(
        *many(40, status=lambda n: "Answered", response=lambda n: "2025-11-09", age=lambda n: "")
    )


def by_site(screened: int, times: int = 1) -> str:
    """Twenty-five sites with their figures."""
    return lines(ENROLMENT, *(f"{n:03},PI {n},{screened + n},1,{2 * times}" for n in range(25)))


ONE = queries(query())
FILE = {
    "other-study": Plant(queries(f"{query()},XYZ-9", more=",Study"), "M2"),
    "file-password": Plant(raw_bytes(OLE2 + "EncryptedPackage".encode("utf-16-le")), None),
    "file-old-excel": Plant(raw_bytes(OLE2 + b"Workbook" * 9, "file.xls"), None),
    "encoding": Plant(raw_bytes(queries(query(folder="Mün")).encode("cp1252")), None),
    "macros": Plant(_macros, None),
    "missing-column": Plant(ONE.replace("Opened", "Began so to say"), None),
    "misspelt-column": Plant(ONE.replace("Opened", "Query Opn Date"), "I1"),
    "perhaps-column": Plant(ONE.replace("Response date", "Query Respnse Date"), "J1"),
    "sheet-not-used": Plant(workbook(cells(), finish=_more), None),
    "hidden-rows": Plant(workbook(cells(), cells(log=2), finish=_hide), None),
    "merged-cells": Plant(workbook(cells(), cells(log=2), finish=_merge), "A2"),
    "totals-row": Plant(queries(query(), "Total,,,,,,,,,,,10"), "A3"),
    "total-counted-as-site": Plant(queries(query(), query(site="Total", log=2)), "A3"),
    "formula-without-value": Plant(workbook(cells(age="=1+1")), "L2"),
    "error-cell": Plant(
        with_bytes(SHEET, b'<c r="L2" t="n"><v>10</v></c>', b'<c r="L2" t="e"><v>#REF!</v></c>'),
        "L2",
    ),
}
TYPE = {
    "not-a-date": Plant(queries(query(opened="soon")), "I2"),
    "date-order-mixed": Plant(
        queries(
            query(opened="25/10/2025", age=""),
            query(opened="10/25/2025", log=2, age=""),
            query(opened="03/04/2025", log=3, age=""),
        ),
        "I4",
    ),
    "date-order-unclear": Plant(queries(query(opened="03/04/2025", age="")), "I2"),
    "day-month-swapped": Plant(queries(query(), query(opened="2025-12-03", age="", log=2)), "I3"),
    "dates-1904": Plant(workbook(cells(), finish=_from_1904), None),
    "date-too-old": Plant(queries(query(opened="1900-01-01", age="")), "I2"),
    "serial-dates": Plant(queries(query(opened="45965")), "I2"),
    "site-zeros": Plant(queries(query(site="12")), "A2"),
    "percent-or-fraction": Plant(
        lines(FIGURES, "2025-10-01,K1,,,12,%", "2025-10-01,K2,,,0.12,%"),
        "E3",
        ("reported-figures",),
    ),
    "number-with-unit": Plant(queries(query(age="3 weeks")), "L2"),
    "placeholder": Plant(queries(query(opened="TBC")), "I2"),
    "number-unclear": Plant(
        lines(FIGURES, '2025-10-01,K1,"1,234",,1,n'), "C2", ("reported-figures",)
    ),
    "currency-mix": Plant(
        lines(
            "Invoice,Received,Amount,Currency,Paid",
            *(f"{n},2025-10-0{n + 1},10{n},{'EUR' if n else 'USD'}," for n in range(4)),
        ),
        "D2",
        ("invoices",),
    ),
}
IDENTITY = {
    "unknown-site": Plant(queries(query(), query(site="099", subject="9")), "A3"),
    "duplicate-key": Plant(queries(query(), query()), "I3"),
    "site-renumbered": Plant(queries(query(site="008")), "A2", before=queries(query(site="007"))),
    "participant-at-two-sites": Plant(queries(query(), query(site="008", log=2)), "A3"),
    "other-vendor": Plant(queries(f"{query()},Birch Ltd", more=",CRO"), "M2"),
    "study-name-variant": Plant(queries(f"{query()},ABC-301 (phase 3)", more=",Study"), "M2"),
    "country-spelling": Plant(
        queries(f"{query()},FRA", f"{query(log=2)},FRA", f"{query(log=3)},France", more=",Country"),
        "M4",
    ),
    "site-two-investigators": Plant(
        lines(START_UP, "007,Ann Smith,2025-01-01,,", "007,Bob Miller,2025-01-01,,"), "B3", START
    ),
}
ARITHMETIC = {
    "numerator-over-denominator": Plant(
        lines(FIGURES, "2025-10-01,K1,12,10,1,n"), "C2", ("reported-figures",)
    ),
    "parts-differ-from-total": Plant(
        lines(
            "Subject,Site,Subject status,# DM Queries,# Site Queries,# Total Queries",
            *("1-1,007,On study,1,2,3", "1-2,007,On study,1,2,4"),
        ),
        "F3",
        ("participants",),
    ),
    "part-over-whole": Plant(lines(ENROLMENT, "007,PI,10,6,5"), "E2", BY_SITE),
    "total-differs": Plant(
        lines(ENROLMENT, "007,PI,10,6,4", "008,PI,10,6,4", "Total,,21,12,8"), "C4", BY_SITE
    ),
    "sheets-differ": Plant(workbook(cells(), finish=_subjects), "D2", ("queries", "participants")),
    "cumulative-fell": Plant(by_site(9), "C2", BY_SITE, before=by_site(10)),
    "backlog-broken": Plant(
        queries(query(), query(log=2, status="Closed", closed="2025-11-05", age="")),
        None,
        before=queries(*many(5, opened=lambda n: "2025-10-01", age=lambda n: 13)),
    ),
    "balance-broken": Plant(
        lines(
            "Month,Role,Function,Contracted FTE,Actual FTE,People at start,People at end,Leavers",
            "2025-10-01,CRA,Monitoring,5,5,10,6,1",
        ),
        "G2",
        ("head-count",),
    ),
    "opening-differs": Plant(
        lines(
            "Month,Role,Function,Contracted FTE,Actual FTE,People at start,People at end",
            *("2025-09-01,CRA,Monitoring,5,5,10,10", "2025-10-01,CRA,Monitoring,5,5,9,9"),
        ),
        "F3",
        ("head-count",),
    ),
    "negative-number": Plant(lines(ENROLMENT, "007,PI,10,-1,5"), "D2", BY_SITE),
    "percent-over-100": Plant(lines(FIGURES, "2025-10-01,K1,,,112,%"), "E2", ("reported-figures",)),
}
TIME = {
    "after-cutoff": Plant(queries(query(opened="2025-11-15", age="")), "I2"),
    "dates-out-of-order": Plant(
        lines(START_UP, "007,Ann Smith,2025-03-01,2025-02-01,"), "D2", START
    ),
    "closed-before-opened": Plant(
        queries(query(status="Closed", closed="2025-11-03", age="")), "K2"
    ),
    "answered-before-opened": Plant(
        queries(query(status="Answered", response="2025-11-03", age="")), "J2"
    ),
    "period-overlap": Plant(
        lines(
            OUTAGES,
            *("EDC,2025-10-01 08:00,2025-10-01 12:00,No,240", "EDC,2025-10-01 11:00,,No,60"),
        ),
        "B3",
        ("outages",),
    ),
    "period-gap": Plant(
        lines(HOURS, "2025-07-01,CRA,Monitoring,160,150", "2025-09-01,CRA,Monitoring,160,150"),
        "A3",
        ("hours",),
    ),
    "extracted-before-cutoff": Plant(
        queries(f"{query()},2025-11-10", more=",Extraction date"), "M2"
    ),
}
PLAUSIBILITY = {
    "same-as-last-month": Plant(queries(*many(25)), None, before=queries(*many(25))),
    "exactly-at-limit": Plant(piled(), "J2"),
    "all-zero": Plant(
        lines(ENROLMENT, *(f"{n:03},PI {n},0,0,0" for n in range(25))), "C2", BY_SITE
    ),
    "site-jump": Plant(
        queries(*many(60, site=lambda n: f"{n % 20:03}", subject=lambda n: n)),
        "A2",
        before=queries(
            *many(100, site=lambda n: f"{n % 20:03}" if n < 60 else "000", subject=lambda n: n)
        ),
    ),
    "tenfold-jump": Plant(queries(*many(30)), None, before=queries(*many(3))),
    "round-numbers": Plant(
        lines(ENROLMENT, *(f"{n:03},PI {n},{10 * n + 10},0,{10 * n}" for n in range(25))),
        "C2",
        BY_SITE,
    ),
    "unit-changed": Plant(
        lines(OUTAGES, *(f"EDC,2025-10-{n + 1:02} 08:00,,No,{n + 1}" for n in range(9))),
        "E2",
        ("outages",),
        before=lines(
            OUTAGES, *(f"EDC,2025-10-{n + 1:02} 08:00,,No,{60 * n + 60}" for n in range(9))
        ),
    ),
}
SEMANTIC = {
    "resolved-meaning": Plant(ONE.replace("Closed", "Resolved"), "K1"),
    "open-with-close-date": Plant(queries(query(closed="2025-11-05", age="")), "K2"),
    "business-days": Plant(queries(*business_days(9)), "L2"),
    "closed-sites-included": Plant(
        lines("Site,Site status,Activation date", "007,Closed,2025-01-01"), "B2", ("sites",)
    ),
    "on-hold-included": Plant(
        lines("Site,Site status,Activation date", "007,On hold,2025-01-01"), "B2", ("sites",)
    ),
    "plan-moved": Plant(
        lines(START_UP, "007,Ann Smith,2025-01-01,,2026-02-01"),
        "E2",
        START,
        before=lines(START_UP, "007,Ann Smith,2025-01-01,,2026-01-01"),
    ),
    "mean-or-median": Plant(queries(f"{query()},7", more=",Median age"), "M1"),
    "complete-or-expected": Plant(queries(f"{query()},7", more=",% complete"), "M1"),
}
PRIVACY = {
    "personal-initials": Plant(said("Initials: J.D. confirmed by phone"), "M2"),
    "personal-birth-date": Plant(said("DOB 12/03/1961 corrected"), "M2"),
    "personal-email": Plant(said("write to jane.doe@example.org"), "M2"),
    "personal-phone": Plant(said("call +44 20 7946 0958"), "M2"),
    "personal-name": Plant(said("Maria Keller asked to stop"), "M2"),
}
COMPLETENESS = {
    "listing-not-sent": Plant(ONE, None, context={"due": frozenset({"queries", "visits"})}),
    "blank-or-zero": Plant(
        lines(ENROLMENT + ",Completed", *(f"{n:03},PI {n},9,1,2,{n or ''}" for n in range(9))),
        "F2",
        BY_SITE,
    ),
    "site-missing": Plant(
        lines(ENROLMENT, "007,PI,10,1,5"), None, BY_SITE, {"active_sites": frozenset({"008"})}
    ),
    "row-disappeared": Plant(ONE, None, before=queries(query(), query(log=2))),
    "row-gone-from-ledger": Plant(
        lines("CAPA,Opened,Due,Root cause,Effective", "1,2025-01-01,2025-12-01"),
        None,
        ("capa",),
        before=lines(
            "CAPA,Opened,Due,Root cause,Effective",
            "1,2025-01-01,2025-12-01",
            "2,2025-01-01,2025-12-01",
        ),
    ),
    "function-not-delegated": Plant(
        lines(HOURS, "2025-10-01,CRA,Monitoring,160,150"),
        "C2",
        ("hours",),
        {"functions": frozenset({"data-management", "Data management"})},
    ),
}
PLANTS = {
    **FILE,
    **TYPE,
    **IDENTITY,
    **ARITHMETIC,
    **TIME,
    **PLAUSIBILITY,
    **SEMANTIC,
    **PRIVACY,
    **COMPLETENESS,
}
