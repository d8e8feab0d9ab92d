"""What was agreed, met about, raised and decided between sponsor and CRO."""

from kpis.engine.listings.columns import YES_NO, choice, day, moment, number, text
from kpis.engine.own_tables.table import own_table

SEVERITY = choice(
    "severity",
    "Severity",
    "severity",
    {"critical": "critical", "major": "major", "minor": "minor"},
)
AGREED_KPIS = own_table(
    "agreed-kpis",
    "Agreed KPIs and their weights",
    (
        text("kpi", "KPI", "kpi"),
        text("function", "Function", "function"),
        number("weight", "Weight", "weight"),
        choice("safety", "About safety", "safety", YES_NO),
        text("rag", "Status at the cut-off", "rag"),
    ),
    key=("kpi", "function"),
    why="Which figures both sides agreed on, how much each counts, and how each stands now.",
)
MEETINGS = own_table(
    "governance-meetings",
    "Governance meetings",
    (
        text("forum", "Forum", "forum"),
        day("planned_on", "Planned", "planned_on"),
        day("held_on", "Held", "held_on"),
        choice("in_window", "Held within its window", "in_window", YES_NO),
        choice("quorate", "Quorate", "quorate", YES_NO),
        day("minutes_due_on", "Minutes due", "minutes_due_on"),
        day("minutes_on", "Minutes sent", "minutes_on"),
    ),
    key=("forum", "planned_on"),
    why="Oversight that was planned and did not meet did not take place.",
)
ACTIONS = own_table(
    "actions",
    "Actions",
    (
        text("study", "Study", "study"),
        text("action", "Action", "action"),
        day("raised_on", "Raised", "raised_on"),
        day("due_on", "First due day", "due_on"),
        day("closed_on", "Closed", "closed_on"),
        day("cancelled_on", "Cancelled", "cancelled_on"),
    ),
    key=("action",),
    why="What was agreed in a meeting counts once it is done.",
)
ESCALATIONS = own_table(
    "escalations",
    "Escalations",
    (
        text("escalation", "Escalation", "escalation"),
        moment("raised_at", "Raised", "raised_at"),
        moment("acknowledged_at", "Acknowledged by the owner of the level", "acknowledged_at"),
        moment("withdrawn_at", "Withdrawn", "withdrawn_at"),
    ),
    key=("escalation",),
    why="A problem that was taken up one level waits until somebody there says: it is mine.",
)
ISSUES = own_table(
    "issues",
    "Issues",
    (
        text("study", "Study", "study"),
        text("issue", "Issue", "issue"),
        SEVERITY,
        day("raised_on", "Raised", "raised_on"),
        day("resolved_on", "Resolved", "resolved_on"),
    ),
    key=("issue",),
    why="How long problems stay, by how grave they are.",
)
DECISIONS = own_table(
    "decisions",
    "Decisions asked for",
    (
        text("study", "Study", "study"),
        text("decision", "Decision", "decision"),
        day("requested_on", "Asked for", "requested_on"),
        day("decided_on", "Decided", "decided_on"),
        day("withdrawn_on", "No longer needed", "withdrawn_on"),
    ),
    key=("decision",),
    why="Work waits while a decision is open.",
)
GOVERNANCE_TABLES = (AGREED_KPIS, MEETINGS, ACTIONS, ESCALATIONS, ISSUES, DECISIONS)
