"""Participants whose data are clean, or what is missing until they are."""

from dataclasses import replace

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import YES_NO, choice, count
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

CLEAN = ListingType(
    name="clean-participants",
    title="Clean participants",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        replace(COUNTRY, filled_from=None),
        replace(SITE, filled_from=None),
        PARTICIPANT,
        choice("due", "Due To Be Clean", "due to be clean, cleaning due", YES_NO),
        count(
            "pages_outstanding",
            "Pages Outstanding",
            "pages outstanding, pages to do",
            required=True,
        ),
        count(
            "pages_unverified",
            "Pages Unverified",
            "pages unverified, pages to be verified",
            required=True,
        ),
        count(
            "queries_open", "Queries Open", "queries open, open queries, unresolved", required=True
        ),
    ),
    key=("study", "site", "participant"),
    engine_order=("site", "participant"),
    duplicates="refused",
    telltale=frozenset({"due", "pages_outstanding", "pages_unverified", "queries_open"}),
    telltales_needed=3,
    sheet_names=words("clean patients, clean participants, clean subject tracker"),
    why="A participant is clean when nothing is left to enter, verify or answer; only whole"
    " participants can be analysed.",
    found_in=("EDC clean participant tracker",),
)
