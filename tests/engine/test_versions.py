"""The record of versions: what is new is added, what changed without a new version is refused."""

import runpy
import sys
from datetime import date
from pathlib import Path

import pytest

from kpis.engine import versions
from kpis.engine.versions import catalogue_problems, record_versions, recorded_versions
from tests.engine.builders import lone_file

SLUG = "query-aging"
TODAY = date(2026, 11, 1)
CHANGE = 'change = "Other limits."'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a catalogue of one KPI, recorded."""
    (tmp_path / f"{SLUG}.toml").write_text(lone_file(), encoding="utf-8")
    assert record_versions(tmp_path, today=TODAY) == ()
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    file = folder / f"{SLUG}.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_catalogue_keeps_to_its_record() -> None:
    assert catalogue_problems() == ()


def test_what_was_never_recorded_is_refused_until_it_is(folder: Path) -> None:
    (folder / "versions.json").unlink()
    (problem,) = catalogue_problems(folder)
    assert problem == (
        "query-aging.toml: version 1 is not recorded; run: python -m kpis.engine.versions"
    )
    record_versions(folder, today=TODAY)
    assert catalogue_problems(folder) == ()


def test_a_changed_meaning_without_a_new_version_is_refused_and_never_recorded(
    folder: Path,
) -> None:
    change(folder, "red = 10", "red = 12")
    expected = (
        "query-aging.toml: the meaning changed and the version is still 1; raise the version",
    )
    assert catalogue_problems(folder) == expected
    assert record_versions(folder, today=TODAY) == expected


def test_words_and_where_it_is_asked_may_change(folder: Path) -> None:
    change(folder, 'owner = "Oversight', 'owner = "The oversight')
    change(folder, 'asked = "always"', 'asked = "when-chosen"')
    assert catalogue_problems(folder) == ()


def test_a_new_version_is_recorded_beside_the_old_one_and_there_is_no_way_back(
    folder: Path,
) -> None:
    before = (folder / f"{SLUG}.toml").read_text(encoding="utf-8")
    change(folder, "red = 10", "red = 12")
    change(folder, "version = 1", f"version = 2\n{CHANGE}")
    assert "version 2 is not recorded" in catalogue_problems(folder)[0]
    assert record_versions(folder, today=TODAY) == ()
    first, second = recorded_versions(folder)[SLUG]
    assert (first.version, second.version) == (1, 2)
    assert first.digest != second.digest
    (folder / f"{SLUG}.toml").write_text(before, encoding="utf-8")
    (problem,) = catalogue_problems(folder)
    assert problem.endswith("version 1 is behind version 2, which was published already")


def test_a_bad_file_is_told_before_its_version(folder: Path) -> None:
    change(folder, "version = 1", 'version = "1"')
    assert catalogue_problems(folder) == ("query-aging.toml: version must be a whole number",)


def test_running_the_module_records(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["versions", str(folder)])
    with pytest.raises(SystemExit) as done:
        runpy.run_path(versions.__file__, run_name="__main__")
    assert done.value.code == 0
