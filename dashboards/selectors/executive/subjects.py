"""Which KPIs speak of safety, of dates and of money. Their order is the order of telling."""

SAFETY = (
    "sae-reporting-on-time",
    "susar-on-time",
    "case-processing-timeliness",
    "important-deviation-rate",
    "eligibility-deviations",
    "consent-findings",
    "critical-findings-open",
    "sae-discrepancies",
    "safety-discrepancies",
)
DATES = (
    "milestone-adherence",
    "recent-milestone-adherence",
    "milestone-slip",
    "enrolment-vs-plan",
    "enrolment-end-slip",
    "site-activation-vs-plan",
    "site-activation-cycle",
    "database-lock-cycle",
    "schedule-variance",
)
MONEY = (
    "budget-burn",
    "cost-variance",
    "schedule-performance-index",
    "cost-performance-index",
    "change-order-value",
    "pass-through-variance",
    "invoice-accuracy",
)
