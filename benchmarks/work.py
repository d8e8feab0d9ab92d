"""One piece of measured work, in a process of its own: python -m benchmarks.work WHAT FILE.

Prints seconds and peak memory as JSON. What is imported is not counted: a worker has it loaded.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django
import pandas as pd
from python_calamine import CalamineWorkbook


def calamine(path: Path) -> None:
    """Read every sheet as calamine alone does."""
    with CalamineWorkbook.from_path(path) as workbook:
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()


def pandas_text(path: Path) -> None:
    """Read a CSV as pandas alone does, every cell as text."""
    pd.read_csv(path, dtype=str)


def check(path: Path) -> None:
    """Read, check, and seal, as the check of a submission does between two transactions."""
    from benchmarks.intake import check_file  # noqa: PLC0415 - needs Django to be set up first

    check_file(path, cutoff=date(2025, 11, 14))


WORK: dict[str, Callable[[Path], None]] = {
    "calamine": calamine,
    "pandas": pandas_text,
    "check": check,
}


def main(what: str, path: Path) -> None:
    """Do the work once; print what it took."""
    with tempfile.TemporaryDirectory() as storage:
        os.environ |= {"OVERSIGHT_MODE": "test", "STORAGE_ROOT": storage}
        os.environ["DJANGO_SETTINGS_MODULE"] = "oversight.settings"
        if what == "check":
            django.setup()
            from benchmarks import intake  # noqa: F401, PLC0415 - loaded before the clock starts
        begun, cpu = time.perf_counter(), sum(os.times()[:4])
        WORK[what](path)
        seconds, cpu = time.perf_counter() - begun, sum(os.times()[:4]) - cpu
    own, child = (
        resource.getrusage(who).ru_maxrss * 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": own, "peak_of_child": child}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
