"""The listings a CRO may send, one file each or a few to a file; `LISTINGS` holds them by name.

The order matters where a sheet could be several: the listing with the clearer signs comes first.
"""

from kpis.engine.listing import ListingType
from kpis.engine.listings.clean import CLEAN
from kpis.engine.listings.coding import CODING
from kpis.engine.listings.continuity import HANDOVERS, KEY_STAFF, ROLE_BACKUPS
from kpis.engine.listings.deviations import DEVIATIONS
from kpis.engine.listings.documents import DELIVERABLES, MILESTONES, TMF_DOCUMENTS
from kpis.engine.listings.enrolment import ENROLMENT
from kpis.engine.listings.enrolment_plan import ENROLMENT_PLAN
from kpis.engine.listings.inspections import AUDITS, INSPECTION_FINDINGS
from kpis.engine.listings.integration import AVAILABILITY, RECONCILIATIONS, SOURCES
from kpis.engine.listings.lab_issues import LAB_ISSUES
from kpis.engine.listings.missing_visits import MISSING_VISITS
from kpis.engine.listings.money import CHANGE_ORDERS, COST_FORECASTS, INVOICES, UNITS_BUDGET
from kpis.engine.listings.monitoring import MONITORING, SITE_ACTION_ITEMS
from kpis.engine.listings.page_states import NON_CONFORMANT, PAGE_LOCKS
from kpis.engine.listings.pages import INACTIVATED, MISSING_PAGES, PAGE_ENTRY, PAGE_SIGNATURES
from kpis.engine.listings.participants import PARTICIPANTS
from kpis.engine.listings.positions import POSITIONS
from kpis.engine.listings.quality import AUDIT_FINDINGS, CAPA
from kpis.engine.listings.queries import QUERIES
from kpis.engine.listings.reconciliation import DM_SIDE, SAFETY_SIDE, THIRD_PARTY
from kpis.engine.listings.recruitment import (
    DISPOSITION,
    ENROLMENT_BY_GROUP,
    ENROLMENT_BY_SITE,
)
from kpis.engine.listings.reported_figures import REPORTED_FIGURES
from kpis.engine.listings.risk_based import RBM_COMPONENTS, RBM_SITES, RISK_SIGNALS
from kpis.engine.listings.safety import CASE_PROCESSING, SAE_TIMELINESS, SUSAR_TIMELINESS
from kpis.engine.listings.sdv import SDV
from kpis.engine.listings.sites import SITES
from kpis.engine.listings.staff import HEADCOUNT, TRAINING, WORKED_HOURS
from kpis.engine.listings.start_up import START_UP
from kpis.engine.listings.study_dates import STUDY_DATES
from kpis.engine.listings.systems import DATA_LATENCY, OUTAGES, TRANSFERS
from kpis.engine.listings.visits import VISITS

OF_THE_TRIAL = (
    SDV,
    PAGE_SIGNATURES,
    INACTIVATED,
    SAFETY_SIDE,
    DM_SIDE,
    CODING,
    LAB_ISSUES,
    THIRD_PARTY,
    PAGE_LOCKS,
    QUERIES,
    MONITORING,
    START_UP,
    ENROLMENT_BY_SITE,
    TMF_DOCUMENTS,
    AUDIT_FINDINGS,
    SAE_TIMELINESS,
    DISPOSITION,
    MISSING_PAGES,
    PAGE_ENTRY,
    NON_CONFORMANT,
    MISSING_VISITS,
    RBM_SITES,
    RISK_SIGNALS,
    CLEAN,
    SITE_ACTION_ITEMS,
)
OF_THE_ENGAGEMENT = (
    CAPA,
    REPORTED_FIGURES,
    TRANSFERS,
    OUTAGES,
    DATA_LATENCY,
    TRAINING,
    UNITS_BUDGET,
    CHANGE_ORDERS,
    INVOICES,
    DELIVERABLES,
    MILESTONES,
    SUSAR_TIMELINESS,
    WORKED_HOURS,
    HEADCOUNT,
    AVAILABILITY,
    SOURCES,
    RECONCILIATIONS,
    RBM_COMPONENTS,
    KEY_STAFF,
    HANDOVERS,
    ROLE_BACKUPS,
    AUDITS,
    INSPECTION_FINDINGS,
    COST_FORECASTS,
    CASE_PROCESSING,
    STUDY_DATES,
    ENROLMENT_BY_GROUP,
    ENROLMENT_PLAN,
)
LISTINGS: dict[str, ListingType] = {
    listing.name: listing
    for listing in (
        *OF_THE_TRIAL,
        *OF_THE_ENGAGEMENT,
        DEVIATIONS,
        VISITS,
        ENROLMENT,
        POSITIONS,
        SITES,
        PARTICIPANTS,
    )
}
