"""What a sponsor spends with whom, and who could do each function."""

from kpis.engine.listings.columns import YES_NO, choice, count, day, number, text
from kpis.engine.own_tables.table import own_table

FUNCTION_SPEND = own_table(
    "function-spend",
    "Spend by function and CRO",
    (
        text("function", "Function", "function"),
        text("provider", "CRO", "provider"),
        day("month", "Month", "month"),
        number("amount", "Amount in the sponsor's currency", "amount"),
        number("fte", "FTE", "fte"),
    ),
    key=("month", "function", "provider"),
    why="Who is paid how much for which function shows on whom the sponsor depends.",
)
FUNCTION_SOURCES = own_table(
    "function-sources",
    "Qualified CROs by function",
    (
        text("function", "Function", "function"),
        choice("critical", "Critical", "critical", YES_NO),
        count("qualified_providers", "Qualified CROs", "qualified_providers"),
    ),
    key=("function",),
    why="A critical function with one qualified CRO has no way out when that CRO fails.",
)
PORTFOLIO_TABLES = (FUNCTION_SPEND, FUNCTION_SOURCES)
