"""The question, asked in five ways: of each site, at each month-end, the queries that are open.

Number, median and 90th percentile of age in whole days, share older than 14 and than 30. Open is
what was opened on the day or before and not closed by its end; what is reported closed without a
day counts as closed. Each side reads the sealed file and returns columns of its own kind; `answer`
of answers.py brings them into one form, outside the clock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

READ = ["site", "state", "opened_at", "closed_at"]
FAR = date(9999, 12, 31)


@dataclass(frozen=True)
class Side:
    """A way to ask: `load` imports what it needs, and returns the function that is measured."""

    title: str
    load: Callable[[], Callable[[str, Sequence[date]], Any]]


def ours() -> Callable[[str, Sequence[date]], Any]:
    """Ask the product's engine, with the KPI query aging of the catalogue."""
    from kpis.engine.ageing import AgeingParameters  # noqa: PLC0415 - only what a side needs
    from kpis.engine.ageing_months import month_ends  # noqa: PLC0415

    parameters = AgeingParameters(
        listing="queries",
        opened="opened_at",
        closed="closed_at",
        state="state",
        older_than=14,
        also_older_than=(30,),
        buckets=(14, 30),
    )

    def ask(path: str, months: Sequence[date]) -> Any:
        return month_ends(path, parameters, by=("site",), cutoffs=months)

    return ask


def polars() -> Callable[[str, Sequence[date]], Any]:
    """Filter and group month by month, as one writes it with polars."""
    import polars as pl  # noqa: PLC0415 - only what a side needs

    def ask(path: str, months: Sequence[date]) -> Any:
        cases = _polars_cases(pl, path)
        return pl.concat([_polars_month(pl, cases, month) for month in months])

    return ask


def polars_at_once() -> Callable[[str, Sequence[date]], Any]:
    """Hand polars all months in one, so that it may work on them side by side."""
    import polars as pl  # noqa: PLC0415 - only what a side needs

    def ask(path: str, months: Sequence[date]) -> Any:
        cases = _polars_cases(pl, path).lazy()
        return pl.concat(pl.collect_all([_polars_month(pl, cases, month) for month in months]))

    return ask


def _polars_cases(pl: Any, path: str) -> Any:
    """Read what is needed; days are made once for all months."""
    undated = (pl.col("state") == "closed") & pl.col("closed_at").is_null()
    return (
        pl.scan_parquet(path)
        .filter(~undated)
        .select(
            "site",
            opened=pl.col("opened_at").dt.date(),
            closed=pl.col("closed_at").dt.date().fill_null(FAR),
        )
        .collect()
    )


def _polars_month(pl: Any, cases: Any, month: date) -> Any:
    age = pl.col("age")
    return (
        cases.filter((pl.col("opened") <= month) & (pl.col("closed") > month))
        .with_columns(age=(pl.lit(month) - pl.col("opened")).dt.total_days())
        .group_by("site")
        .agg(
            open=pl.len(),
            median=age.median(),
            p90=age.quantile(0.9, interpolation="linear"),
            over_14=(age > 14).mean(),
            over_30=(age > 30).mean(),
        )
        .with_columns(month=pl.lit(month))
    )


DUCKDB = """
    WITH cases AS (
        SELECT site, opened_at::date AS opened,
            coalesce(closed_at::date, DATE '9999-12-31') AS closed
        FROM read_parquet(?) WHERE NOT (state = 'closed' AND closed_at IS NULL)
    ), aged AS (
        SELECT month, site, month - opened AS age
        FROM (SELECT unnest(?::date[]) AS month) JOIN cases ON opened <= month AND closed > month
    )
    SELECT month, site, count(*) AS open, median(age) AS median, quantile_cont(age, 0.9) AS p90,
        avg((age > 14)::int) AS over_14, avg((age > 30)::int) AS over_30
    FROM aged GROUP BY ALL
"""


def duckdb() -> Callable[[str, Sequence[date]], Any]:
    """Ask in SQL, all months in one statement."""
    import duckdb as db  # noqa: PLC0415 - only what a side needs

    def ask(path: str, months: Sequence[date]) -> Any:
        return db.sql(DUCKDB, params=[path, list(months)]).to_arrow_table()

    return ask


def pandas() -> Callable[[str, Sequence[date]], Any]:
    """Filter and group month by month, as one first writes it with pandas."""
    import pandas as pd  # noqa: PLC0415 - only what a side needs

    def month_of(cases: Any, month: date) -> Any:
        day = pd.Timestamp(month)
        stock = cases[(cases["opened"] <= day) & ~(cases["closed"] <= day)]
        age = (day - stock["opened"]).dt.days
        groups = age.groupby(stock["site"])
        found = pd.DataFrame(
            {
                "open": groups.size(),
                "median": groups.median(),
                "p90": groups.quantile(0.9),
                "over_14": (age > 14).groupby(stock["site"]).mean(),
                "over_30": (age > 30).groupby(stock["site"]).mean(),
            }
        )
        return found.reset_index().assign(month=day)

    def ask(path: str, months: Sequence[date]) -> Any:
        read = pd.read_parquet(path, columns=READ)
        read = read[~((read["state"] == "closed") & read["closed_at"].isna())]
        cases = read.assign(
            opened=read["opened_at"].dt.normalize(), closed=read["closed_at"].dt.normalize()
        )
        return pd.concat([month_of(cases, month) for month in months])

    return ask


SIDES = {
    "ours": Side("The product's engine", ours),
    "polars": Side("polars, month by month", polars),
    "polars-at-once": Side("polars, all months handed over in one", polars_at_once),
    "duckdb": Side("duckdb, one statement", duckdb),
    "pandas": Side("pandas, a first try", pandas),
}
