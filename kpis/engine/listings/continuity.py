"""Who holds key roles, who could stand in, and how departures were handed over."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import DAYS as LENGTH
from kpis.engine.listings.columns import FUNCTION, ROLE, YES_NO, choice, count, day, number, text
from kpis.engine.listings.common import STUDY
from kpis.engine.listings.staff import OWN_COUNTRY

KEY_STAFF = ListingType(
    name="key-staff",
    title="Holders of key roles",
    semantics="ledger",
    columns=(
        STUDY,
        OWN_COUNTRY,
        ROLE,
        text("person_number", "Staff Number", "staff number, employee id, person", required=True),
        day("assigned_on", "Assigned From", "assigned from, assigned on, from", required=True),
        day("released_on", "Assigned Until", "assigned until, released on, until"),
    ),
    key=words("study, role, person_number, assigned_on"),
    engine_order=("role", "assigned_on"),
    duplicates="refused",
    telltale=frozenset({"person_number", "assigned_on", "released_on"}),
    telltales_needed=3,
    sheet_names=words("key staff, key personnel, key roles"),
    why="Each change of a key role costs knowledge that nobody wrote down.",
    found_in=("Project plan, key personnel",),
)
HANDOVERS = ListingType(
    name="handovers",
    title="Departures and handovers",
    semantics="ledger",
    columns=(
        STUDY,
        OWN_COUNTRY,
        ROLE,
        text("person_number", "Staff Number", "staff number, employee id, person", required=True),
        day("left_on", "Left Study", "left study, left on, last day on study", required=True),
        choice("documented", "Handover Documented", "handover documented, handover note", YES_NO),
        number(
            "overlap_days",
            "Overlap",
            "overlap, overlap days, days of overlap",
            unit=LENGTH,
        ),
    ),
    key=words("study, person_number, left_on"),
    engine_order=("left_on",),
    duplicates="refused",
    telltale=frozenset({"left_on", "documented", "overlap_days"}),
    telltales_needed=2,
    sheet_names=words("handovers, departures, handover log"),
    why="What was not handed over has to be found out again by the successor.",
    found_in=("Resourcing system, departures",),
)
ROLE_BACKUPS = ListingType(
    name="role-backups",
    title="Critical roles and their backups",
    semantics="stock",
    columns=(
        STUDY,
        FUNCTION,
        ROLE,
        choice("critical", "Critical Role", "critical role, critical", YES_NO, required=True),
        count("trained_backups", "Trained Backups", "trained backups, backups trained"),
    ),
    key=words("study, function, role"),
    engine_order=("role",),
    duplicates="refused",
    telltale=frozenset({"critical", "trained_backups"}),
    telltales_needed=2,
    sheet_names=words("backups, role backups, cross training"),
    why="A critical role with one person is a risk that comes true with the first illness.",
    found_in=("Resourcing plan, backup matrix",),
)
