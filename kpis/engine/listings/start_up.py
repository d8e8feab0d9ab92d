"""Site start-up: one row for each site with the days of its milestones, planned and reached."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import day, number, people, text
from kpis.engine.listings.common import REGION, STUDY
from kpis.engine.listings.recruitment import OWN_COUNTRY, OWN_SITE

START_UP = ListingType(
    name="site-start-up",
    title="Site start-up milestones",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        OWN_COUNTRY,
        OWN_SITE,
        people("investigator", "Principal Investigator", "principal investigator, pi, pi name"),
        day("selected_on", "Site Selected", "site selected, selected, selection date"),
        day(
            "submitted_on",
            "Regulatory Submission",
            "regulatory submission, regulatory submitted, reg submission",
        ),
        day("ethics_on", "Ethics Approval", "ethics approval, ec approval, irb approval"),
        day("budget_sent_on", "Budget Sent", "budget sent, cta budget sent, contract sent"),
        day("contract_on", "Contract Signed", "contract signed, cta signed, contract executed"),
        day("initiated_on", "Initiation Visit", "initiation visit, siv, site initiation visit"),
        day(
            "planned_activation_on",
            "Planned Activation",
            "planned activation, planned activation date, activation plan",
        ),
        day(
            "activated_on",
            "Site Activated",
            "site activated, activated, green light, green light date, site activation date",
        ),
        day("dropped_on", "Site Dropped", "site dropped, dropped, dropped on, site withdrawn"),
        number(
            "stated_rate",
            "Stated Rate per Month",
            "stated rate per month, stated rate, feasibility rate, promised rate per month",
        ),
        text("blocker", "Blocker", "blocker, open item, reason for delay"),
    ),
    key=("study", "site"),
    engine_order=("site",),
    duplicates="refused",
    telltale=frozenset(
        {
            "selected_on",
            "submitted_on",
            "ethics_on",
            "budget_sent_on",
            "contract_on",
            "planned_activation_on",
        }
    ),
    telltales_needed=2,
    sheet_names=words("site activation, site start up, start up, ssu, milestones by site"),
    why="The days between selection and first participant are where studies lose most time; the"
    " milestones show where.",
    found_in=("CTMS start-up tracker",),
)
