"""A filled template in a submission: right, of another scope, of another version, without cover."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kpis.due import asked_of
from kpis.engine.tables import LISTINGS
from kpis.models import Submission
from kpis.submissions.template.expected import expected_of
from kpis.submissions.template.mark import Mark, read_mark
from tests.kpis.makers import check, newest, received
from tests.kpis.submissions.template.filling import fill, made_up, open_template, set_cutoff
from tests.kpis.submissions.template.makers import FACTS
from tests.people import World

pytestmark = pytest.mark.django_db
CUTOFF = date(2025, 10, 31)


def sent(
    world: World, *, change: Callable[[Any], object] = lambda book: None, **other: Any
) -> Submission:
    """Return the checked submission of a template for Alpha's NWT-301, filled in."""
    engagement = world.alpha_engagement
    due = asked_of(engagement, world.study.pk, on=CUTOFF)
    assert due is not None
    right = replace(
        FACTS,
        engagement=str(engagement),
        engagement_id=engagement.pk,
        study_id=world.study.pk,
        period_start=date(2025, 10, 1),
        listings=tuple(due.listings),
    )
    book = open_template(replace(right, **other))
    for name in due.listings & set(LISTINGS):
        rows = [
            {key: _early(value) for key, value in row.items()} for row in made_up(LISTINGS[name])
        ]
        fill(book, LISTINGS[name], rows)
    set_cutoff(book, CUTOFF)
    change(book)
    written = io.BytesIO()
    book.save(written)
    return check(received(world, written.getvalue(), cutoff=CUTOFF, names=["October.xlsx"]))


def _early(value: Any) -> Any:
    return value.replace(year=2025, month=9) if hasattr(value, "month") else value


def found(submission: Submission) -> dict[str, str]:
    """Return the severities of the rules of files."""
    of_files = ("scope", "template", "cutoff-outside", "not-a-date", "no-listing", "missing-column")
    return {
        problem.rule: f"{problem.severity}: {problem.cells[0]['sentence']}"
        for problem in newest(submission).problems.all()
        if any(word in problem.rule for word in of_files)
    }


def test_the_template_of_this_scope_is_taken(world: World) -> None:
    submission = sent(world)
    assert found(submission) == {}
    assert [table.row_count for table in newest(submission).tables.all()] == [3] * len(
        asked_of(world.alpha_engagement, world.study.pk, on=CUTOFF).listings  # type: ignore[union-attr]  # asked above
    )
    assert newest(submission).proposed_cutoff_date == CUTOFF


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (
            {"study": "NWT-204", "study_id": 999_999},
            "made for NWT-204 of Alpha for NWT-301, October 2025",
        ),
        ({"study": None, "study_id": None}, "made for all studies of Alpha"),
        ({"engagement": "Another", "engagement_id": 999_999}, "made for NWT-301 of Another"),
        ({"period_start": date(2025, 9, 1)}, "made for NWT-301 of Alpha for NWT-301, September"),
    ],
)
def test_a_template_of_another_scope_is_refused_naming_both(
    world: World, other: dict[str, Any], words: str
) -> None:
    problems = found(sent(world, **other))
    assert list(problems) == ["other-scope"]
    assert problems["other-scope"].startswith("error: The file was ")
    assert words in problems["other-scope"]
    assert "this submission is for NWT-301 of Alpha for NWT-301, October 2025" in "".join(
        problems.values()
    )


def test_an_older_template_is_read_and_remarked_upon(world: World) -> None:
    def age(book: Any) -> None:
        for name in ("Cover", "Lists"):
            for row in book[name].iter_rows():
                for cell in row:
                    if read := read_mark(cell.value):
                        cell.value = replace(read[1], version="0.abc").text(read[0])

    problems = found(sent(world, change=age))
    assert list(problems) == ["wrong-template-version"]
    assert problems["wrong-template-version"].startswith("info: The template is version 0.abc; ")


def test_a_template_without_its_cover_asks_for_an_explanation(world: World) -> None:
    problems = found(sent(world, change=lambda book: book.remove(book["Cover"])))
    assert list(problems) == ["template-without-cover"]
    assert problems["template-without-cover"].startswith("warning: ")


def test_a_cutoff_outside_the_month_is_refused(world: World) -> None:
    problems = found(sent(world, change=lambda book: set_cutoff(book, date(2025, 11, 2))))
    assert list(problems) == ["cutoff-outside-period"]
    assert "2025-11-02" in problems["cutoff-outside-period"]


def test_until_the_cutoff_is_confirmed_the_month_is_open(world: World) -> None:
    submission = received(world)
    assert expected_of(submission, on=CUTOFF).period_start is None


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "oversight-template",
        FACTS.mark.text("cover").replace("2026-10", "2026-13"),
        FACTS.mark.text("cover").replace("2026-10", "0000-10"),
        FACTS.mark.text("cover").replace("engagement=12", "engagement=" + "9" * 30),
        "x" + FACTS.mark.text("cover"),
    ],
)
def test_other_text_is_no_mark(text: object) -> None:
    assert read_mark(text) is None


def test_a_mark_is_read_as_it_was_written() -> None:
    mark = Mark("1.abc", 3, None, date(2026, 1, 1), "all studies; of = X\n, January")
    assert read_mark(f" {mark.text('lists')}") == ("lists", mark)
