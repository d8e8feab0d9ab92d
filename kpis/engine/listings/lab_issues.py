"""Local laboratory results without a laboratory name, ranges or units."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import day, text
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

LAB_ISSUES = ListingType(
    name="lab-issues",
    title="Missing laboratory names and ranges",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        text("visit", "Visit", "visit, visit name, folder, folder name"),
        text("form", "Form Name", "form name, form, page name"),
        text("lab_category", "Lab category", "lab category, laboratory category"),
        day("lab_date", "Lab Date", "lab date, sample date, collection date", lenient=True),
        text("test", "Test Name", "test name, lab test, analyte"),
        text("test_description", "Test description", "test description"),
        text("issue", "Issue", "issue, lab issue, finding", required=True),
        text("comment", "Comments", "comments, comment, remark"),
    ),
    key=words("site, participant, visit, form, lab_category, lab_date, test, issue"),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset({"lab_category", "lab_date", "test", "issue"}),
    telltales_needed=3,
    sheet_names=words("missing lab name, missing ranges, lab issues, lab ranges, lnr"),
    why="A result without its normal range says nothing about safety; each is open until the range"
    " is there.",
    found_in=("EDC missing lab name and missing ranges report",),
)
