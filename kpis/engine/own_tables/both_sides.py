"""What the sponsor owes in return, how both sides see each other, and what the contract says."""

from kpis.engine.listings.columns import choice, count, day, number, text
from kpis.engine.own_tables.table import own_table

SPONSOR_REVIEWS = own_table(
    "sponsor-reviews",
    "Reviews and approvals asked of the sponsor",
    (
        text("study", "Study", "study"),
        text("item", "What was sent", "item"),
        choice(
            "item_type",
            "Kind",
            "item_type",
            {
                "plan": "plan",
                "visit-report": "visit-report",
                "deliverable": "deliverable",
                "change-order": "change-order",
            },
        ),
        day("requested_on", "Asked for", "requested_on"),
        day("due_on", "Agreed answer by", "due_on"),
        day("returned_on", "Returned", "returned_on"),
        day("withdrawn_on", "Withdrawn", "withdrawn_on"),
    ),
    key=("item", "requested_on"),
    why="A CRO cannot be on time with what waits on the sponsor's desk.",
)
SURVEY_ANSWERS = own_table(
    "survey-answers",
    "Answers to relationship surveys",
    (
        text("topic", "Topic", "topic"),
        choice("side", "Answered by", "side", {"sponsor": "sponsor", "cro": "cro"}),
        count("answer", "Answer, 1 to 5", "answer"),
        day("answered_on", "Answered", "answered_on"),
    ),
    key=("topic", "side", "answered_on"),
    why="How both sides see the working relationship, by topic and without names.",
)
RESTATED_VALUES = own_table(
    "restated-values",
    "Accepted values that were changed later",
    (
        text("study", "Study", "study"),
        text("kpi", "KPI", "kpi"),
        day("period_end", "End of the month", "period_end"),
        day("restated_on", "Changed", "restated_on"),
        number("relative_change", "Distance of new from old, as part of the old", "change"),
    ),
    key=("study", "kpi", "period_end", "restated_on"),
    why="How far values move after they were accepted.",
)
CONTRACTS = own_table(
    "contract-negotiations",
    "Contracts under negotiation",
    (
        text("contract", "Contract or work order", "contract"),
        day("requested_on", "Proposal asked for", "requested_on"),
        day("executed_on", "Signed by both sides", "executed_on"),
        day("abandoned_on", "Abandoned", "abandoned_on"),
    ),
    key=("contract",),
    why="The time from asking for a proposal to a signed contract is time in which no work begins.",
)
RISK_SHARES = own_table(
    "risk-share-entries",
    "Bonuses and maluses",
    (
        text("rule_set", "Rules", "rule_set"),
        day("decided_on", "Decided", "decided_on"),
        number("bonus", "Bonus", "bonus"),
        number("malus", "Malus", "malus"),
    ),
    key=("rule_set", "decided_on"),
    why="What shared risk has earned or cost the CRO so far.",
)
BOTH_SIDES_TABLES = (SPONSOR_REVIEWS, SURVEY_ANSWERS, RESTATED_VALUES, CONTRACTS, RISK_SHARES)
