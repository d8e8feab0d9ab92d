"""`manage.py check` refuses a bad catalogue."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kpis.engine.versions import record_versions
from tests.engine.builders import lone_file


def test_the_installed_catalogue_passes() -> None:
    call_command("check")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("version = 1", "versoin = 1", "unknown key “versoin”"),
        ('owner = "Oversight manager for data management"', 'owner = " "', "owner is blank"),
        ("red = 10", "red = 4", "limits against direction"),
        ("balancing_reason", "balancing", "does not exist"),
        ("balancing_reason", "# balancing_reason", "does not say why in balancing_reason"),
        ("value = 7.5", "value = 8", "value is 7.5, expected 8.0"),
        ("older_than = 14", "older_than = 15", "numerator is 0, expected 3.0"),
        ("red = 10", "red = 11", "the meaning changed and the version is still 1"),
    ],
)
def test_a_bad_catalogue_is_refused(tmp_path: Path, old: str, new: str, problem: str) -> None:
    file, text = tmp_path / "query-aging.toml", lone_file()
    file.write_text(text, encoding="utf-8")
    record_versions(tmp_path, today=date(2026, 11, 1))
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("check", catalogue=tmp_path)
    assert problem in str(refused.value)
