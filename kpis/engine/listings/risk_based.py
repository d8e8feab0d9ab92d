"""Risk-based monitoring: which sites are covered, which methods are in use, what was signalled."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import YES_NO, choice, day, text
from kpis.engine.listings.common import REGION, STUDY
from kpis.engine.listings.recruitment import OWN_COUNTRY, OWN_SITE

RBM_SITES = ListingType(
    name="rbm-sites",
    title="Sites under risk-based monitoring",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        OWN_COUNTRY,
        OWN_SITE,
        choice("in_scope", "In Scope Of RBM", "in scope of rbm, rbm scope", YES_NO, required=True),
        day("plan_approved_on", "RBM Plan Approved", "rbm plan approved, plan approved"),
        day("indicators_live_on", "KRIs Live Since", "kris live since, indicators live since"),
    ),
    key=("study", "site"),
    engine_order=("site",),
    duplicates="refused",
    telltale=frozenset({"in_scope", "plan_approved_on", "indicators_live_on"}),
    telltales_needed=2,
    sheet_names=words("rbm coverage, rbm sites, rbqm sites"),
    why="A plan without live indicators watches nobody; both are needed before a site is covered.",
    found_in=("Central monitoring platform, site status",),
)
RBM_COMPONENTS = ListingType(
    name="rbm-components",
    title="Components of risk-based monitoring",
    semantics="stock",
    columns=(
        STUDY,
        text("component", "RBM Component", "rbm component, rbqm component", required=True),
        choice("in_use", "In Use", "in use, component used", YES_NO, required=True),
    ),
    key=("study", "component"),
    engine_order=("component",),
    duplicates="refused",
    telltale=frozenset({"component", "in_use"}),
    telltales_needed=2,
    sheet_names=words("rbm components, rbqm components"),
    why="Which methods of risk-based monitoring a study uses, out of the eight in common use.",
    found_in=("Risk-based quality management plan",),
)
RISK_SIGNALS = ListingType(
    name="risk-signals",
    title="Signals of central monitoring",
    semantics="ledger",
    columns=(
        STUDY,
        REGION,
        OWN_COUNTRY,
        OWN_SITE,
        text("signal", "Signal ID", "signal id, signal number, signal", required=True),
        text("indicator", "Indicator", "indicator, kri, risk indicator"),
        day("raised_on", "Signal Raised", "signal raised, raised, raised on", required=True),
        day("triage_due_on", "Triage Due", "triage due, triage due date"),
        day("triaged_on", "Triaged", "triaged, triaged on, triage date"),
        day("closed_on", "Signal Closed", "signal closed, closed, closed on"),
    ),
    key=("study", "signal"),
    engine_order=("site", "raised_on"),
    duplicates="refused",
    telltale=frozenset({"signal", "indicator", "triage_due_on", "triaged_on"}),
    telltales_needed=3,
    sheet_names=words("signals, risk signals, kri signals"),
    why="A signal that nobody looks at in time might as well not have been raised.",
    found_in=("Central monitoring platform, signal log",),
)
