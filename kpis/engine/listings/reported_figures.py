"""Figures that a CRO reports itself, in long format: one row for each metric and place.

They are kept beside what is computed from rows and never take its place.
"""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import FUNCTION, day, number, text
from kpis.engine.listings.common import COUNTRY, SITE, STUDY

REPORTED_FIGURES = ListingType(
    name="reported-figures",
    title="Figures as reported",
    semantics="ledger",
    columns=(
        day("period", "Period", "period, reporting period, month", required=True),
        STUDY,
        FUNCTION,
        replace(COUNTRY, filled_from=None),
        replace(SITE, filled_from=None, required=False),
        text(
            "metric",
            "Metric Code",
            "metric code, metric, kpi, kpi code, metric id",
            required=True,
        ),
        number("numerator", "Numerator", "numerator, num"),
        number("denominator", "Denominator", "denominator, den"),
        number("value", "Value", "value, result, metric value"),
        text("unit", "Unit", "unit, unit of measure"),
        text("comment", "Comment", "comment, comments, remark"),
    ),
    key=words("period, study, function, country, site, metric"),
    engine_order=("metric", "period"),
    duplicates="refused",
    telltale=frozenset({"metric", "numerator", "denominator", "value"}),
    telltales_needed=3,
    sheet_names=words("reported figures, long format, metrics, kpi data"),
    why="Where a CRO sends its own figure it is kept, and its difference to ours shown.",
    found_in=("Long-format CSV or API of this product",),
)
