"""The comparison with other libraries: answers are held against each other, budgets are told."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.ageing.answers import answer, differences
from benchmarks.ageing.growth import line as growth_line
from benchmarks.ageing.made import table
from benchmarks.ageing.measuring import Run
from benchmarks.ageing.months import MONTHS
from benchmarks.ageing.sides import SIDES
from benchmarks.ageing.versus import Found, line
from kpis.engine.listings.queries import QUERIES
from kpis.submissions.sealing import seal_table
from oversight import storage


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Ask the two sides that need nothing beyond the product's own libraries."""
    sha256, _ = seal_table(table(20_000), engine_order=QUERIES.engine_order)
    path: Path = tmp_path_factory.mktemp("ageing") / "queries.parquet"
    path.write_bytes(storage.fetch_verified(sha256))
    return {name: answer(SIDES[name].load()(str(path), MONTHS[-3:])) for name in ("ours", "pandas")}


def test_the_product_answers_as_a_plain_script_does(answers: dict[str, pd.DataFrame]) -> None:
    assert len(answers["ours"]) > 500
    assert differences(answers["ours"], answers["pandas"]) == []


def test_an_answer_that_differs_is_told(answers: dict[str, pd.DataFrame]) -> None:
    own = answers["ours"]
    assert differences(own, own.assign(open=own["open"] + (own.index == 7))) == ["open"]
    assert differences(own, own.assign(p90=own["p90"] + 2e-9)) == ["p90"]
    assert differences(own, own.assign(median=None).astype({"median": float})) == ["median"]
    assert differences(own, own.iloc[1:]) == ["number of rows"]


def test_budgets_that_are_not_kept_are_told(answers: dict[str, pd.DataFrame]) -> None:
    own = answers["ours"]
    good = {"ours": Run(0.3, 300_000_000, own), "polars": Run(0.6, 400_000_000, own)}
    assert Found(good).broken == ()
    assert line(Found(good), "ours") == "| The product's engine | 0.30 s | 0.50 | 300 MB |"
    slow = replace(good["ours"], seconds=0.37)
    large = replace(good["ours"], peak=500_000_000)
    wrong = replace(good["polars"], answer=own.assign(open=0))
    assert Found(good | {"ours": slow}).broken == ("Ages of five million queries",)
    assert Found(good | {"ours": large}).broken == ("Ages of five million queries",)
    assert Found(good | {"polars": wrong}).broken == (
        "Ages of five million queries: polars, month by month differs in open",
    )


def test_growth_is_told_by_month_and_by_million() -> None:
    runs = [Run(seconds, 300_000_000, pd.DataFrame()) for seconds in (0.1, 0.33)]
    assert growth_line(5, *runs) == "| 5,000,000 | 0.10 s | 0.33 s | 10.0 ms | 66 ms | 300 MB |"
