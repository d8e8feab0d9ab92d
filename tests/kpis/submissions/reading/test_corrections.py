"""Corrections laid over raw sheets: the cell reads otherwise, and nothing else does."""

import pandas as pd

from kpis.submissions.reading.corrections import Correction, corrected
from kpis.submissions.reading.raw import RawSheet
from kpis.submissions.reading.sheet_scan import OddCells


def sheet(file: int = 0, name: str = "Queries", odd: OddCells | None = None) -> RawSheet:
    frame = pd.DataFrame([["Site", "Days"], ["007", 10.0], ["008", None]], dtype=object)
    return RawSheet(file=file, name=name, frame=frame, odd=odd or OddCells())


def test_one_cell_is_read_otherwise_and_the_given_sheet_stays_as_it_was() -> None:
    given = sheet()
    (found,) = corrected([given], [Correction(0, "Queries", 2, "B", "12")])
    assert found.frame.to_numpy().tolist() == [["Site", "Days"], ["007", "12"], ["008", None]]
    assert given.frame.iat[1, 1] == 10.0


def test_only_the_named_sheet_of_the_named_file_is_touched() -> None:
    sheets = [sheet(), sheet(name="SDV"), sheet(file=1)]
    found = corrected(sheets, [Correction(1, "Queries", 3, "A", "009")])
    assert found[0] is sheets[0]
    assert found[1] is sheets[1]
    assert found[2].frame.iat[2, 0] == "009"


def test_text_cells_of_a_csv_take_a_correction() -> None:
    frame = pd.DataFrame({0: ["Site", "007"], 1: ["Days", ""]}, dtype="str")
    (found,) = corrected(
        [RawSheet(file=0, name="q", frame=frame)], [Correction(0, "q", 2, "B", "3")]
    )
    assert found.frame.iat[1, 1] == "3"


def test_a_formula_without_value_or_an_error_cell_is_odd_no_more() -> None:
    odd = OddCells(formulas=frozenset({(2, 1), (3, 1)}), errors={(2, 0): "#REF!"})
    given = sheet(odd=odd)
    laid = [Correction(0, "Queries", 2, "B", "3"), Correction(0, "Queries", 2, "A", "007")]
    (found,) = corrected([given], laid)
    assert found.odd == OddCells(formulas=frozenset({(3, 1)}))


def test_a_cell_outside_the_sheet_changes_nothing() -> None:
    (found,) = corrected([sheet()], [Correction(0, "Queries", 9, "B", "1")])
    assert found.frame.equals(sheet().frame)
    (found,) = corrected([sheet()], [Correction(0, "Queries", 1, "AB", "1")])
    assert found.frame.equals(sheet().frame)
