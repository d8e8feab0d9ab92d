"""Units and budget, change orders and invoices."""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import CURRENCY, FUNCTION, YES_NO, choice, day, number, text
from kpis.engine.listings.common import COUNTRY, STUDY

UNITS_BUDGET = ListingType(
    name="units-and-budget",
    title="Units and budget",
    semantics="stock",
    columns=(
        STUDY,
        replace(COUNTRY, filled_from=None),
        FUNCTION,
        text("unit_name", "Unit", "unit, unit name, unit type, budget line", required=True),
        number("unit_price", "Unit Price", "unit price, price per unit, price"),
        CURRENCY,
        number("units_contracted", "Contract Units", "contract units, contracted units"),
        number("units_planned", "Planned Units to Date", "planned units to date, planned units"),
        number(
            "units_done",
            "Units to Date",
            "units to date, units completed, completed units",
            required=True,
        ),
        number("units_forecast", "Forecast Units", "forecast units, forecast, units at completion"),
        number("cost_planned", "Planned Cost to Date", "planned cost to date, planned cost"),
        number("cost_actual", "Actual Cost to Date", "actual cost to date, actual cost, invoiced"),
        number("pass_through", "Pass-through", "pass through, pass through cost, expenses"),
    ),
    key=words("study, country, function, unit_name"),
    engine_order=("study", "unit_name"),
    duplicates="refused",
    telltale=frozenset({"unit_name", "unit_price", "units_contracted", "units_done"}),
    telltales_needed=3,
    sheet_names=words("units, budget, finance, budget tracker, unit tracker"),
    why="Units done against units paid for show whether money and work keep step.",
    found_in=("Finance system, unit tracker",),
)
CHANGE_ORDERS = ListingType(
    name="change-orders",
    title="Change orders",
    semantics="ledger",
    columns=(
        STUDY,
        text(
            "change_order",
            "Change Order",
            "change order, change order number, co number, co",
            required=True,
        ),
        choice(
            "cause",
            "Caused By",
            "caused by, cause, initiated by",
            {
                "sponsor": "sponsor",
                "cro": "cro, vendor, provider",
                "regulator": "regulator, authority",
                "assumption": "assumption, wrong assumption",
            },
        ),
        day("requested_on", "Requested", "requested, requested on, request date", required=True),
        day("executed_on", "Executed", "executed, executed on, signed, signed on"),
        number("amount", "Value", "value, co value, amount", required=True),
        CURRENCY,
        text("description", "Description", "description, title, subject matter"),
    ),
    key=("study", "change_order"),
    engine_order=("requested_on",),
    duplicates="refused",
    telltale=frozenset({"change_order", "cause", "executed_on"}),
    telltales_needed=2,
    sheet_names=words("change orders, change order log, co log"),
    why="How often and why a contract changes shows how well the work was understood.",
    found_in=("Contract management, change order log",),
)
INVOICES = ListingType(
    name="invoices",
    title="Invoices",
    semantics="ledger",
    columns=(
        STUDY,
        text("invoice", "Invoice", "invoice, invoice number, invoice id", required=True),
        day("work_until", "Work Until", "work until, service period end, service until"),
        day("received_on", "Invoice Received", "invoice received, received, received on"),
        number("amount", "Amount", "amount, invoice amount, total amount", required=True),
        CURRENCY,
        choice(
            "accepted_first_time",
            "Accepted First Time",
            "accepted first time, correct, accepted",
            YES_NO,
        ),
        day("paid_on", "Paid", "paid, paid on, payment date"),
    ),
    key=("invoice",),
    engine_order=("received_on",),
    duplicates="refused",
    telltale=frozenset({"invoice", "received_on", "accepted_first_time", "paid_on"}),
    telltales_needed=3,
    sheet_names=words("invoices, invoice log, billing"),
    why="Invoices that come late or wrong cost both sides time and hide what a study costs.",
    found_in=("Finance system, invoice log",),
)
