"""A coming version follows the one in force, is refused like any other, and begins with a month."""

from datetime import date
from pathlib import Path

import pytest

from kpis.engine.catalogue import CatalogueError, load_catalogue
from kpis.engine.coming import in_force, load_coming
from kpis.engine.versions import catalogue_problems, record_versions, recorded_versions
from tests.engine.builders import catalogue, lone_file

SLUG = "query-aging"
CHANGE = 'change = "Ten days, not fourteen."\n'
SECOND = (
    lone_file()
    .replace("version = 1\n", f"version = 2\n{CHANGE}")
    .replace("2019-01-01", "2027-01-01")
    .replace("red = 10", "red = 12")
)
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)
FILE = "coming/query-aging.toml: "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a catalogue of one KPI with a coming version of it, both recorded."""
    (tmp_path / f"{SLUG}.toml").write_text(lone_file(), encoding="utf-8")
    write(tmp_path, SECOND)
    assert record_versions(tmp_path, today=BEFORE) == ()
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "coming").mkdir(exist_ok=True)
    (folder / "coming" / f"{SLUG}.toml").write_text(text, encoding="utf-8")


def test_the_catalogues_own_coming_versions_are_sound_and_begin_with_their_month() -> None:
    coming = load_coming(catalogue())
    assert coming
    for slug, definition in coming.items():
        day = definition.effective_from
        assert in_force(catalogue(), coming, day)[slug] is definition
        before = date(day.year - 1, 12, 1) if day.month == 1 else day.replace(month=day.month - 1)
        assert in_force(catalogue(), coming, before)[slug] is catalogue()[slug]


def test_a_catalogue_without_coming_versions_is_sound(folder: Path) -> None:
    (folder / "coming" / f"{SLUG}.toml").unlink()
    assert load_coming(load_catalogue(folder), folder) == {}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("red = 12", "red = 4", "limits against direction"),
        ("value = 7.5", "value = 8", "value is 7.5, expected 8.0"),
        ("balancing_reason =", "balancing =", "does not exist"),
        (CHANGE, "", "does not say in change what is different from the version before, and why"),
        ("version = 2", "version = 3", "version must be 2: it follows version 1"),
        ("2027-01-01", "2027-01-15", "effective_from must be the first day of a month"),
        ("2027-01-01", "2018-01-01", "must begin after version 1, which holds from 2019-01-01"),
        ("red = 12", "red = 10", "means the same as version 1; words alone need no new version"),
        ("red = 12", "red = 11", "meaning changed and the version is still 2; raise the version"),
    ],
)
def test_a_bad_coming_version_is_refused(folder: Path, old: str, new: str, problem: str) -> None:
    assert old in SECOND
    write(folder, SECOND.replace(old, new, 1))
    (told,) = catalogue_problems(folder)
    assert told.startswith(FILE)
    assert problem in told


def test_it_may_name_a_partner_of_the_catalogue_and_must_follow_a_kpi_of_it(folder: Path) -> None:
    write(folder, SECOND.replace("balancing_reason =", "balancing ="))
    with pytest.raises(CatalogueError, match="no version of this KPI is in force"):
        load_coming({"It stands alone.": catalogue()["query-backlog"]}, folder)


def test_only_a_version_after_the_first_says_what_changed(folder: Path) -> None:
    first = lone_file().replace("version = 1\n", f"version = 1\n{CHANGE}")
    (folder / f"{SLUG}.toml").write_text(first, encoding="utf-8")
    (problem,) = catalogue_problems(folder)
    assert problem == "query-aging.toml: change is only for a version after the first"


def test_it_is_recorded_anew_until_its_first_day_and_never_after(folder: Path) -> None:
    before = recorded_versions(folder)[SLUG]
    assert [one.change for one in before] == ["", "Ten days, not fourteen."]
    write(folder, SECOND.replace("red = 12", "red = 11"))
    assert record_versions(folder, today=BEFORE) == ()
    after = recorded_versions(folder)[SLUG]
    assert after[0] == before[0]
    assert after[1].digest != before[1].digest
    write(folder, SECOND)
    (problem,) = record_versions(folder, today=AFTER)
    assert "until 2027-01-01 record it anew" in problem
    assert recorded_versions(folder)[SLUG] == after


def test_one_that_was_never_recorded_is_refused(folder: Path) -> None:
    (folder / "versions.json").unlink()
    first, second = catalogue_problems(folder)
    assert first.startswith("query-aging.toml: version 1 is not recorded")
    assert second.startswith(f"{FILE}version 2 is not recorded")


def test_moved_over_the_old_one_it_is_the_version_that_was_recorded(folder: Path) -> None:
    (folder / "coming" / f"{SLUG}.toml").rename(folder / f"{SLUG}.toml")
    assert catalogue_problems(folder) == ()
    write(folder, SECOND)
    (problem, *_) = catalogue_problems(folder)
    assert "version must be 3" in problem
