"""The day of an oversight manager: two months wait; one is accepted, the other goes back.

Sam looks at where the CROs stand and at the rows behind a value, reads what was handed over,
accepts Beta's month and returns Alpha's. Ada reads why, mends her file and hands it over again.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kpis.models import Submission
from kpis.snapshots.compute import compute_for
from kpis.submissions.decide import accept
from kpis.submissions.submit import explain, submit
from oversight.accounts.models import User
from oversight.celery import app
from tests.browser.conftest import Installation
from tests.browser.visitor import violations, visit
from tests.inspection.pack.making import queries
from tests.kpis.makers import check, fresh, newest, received
from tests.people import World, make_world
from tests.servers import running_web, running_worker
from vendors.access import actor_of

pytestmark = pytest.mark.browser

OCTOBER, NOVEMBER = date(2025, 10, 31), date(2025, 11, 14)
DECIDED = datetime(2025, 11, 18, 9, 0, tzinfo=UTC)
OPENED_LATE = "Five sites opened their backlog late; the team is on it."
COMMENT = "Two thirds are older than 14 days. Was the old system exported a second time?"
PATIENT = 60_000  # milliseconds: a check or a computation on a busy machine


def handed_over(
    world: World, by: User, study: str, cutoff: date, *, old: int, young: int
) -> Submission:
    """Return a month as its CRO handed it over, every warning explained."""
    contents = (queries(study, cutoff, old=old, young=young), participants(study, cutoff))
    names = (f"{study}_{cutoff:%Y-%m}.csv", f"{study}_{cutoff:%Y-%m}_participants.csv")
    submission = check(received(world, *contents, cutoff=cutoff, by=by, names=names))
    for problem in newest(submission).problems.filter(severity="warning"):
        explain(actor=actor_of(by), problem=problem, explanation=OPENED_LATE, now=DECIDED)
    submit(actor=actor_of(by), submission=submission, now=DECIDED)
    return fresh(submission)


def participants(study: str, cutoff: date) -> bytes:
    """Return the participants of the queries; each month's file differs, as a new export does."""
    lines = ["Study;Country;Site Number;Subject ID;Subject Status;Days on Study"]
    for place in range(60):
        site = 1001 + place % 3
        lines.append(f"{study};FRA;{site};{site}-{place:03d};On Trial;{cutoff.day + place}")
    return "\n".join(lines).encode()


@pytest.fixture
def waiting(committed_db: None, own_storage: Path) -> Iterator[Installation]:
    """Beta's October is accepted; November of Beta and of Alpha waits for Sam."""
    world = make_world()
    october = handed_over(world, world.ben, "NWT-204", OCTOBER, old=2, young=48)
    accept(actor=actor_of(world.sam), submission=october, comment="", now=DECIDED)
    compute_for(submission=fresh(october), now=DECIDED)
    handed_over(world, world.ben, "NWT-204", NOVEMBER, old=9, young=51)
    handed_over(world, world.ada, "NWT-301", NOVEMBER, old=40, young=20)
    app.control.purge()  # done here; the worker begins with what the pages ask for
    with running_web(own_storage) as url, running_worker(own_storage):
        yield Installation(url, world)


