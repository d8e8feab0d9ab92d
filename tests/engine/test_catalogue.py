"""The catalogue loads, and every kind of bad file is refused with a sentence."""

from pathlib import Path

import pytest

from kpis.engine.catalogue import CATALOGUE_FOLDER, CatalogueError, load_catalogue
from kpis.engine.examples import failures
from tests.engine.builders import lone_file

GOOD = lone_file()


def refused(folder: Path, **files: str) -> tuple[str, ...]:
    """Return the problems of a catalogue that holds these files (name → text)."""
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        load_catalogue(folder)
    assert str(error.value) == "\n".join(error.value.problems)
    return error.value.problems


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_the_catalogue_is_good() -> None:
    catalogue = load_catalogue()
    assert set(catalogue) == {file.stem for file in CATALOGUE_FOLDER.glob("*.toml")}
    assert all(slug == definition.slug for slug, definition in catalogue.items())


def test_every_example_comes_out() -> None:
    assert {slug: failures(one) for slug, one in load_catalogue().items() if failures(one)} == {}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('family = "K08"', 'famliy = "K08"', "unknown key “famliy”"),
        ('family = "K08"', 'famliy = "K08"', "missing key “family”"),
        ("amber = 5", "amber = 5\namver = 4", "unknown key “limits.amver”"),
        ("amber = 5\n", "", "missing key “limits.amber”"),
        ('name = "Query aging"', 'name = "  "', "name is blank"),
        ('functions = ["data-management"]', 'functions = [""]', "functions[1] is blank"),
        ("version = 1", 'version = "1"', "version must be a whole number"),
        ("version = 1", "version = true", "version must be a whole number"),
        ('slug = "query-aging"', "slug = 8", "slug must be text"),
        ("= 2019-01-01", '= "2019-01-01"', "effective_from must be a date"),
        ("= 2019-01-01", "= 2019-01-01T00:00:00", "effective_from must be a date without a time"),
        ("denominator = 30\n", "denominator = 3.5\n", "minimum.denominator must be a whole number"),
        ('grain = ["site"', 'grain = ["ward"', "grain[1] “ward” is none of: site, country"),
        ('["data-management"]', '"data-management"', "functions must be a list"),
        (
            "amber = 5",
            'amber = "5"',
            "limits.amber must be a number, or limits.amber must be a list",
        ),
        ("amber = 5", "amber = [5]", "limits.amber must hold 2 values"),
        ("amber = 5", "amber = 11", "limits against direction: lower is better"),
        ('"transparency"', '"clarity"', "dimension “clarity” is none of: integration, scalability"),
        ('slug = "query-aging"', 'slug = "query"', "slug “query” is not the file's name"),
        ('short_name = "', 'short_name = "A very long ', "at most 17 fit a heatmap cell"),
        ('"stock_ageing"', '"stock"', "formula “stock” is none of: stock_ageing"),
        ("older_than = 14", 'older_than = "14"', "parameters.older_than must be a whole number"),
        ("older_than = 14", "oldest = 14", "unknown key “parameters.oldest”"),
        ('listings = ["queries"]', 'listings = ["visits"]', "must be what the formula reads"),
        ('listing = "queries"', 'listing = "dreams"', "listing “dreams” is no listing type"),
        ('"opened_at"', '"begun_at"', "listing “queries” has no column “begun_at”"),
        (
            '"opened_at"',
            '"state"',
            "“state” of “queries” is of kind choice, the formula reads date",
        ),
        ("balancing_reason", "balancing", "does not exist"),
        ('balancing_reason = "', 'balancing = "query-aging" #', "cannot be the KPI itself"),
        ("numerator = 3\n", "numerator = 4\n", "numerator is 3, expected 4.0"),
        ("denominator = 40\n", "", "denominator is 40, expected None"),
        ("value = 7.5", "value = 7.6", "value is 7.5, expected 7.6"),
        ('rag = "amber"', 'rag = "red"', "status is amber, expected red"),
        ("{ times = 28,", '{ times = 28, site = "7",', "the formula does not read queries.site"),
        ("rows.queries", "rows.visits", "visits.opened_at, visits.state"),
        (
            "rows.queries = [{ times",
            "rows.queries = [1, { times",
            "rows.queries[1] must be a table",
        ),
        ("times = 30", 'times = "many"', "a row cannot be read: invalid literal"),
        ("= 2026-10-28T09:15:00", '= "yesterday"', "a row cannot be read: "),
        ("= 2026-10-28T09:15:00", "= [1, 2]", "a row cannot be read: "),
        ("[3, 7, 14, 30]", "[]", "parameters.buckets must be upper edges in rising order"),
        ("[3, 7, 14, 30]", "[3, 3]", "parameters.buckets must be upper edges in rising order"),
        ("version = 1", "version: 1", "is not TOML"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    problems = refused(tmp_path, query_aging=changed(old, new))
    assert all(one.startswith("query-aging.toml: ") or "balancing" in one for one in problems)
    assert any(problem in one for one in problems)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "query-aging.toml").write_bytes(b"name = '\xff'")
    (problem,) = refused(tmp_path)
    assert problem.startswith("query-aging.toml: is not TOML")


def test_all_problems_of_all_files_are_gathered(tmp_path: Path) -> None:
    text = changed("version = 1", 'versoin = 1\ncolour = "red"').replace('"K08"', '" "')
    problems = refused(tmp_path, query_aging=text, other=GOOD)
    assert problems == (
        "other.toml: slug “query-aging” is not the file's name",
        "query-aging.toml: unknown key “versoin”",
        "query-aging.toml: unknown key “colour”",
        "query-aging.toml: missing key “version”",
        "query-aging.toml: family is blank",
    )


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path)
    assert problem.endswith("holds no definition")


def test_a_pair_of_balancing_partners_is_accepted(tmp_path: Path) -> None:
    for slug, partner in (("query-aging", "partner"), ("partner", "query-aging")):
        text = changed("balancing_reason = ", f'balancing = "{partner}" # ')
        text = text.replace('slug = "query-aging"', f'slug = "{slug}"')
        (tmp_path / f"{slug}.toml").write_text(text, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert catalogue["partner"].balancing == "query-aging"


def test_an_example_that_cannot_be_computed_is_a_problem_among_others(tmp_path: Path) -> None:
    blank = """
[[examples]]
name = "Nobody says when they were needed"
cutoff_date = 2026-10-31
rag = "insufficient"
rows.positions = [{ started_on = 2026-10-01 }]
"""
    fill = (CATALOGUE_FOLDER / "on-time-fill.toml").read_text(encoding="utf-8")
    alone = fill.replace('balancing = "time-to-fill"', 'balancing_reason = "It stands alone."')
    problems = refused(
        tmp_path, on_time_fill=alone + blank, query_aging=changed("version = 1", "version = 0")
    )
    assert problems == (
        "on-time-fill.toml: example “Nobody says when they were needed”: On-time fill needs the "
        "column “needed_by” in the listing “positions”, which has no value in any row.",
        "query-aging.toml: version counts from 1",
    )
