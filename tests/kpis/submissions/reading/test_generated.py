"""Generated input: whatever a file holds, reading ends with a result; a clean one round-trips."""

import csv
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpis.submissions.checks import CheckContext, check_tables
from kpis.submissions.reading import RULES, ReadResult
from tests.kpis.submissions.reading.builders import (
    HEADER,
    OPENED,
    read,
    rewrite_member,
    row,
    write_workbook,
)

XML_SAFE = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXT = st.text(XML_SAFE, max_size=12)
TITLES = st.one_of(st.sampled_from(HEADER), TEXT)
CELLS = st.one_of(
    st.none(),
    TEXT,
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(OPENED.replace(year=1901), OPENED.replace(year=2200)),
    st.sampled_from(["-", "NA", "Total", "03/04/2025", "45929", "=1+1", "Open", "#REF!"]),
)
TABLES = st.lists(st.lists(st.one_of(TITLES, CELLS), max_size=8), max_size=8)
NAMES = st.text(st.sampled_from("abcXYZ019 _/äé"), min_size=1, max_size=8).map(str.strip)
GOOD = st.fixed_dictionaries(
    {
        "site": st.text("0123456789", min_size=1, max_size=6),
        "participant": NAMES.filter(bool).map(lambda name: f"S{name}"),
        "form": NAMES.filter(bool).map(lambda name: f"F{name}"),
        "state": st.sampled_from(["Open", "Answered", "Closed"]),
        "opened_at": st.datetimes(OPENED.replace(year=2000), OPENED.replace(year=2030)).map(
            lambda moment: moment.replace(microsecond=0)
        ),
        "reported_age": st.one_of(st.none(), st.integers(0, 10_000)),
    }
)
QUIET = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def holds(result: ReadResult) -> None:
    """Check what must be true of any result, and that the checks end as well."""
    context = CheckContext(OPENED.date(), "ABC-301", frozenset(), frozenset({"007"}))
    for problem in (*result.problems, *check_tables(result, context=context)):
        assert problem.rule in RULES
        assert problem.sentence
        assert problem.value is None or len(problem.value) <= 80
    for table in result.tables.values():
        assert table["row"].gt(0).all()


@QUIET
@given(TABLES)
def test_any_workbook_ends_in_a_result(rows: list[list[object]]) -> None:
    with TemporaryDirectory() as folder:
        workbook = openpyxl.Workbook()
        for cells in rows:
            workbook.active.append(cells)
        workbook.save(Path(folder) / "a.xlsx")
        holds(read(Path(folder) / "a.xlsx"))


@QUIET
@given(st.lists(st.lists(CELLS, min_size=len(HEADER), max_size=len(HEADER)), max_size=8))
def test_any_cells_under_a_good_header_end_in_a_result(rows: list[list[object]]) -> None:
    with TemporaryDirectory() as folder:
        holds(read(write_workbook(Path(folder) / "a.xlsx", rows)))


@QUIET
@given(TABLES, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_any_csv_ends_in_a_result(rows: list[list[object]], separator: str, encoding: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=separator).writerows(rows)
        holds(read(path))


@QUIET
@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_result(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.bin"
        path.write_bytes(content)
        holds(read(path))


@QUIET
@given(st.integers(0, 2**32))
def test_a_mutated_workbook_ends_in_a_result(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # chooses bytes to spoil, keeps no secret
    with TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "a.xlsx", [row(), row(log_line=2)])
        content = bytearray(path.read_bytes())
        for _ in range(dice.randint(1, 20)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        path.write_bytes(content[: dice.randint(len(content) // 2, len(content))])
        holds(read(path))


@QUIET
@given(st.integers(0, 2**32))
def test_a_workbook_with_mutated_xml_ends_in_a_result(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # chooses bytes to spoil, keeps no secret
    members = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"]

    def spoil(xml: bytes) -> bytes:
        content = bytearray(xml)
        for _ in range(dice.randint(1, 4)):
            start = dice.randrange(len(content))
            content[start : start + dice.randint(0, 6)] = dice.choice(
                [b"", b"<", b'"', b"9" * 12, b"&#1;", b"/>", b"-1", b"AAAA", bytes([255])]
            )
        return bytes(content)

    with TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "a.xlsx", [row(), row(log_line=2)])
        holds(read(rewrite_member(path, dice.choice(members), spoil)))


@QUIET
@given(st.lists(GOOD, min_size=1, max_size=6), st.booleans())
def test_a_clean_table_comes_back_as_it_went_in(
    queries: list[dict[str, object]], as_csv: bool
) -> None:
    rows = [row(**query, log_line=number) for number, query in enumerate(queries)]
    with TemporaryDirectory() as folder:
        if as_csv:
            path = Path(folder) / "a.csv"
            with path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([HEADER, *rows])
        else:
            path = write_workbook(Path(folder) / "a.xlsx", rows)
        result = read(path)
    table = result.tables["queries"]
    assert result.problems == ()
    for name in ("site", "participant", "form"):
        assert table[name].tolist() == [query[name] for query in queries]
    assert table["state"].tolist() == [str(query["state"]).lower() for query in queries]
    assert table["opened_at"].dt.to_pydatetime().tolist() == [q["opened_at"] for q in queries]
    ages = table["reported_age"].astype(object).where(table["reported_age"].notna(), None)
    assert ages.tolist() == [query["reported_age"] for query in queries]
    assert table["row"].tolist() == list(range(2, len(queries) + 2))
