"""Originals and problem cells as files: unchanged, recorded, and never guessed at by a browser."""

from pathlib import Path

import pytest
from django.urls import reverse

from kpis.models import SubmittedFile
from oversight.audit_trail.attribution import Actor, acting
from oversight.audit_trail.models import AuditTrailEntry
from oversight.storage import address
from tests.kpis.browsing import browser, bytes_of
from tests.kpis.makers import BAD_ROW, GOOD, checked, csv_bytes, newest, received
from tests.people import World


def test_an_original_comes_back_unchanged_and_is_recorded(world: World) -> None:
    submission = received(world)
    file = submission.files.get()
    answer = browser(world.sam).get(reverse("kpis:file-download", args=[file.pk]))
    assert bytes_of(answer) == GOOD
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="queries_0.csv"'
    entry = AuditTrailEntry.objects.get(event="downloaded")
    assert (entry.actor_name, entry.subject_id) == ("Sam", str(submission.pk))
    assert entry.detail["sha256"] == file.sha256


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ('a"; filename="b.exe', 'attachment; filename="a\\"; filename=\\"b.exe"'),
        ("a\r\nSet-Cookie: x=1", 'attachment; filename="aSet-Cookie: x=1"'),
        ("Übersicht.csv", "attachment; filename*=utf-8''%C3%9Cbersicht.csv"),
        ("\u202e", 'attachment; filename="file"'),
    ],
)
def test_a_name_cannot_break_out_of_its_header(world: World, name: str, expected: str) -> None:
    file = received(world).files.get()
    with acting(Actor.system("tests"), reason="a strange name"):
        SubmittedFile.objects.filter(pk=file.pk).update(name=name)
    answer = browser(world.ada).get(reverse("kpis:file-download", args=[file.pk]))
    assert answer["Content-Disposition"] == expected
    assert not answer.cookies.get("x")
    assert bytes_of(answer) == GOOD


def test_all_cells_of_a_problem_come_as_csv(world: World) -> None:
    rows = [BAD_ROW.replace("Subject 3", f"Subject {place}") for place in range(120)]
    problem = newest(checked(world, csv_bytes(*rows))).problems.get(rule="unknown-choice")
    answer = browser(world.ada).get(reverse("kpis:problem-csv", args=[problem.pk]))
    lines = bytes_of(answer).decode().splitlines()
    assert len(lines) == 121
    assert lines[0] == "file,sheet,row,column,cell,value,sentence"
    assert "unknown-choice.csv" in answer["Content-Disposition"]


def test_a_lost_original_is_a_plain_404(world: World, own_storage: Path) -> None:
    file = received(world).files.get()
    (own_storage / address(file.sha256)).unlink()
    answer = browser(world.ada).get(reverse("kpis:file-download", args=[file.pk]))
    assert answer.status_code == 404
