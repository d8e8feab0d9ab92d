"""The page of measurements: one part is measured anew, the others stay as they were written."""

from benchmarks.page import HEAD, Section, rewritten, sections_of

TITLES = ("Intake", "Coverage")
PAGE = f"{HEAD}\n## Coverage\n\nAll well.\n\n| a |\n\n## Gone\n\nOld.\n"


def test_a_part_measured_anew_leaves_the_others() -> None:
    page = rewritten(PAGE, [Section("Intake", "\nFast.\n")], titles=TITLES)
    assert page == f"{HEAD}\n## Intake\n\nFast.\n\n## Coverage\n\nAll well.\n\n| a |\n"
    assert rewritten(page, [Section("Intake", "Slow.")], titles=TITLES).count("Slow") == 1


def test_an_empty_page_and_a_part_that_was_never_measured() -> None:
    assert rewritten("", [Section("Coverage", "Well.")], titles=TITLES) == (
        f"{HEAD}\n## Coverage\n\nWell.\n"
    )


def test_sections_are_found_by_their_titles() -> None:
    assert sections_of(PAGE) == {"Coverage": "All well.\n\n| a |", "Gone": "Old."}
