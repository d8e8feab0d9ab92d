"""Terms to be coded with a medical or drug dictionary, coded or not."""

from kpis.engine.listing import ListingType, words
from kpis.engine.listings.columns import LOG_LINE, choice, text
from kpis.engine.listings.common import COUNTRY, PARTICIPANT, REGION, SITE, STUDY

CODING = ListingType(
    name="coding",
    title="Medical coding",
    semantics="stock",
    columns=(
        STUDY,
        REGION,
        COUNTRY,
        SITE,
        PARTICIPANT,
        text("dictionary", "Dictionary", "dictionary, coding dictionary", required=True),
        text(
            "dictionary_version",
            "Dictionary Version number",
            "dictionary version number, dictionary version",
        ),
        text("form", "Form OID", "form oid, form, form name"),
        LOG_LINE,
        text("field", "Field OID", "field oid, field, field name"),
        choice(
            "coding_status",
            "Coding Status",
            "coding status, term status",
            {
                "coded": "coded term, coded",
                "uncoded": "uncoded term, uncoded, not coded, pending",
            },
            required=True,
        ),
        choice(
            "requires_coding",
            "Require Coding",
            "require coding, requires coding",
            {"yes": "yes, y", "no": "no, n"},
        ),
    ),
    key=words("participant, dictionary, dictionary_version, form, log_line, field, coding_status"),
    engine_order=("site", "participant"),
    duplicates="counted",
    telltale=frozenset({"dictionary", "coding_status"}),
    telltales_needed=2,
    sheet_names=words("global coding report, coding report, meddra, whodd, medical coding"),
    why="Events and medicines can only be counted and compared once their terms are coded.",
    found_in=("EDC coding report, MedDRA", "EDC coding report, WHODrug"),
)
