"""The 849 exact duplicates of a real SDV sheet are rows like any others."""

import pytest

from kpis.engine.tables import LISTINGS
from kpis.submissions.comparing.rows import compare
from kpis.submissions.reading import IntakeLimits, SourceFile
from kpis.submissions.reading.reader import read_submission
from tests.conftest import real_data


@pytest.mark.real_data
def test_duplicates_of_a_real_sheet_are_each_counted() -> None:
    path = next(real_data("edc_workbooks", "study_01").glob("*CPID_EDC_Metrics*"))
    result = read_submission(
        [SourceFile(path, path.name)],
        listings=("sdv", "participants"),
        limits=IntakeLimits(),
        progress=lambda words, share: None,
    )
    sdv, table = LISTINGS["sdv"], result.tables["sdv"]
    again = table.duplicated([column.name for column in sdv.columns])
    assert again.sum() == 849
    assert compare(sdv, table, table).counts == (0, 0, 0, len(table))
    once = table[~again]
    assert compare(sdv, table, once).counts == (0, 0, 849, len(once))
    assert compare(sdv, once, table.iloc[::-1]).counts == (849, 0, 0, len(once))
