"""All problems of a submission: in document order, filtered, many of one kind on one line."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpis.models import Submission
from tests.kpis.browsing import browser, words_of
from tests.kpis.makers import BAD_ROW, GOOD_ROWS, STRANGE_SITE, checked, csv_bytes, received
from tests.people import World

STATES = [BAD_ROW.replace("Subject 3", f"Subject 1{place:03}") for place in range(130)]


def address(submission: Submission) -> str:
    return reverse("kpis:problem-list", args=[submission.pk])


@pytest.fixture
def bad(world: World) -> Submission:
    """One strange site among 130 rows with an unknown state and no date."""
    return checked(world, csv_bytes(STRANGE_SITE, *STATES, *GOOD_ROWS))


def test_many_of_one_kind_are_one_line_with_a_count(world: World, bad: Submission) -> None:
    page = browser(world.ada).get(address(bad))
    lines = page.context["listing"].lines
    assert [(line.rule, line.address, line.count) for line in lines if line.sheet] == [
        ("unknown-site", "C2", 1),
        ("unknown-choice", "I3", 130),
        ("not-a-date", "K3", 130),
    ]
    assert "Show all" in words_of(page)


def test_a_rule_shows_each_cell_on_pages_and_as_csv(world: World, bad: Submission) -> None:
    client = browser(world.ada)
    first = client.get(address(bad), {"rule": "not-a-date"})
    second = client.get(address(bad), {"rule": "not-a-date", "page": "2"})
    cells = [line.address for page in (first, second) for line in page.context["listing"].lines]
    assert cells == [f"K{row}" for row in range(3, 133)]
    assert "1 to 100 of 130 lines" in words_of(first)
    assert "All 130 as CSV" in words_of(first)


@pytest.mark.parametrize(
    ("wanted", "rules"),
    [
        ({"severity": "error"}, ["unknown-choice", "not-a-date"]),
        ({"severity": "warning", "listing": "queries"}, ["unknown-site"]),
        ({"sheet": "queries_0", "severity": "warning"}, ["unknown-site"]),
        ({"rule": "unknown-site"}, ["unknown-site"]),
        ({"rule": "nonsense", "severity": "x"}, ["unknown-site", "unknown-choice", "not-a-date"]),
    ],
)
def test_filters(world: World, bad: Submission, wanted: dict[str, str], rules: list[str]) -> None:
    lines = browser(world.sam).get(address(bad), wanted).context["listing"].lines
    assert [line.rule for line in lines if line.listing] == rules


def test_a_filter_that_leaves_nothing_says_so(world: World, bad: Submission) -> None:
    wanted = {"severity": "error", "rule": "unknown-site"}
    assert "Nothing fits this filter" in words_of(browser(world.ada).get(address(bad), wanted))


def test_a_submission_that_is_not_checked_yet_says_so(world: World) -> None:
    text = words_of(browser(world.ada).get(address(received(world))))
    assert "Not checked yet" in text
    assert "No problem found" not in text


def test_files_stand_one_after_the_other(world: World) -> None:
    submission = checked(world, csv_bytes(*GOOD_ROWS), csv_bytes(BAD_ROW, STRANGE_SITE))
    page = browser(world.ada).get(address(submission))
    lines = [line for line in page.context["listing"].lines if line.address]
    assert [line.file for line in lines] == sorted(line.file for line in lines)
    assert [line.address for line in lines if line.file == "queries_1.csv"] == ["I2", "K2", "C3"]


def test_the_page_costs_the_same_at_any_size(world: World, bad: Submission) -> None:
    client = browser(world.sam)
    client.get(address(bad))
    counts = []
    for wanted in ({}, {"rule": "not-a-date"}):
        with CaptureQueriesContext(connection) as caught:
            client.get(address(bad), wanted)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 12


def test_the_submission_leads_to_the_list(world: World, bad: Submission) -> None:
    page = browser(world.ada).get(reverse("kpis:submission-detail", args=[bad.pk]))
    assert f"{address(bad)}?rule=not-a-date".encode() in page.content
    assert f"{address(bad)}?severity=error".encode() in page.content
