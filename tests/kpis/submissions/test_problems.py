"""Problems as rows: one line per rule with a count, and a sealed CSV no spreadsheet will run."""

import csv
import io

import pytest

from kpis.models import Problem
from kpis.submissions.problems import as_csv, harmless
from oversight import storage
from tests.kpis.makers import BAD_ROW, checked, csv_bytes
from tests.people import World


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_formula_is_made_harmless(risky: str) -> None:
    assert harmless(risky) == f"'{risky}"


@pytest.mark.parametrize("plain", ["Site 1", "", 7, None, "1=1"])
def test_anything_else_stays_as_it_is(plain: object) -> None:
    assert harmless(plain) == plain


def test_the_csv_can_be_read_back() -> None:
    cell = dict.fromkeys(("file", "sheet", "row", "column", "cell", "sentence"), 'a, "b"\nc')
    (row,) = csv.DictReader(io.StringIO(as_csv([{**cell, "value": "=A1"}]).decode()))
    assert row["sentence"] == 'a, "b"\nc'
    assert row["value"] == "'=A1"


def test_many_cells_are_one_line_and_the_csv_holds_all(world: World) -> None:
    rows = [BAD_ROW.replace("Subject 3", f"Subject {place}") for place in range(150)]
    problem = checked(world, csv_bytes(*rows)).checks.get().problems.get(rule="unknown-choice")
    assert (problem.count, len(problem.cells)) == (150, Problem.CELLS_SHOWN)
    text = storage.fetch_verified(problem.cells_sha256).decode()
    assert len(list(csv.DictReader(io.StringIO(text)))) == 150