def says(page: Page, sentence: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(sentence, timeout=PATIENT)


def test_sam_reviews_accepts_one_month_and_returns_the_other(
    chromium: Browser, waiting: Installation, tmp_path: Path
) -> None:
    with visit(chromium, waiting.url, "sam@example.org") as sam:
        drills_down(sam, value="4.0", rows=2, file="NWT-204_2025-10.csv")
        to_the_list(sam, "2 submissions wait for a decision")
        accepts(sam)
        to_the_list(sam, "1 submission waits for a decision")
        returned = sends_back(sam)
        to_the_list(sam, "No submission waits for a decision")
        is_computed(sam)
        drills_down(sam, value="15.0", rows=9, file="NWT-204_2025-11.csv")
    with visit(chromium, waiting.url, "ada@example.org") as ada:
        mends(ada, tmp_path)
        assert ada.url == returned
    with visit(chromium, waiting.url, "sam@example.org") as sam:
        to_the_list(sam, "1 submission waits for a decision")
        row_of(sam, "NWT-301").get_by_role("link").first.click()
        expect(sam.get_by_role("link", name="mended.csv").first).to_be_visible()
        expect(sam.get_by_text(COMMENT).first).to_be_visible()  # what went before stays told


def row_of(page: Page, study: str) -> Locator:
    return page.get_by_role("row", name=study).first


def to_the_list(sam: Page, sentence: str) -> None:
    sam.get_by_role("link", name="Submissions").first.click()
    says(sam, sentence)
    assert violations(sam) == []


def drills_down(sam: Page, *, value: str, rows: int, file: str) -> None:
    """From the portfolio to the KPI, its months and the rows behind it, each with its place."""
    card(sam)
    sam.get_by_role("link").filter(has_text="Query aging").first.click()
    says(sam, value)
    expect(sam.locator(".js-plotly-plot").first).to_be_visible()
    sam.get_by_role("link", name="All rows").click()
    behind = sam.get_by_role("row").filter(has_text=file)
    expect(behind).to_have_count(rows)
    expect(behind.first).to_contain_text(re.compile(r"!\d+"))
    expect(behind.first).to_contain_text("40 d")


def beta(sam: Page) -> Locator:
    return sam.get_by_role("table", name=re.compile("^Status by CRO")).get_by_role(
        "row", name=re.compile("^Beta")
    )


def card(sam: Page) -> None:
    """Open Beta's scorecard from the portfolio, where what it did not send is missing."""
    sam.goto("/")
    beta(sam).get_by_role("rowheader").get_by_role("link").first.click()


def is_computed(sam: Page) -> None:
    """Look at the scorecard until the worker has computed November."""
    card(sam)
    for _ in range(PATIENT // 1000):
        if sam.get_by_role("main").filter(has_text="15.0 %").count():
            return
        sam.wait_for_timeout(1000)
        sam.reload()
    raise AssertionError(sam.get_by_role("main").inner_text())


def accepts(sam: Page) -> None:
    row_of(sam, "NWT-204").get_by_role("link").first.click()
    says(sam, "November 2025 waits for the decision")
    expect(sam.get_by_text(OPENED_LATE).first).to_be_visible()
    assert violations(sam) == []
    sam.get_by_label(re.compile("^Comment")).fill("Thank you; we watch the old ones.")
    sam.get_by_role("button", name="Accept").click()
    says(sam, "November 2025 was accepted on")


def sends_back(sam: Page) -> str:
    """Return Alpha's month; without a comment it does not go. Return its address."""
    row_of(sam, "NWT-301").get_by_role("link").first.click()
    says(sam, "November 2025 waits for the decision")
    back = sam.get_by_role("button", name="Return to Alpha")
    back.click()
    expect(back).to_be_visible()  # the browser asks for the comment
    sam.get_by_label("What the CRO should correct").fill(COMMENT)
    back.click()
    says(sam, "Returned by Northwind Therapeutics: Two thirds are older")
    assert violations(sam) == []
    return sam.url


def mends(ada: Page, folder: Path) -> None:
    """Find the comment, replace the file, and hand it over again."""
    mended = folder / "mended.csv"
    mended.write_bytes(queries("NWT-301", NOVEMBER, old=4, young=56))
    ada.get_by_role("link", name="Submissions").first.click()
    says(ada, "1 submission came back to be corrected")
    row_of(ada, "NWT-301").get_by_role("link").first.click()
    expect(ada.get_by_text(COMMENT).first).to_be_visible()
    expect(ada.get_by_role("heading", name="Northwind Therapeutics returned it")).to_be_visible()
    assert violations(ada) == []
    ada.get_by_label("Corrected or further file").set_input_files(mended)
    ada.get_by_role("button", name="Upload and check").click()
    expect(ada.get_by_role("link", name="mended.csv").first).to_be_visible(timeout=PATIENT)
    fields = ada.get_by_role("textbox", name="Explanation")
    expect(fields.first).to_be_visible(timeout=PATIENT)
    for place in range(fields.count()):
        fields.nth(place).fill(OPENED_LATE)
        ada.get_by_role("button", name="Keep the explanation").nth(place).click()
    says(ada, "November 2025 is ready to submit")
    ada.get_by_role("button", name=re.compile("Submit to")).click()
    says(ada, "November 2025 waits for the decision of Northwind Therapeutics")
