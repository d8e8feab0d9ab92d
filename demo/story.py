"""The demo's cast and plot: who, and how each CRO does month by month. The studies are apart."""

from demo.plans import Cro, Person, Staff, Wave
from demo.studies import STUDIES, StudyPlan
from studies.models import Engagement
from vendors.access import Role

__all__ = ["CROS", "MONTHS", "PEOPLE", "SPONSOR", "STUDIES", "Cro", "StudyPlan", "cro_named"]

SPONSOR = "Northwind Therapeutics"
PASSWORD = "northwind-demo-2026"  # noqa: S105  (printed at every start: the demo is public)
MONTHS = 24

PEOPLE = (
    Person("Sam Okafor", "sam@northwind.example", Role.OVERSIGHT_MANAGER, SPONSOR),
    Person("Quinn Abara", "quinn@northwind.example", Role.AUDITOR, SPONSOR),
    Person("Ines Duarte", "ines@northwind.example", Role.ADMINISTRATOR, SPONSOR),
    Person("Ivo Marek", "ivo@northwind.example", Role.EXECUTIVE, SPONSOR),
    Person("Lea Sandell", "lea@northwind.example", Role.FUNCTIONAL_LEAD, SPONSOR),
    Person("Ada Lindqvist", "ada@alder.example", Role.CRO_PROJECT_MANAGER, "Alder Clinical"),
    Person("Cleo Marin", "cleo@alder.example", Role.CRO_CONTRIBUTOR, "Alder Clinical"),
    Person("Ben Castellan", "ben@cedar.example", Role.CRO_PROJECT_MANAGER, "Cedar Biometrics"),
    Person("Elif Aydin", "elif@elm.example", Role.CRO_PROJECT_MANAGER, "Elm Site Network"),
    Person("Finn Moreau", "finn@fir.example", Role.CRO_PROJECT_MANAGER, "Fir Data Services"),
    Person("Bao Nguyen", "bao@birch.example", Role.CRO_PROJECT_MANAGER, "Birch Research"),
    Person("Dana Weiss", "dana@dogwood.example", Role.CRO_PROJECT_MANAGER, "Dogwood Safety"),
    Person("Nora Lund", "nora@example.example", Role.AUDITOR, ""),
)
SIGN_INS = (
    "sam@northwind.example",
    "quinn@northwind.example",
    "ada@alder.example",
    "ben@cedar.example",
    "ivo@northwind.example",
    "ines@northwind.example",
    "lea@northwind.example",
    "cleo@alder.example",
)

# Times to fill are set around our limits of 45 and 60 days; positions in health care are said to
# take about 59.5 days. How many positions there are, and when, is made up.
_MODEL = Engagement.Model
CROS = (
    Cro(  # slides into red over four months
        "Alder Clinical",
        _MODEL.FULL_SERVICE,
        "Alder full service",
        (
            "trial-management", "start-up", "patient-recruitment", "clinical-monitoring",
            "data-management", "trial-master-file",
        ),
        ("NWT-301", "NWT-302", "NWT-118"),
        country="France",
        slide=(1.4, 2.3, 3.2, 4.3),
        deviation_slide=(2.0, 3.5, 5.0, 6.5),
    ),
    Cro(  # loses three people in two months, and is slow to replace them
        "Birch Research",
        _MODEL.FSP,
        "Birch monitoring FSP",
        ("clinical-monitoring",),
        ("NWT-204", "NWT-205", "NWT-101", "NWT-401", "NWT-303"),
        lateness=8,
        staff=Staff(
            ("Clinical research associate", "Senior clinical research associate"),
            "Clinical monitoring",
            ("FRA", "DEU", "POL", "USA"),
            (
                Wave(25, 6, 40),
                Wave(15, 2, 42),
                Wave(4, 6, 78, 9, replaces=2),
                Wave(3, 5, 84, 16, replaces=1),
                Wave(2, 5, 95, 10),
            ),
        ),
    ),
    Cro(  # restates a month
        "Cedar Biometrics",
        _MODEL.FSP,
        "Cedar biometrics FSP",
        ("data-management", "biostatistics"),
        ("NWT-205", "NWT-101"),
        country="Germany",
        days_to_close=3.9,
        restates=5,
        staff=Staff(
            ("Data manager", "Statistical programmer", "Biostatistician"),
            "Data management",
            ("FRA", "POL", "USA"),
            (Wave(25, 8, 38), Wave(15, 5, 40), Wave(6, 3, 43)),
        ),
    ),
    Cro(
        "Dogwood Safety",
        _MODEL.FSP,
        "Dogwood safety FSP",
        ("pharmacovigilance",),
        tuple(plan.protocol_number for plan in STUDIES),
        staff=Staff(
            ("Case processor", "Safety physician"),
            "Pharmacovigilance",
            ("DEU", "HUN"),
            (Wave(25, 7, 43, 2), Wave(14, 5, 47), Wave(8, 5, 50), Wave(3, 4, 49)),
        ),
    ),
    Cro(  # always late, and not there for the newest month
        "Elm Site Network",
        _MODEL.HYBRID,
        "Elm hybrid",
        ("data-management", "site-management", "patient-recruitment"),
        ("NWT-204",),
        days_to_close=4.8,
        lateness=16,
        skips_latest=True,
        staff=Staff(
            ("Site coordinator",),
            "Site management",
            ("ESP", "CZE"),
            (Wave(25, 6, 41), Wave(12, 5, 46)),
        ),
    ),
    Cro(  # always green, just under every limit
        "Fir Data Services",
        _MODEL.FSP,
        "Fir data FSP",
        ("data-management",),
        ("NWT-401", "NWT-303"),
        days_to_close=6.4,
        tidied_to=0.05,
        lateness=4,
        sends_csv=True,
        staff=Staff(
            ("Data manager",),
            "Data management",
            ("FRA", "HUN"),
            (Wave(25, 6, 44, 0), Wave(10, 5, 44, 0), Wave(4, 5, 44, 0)),
        ),
    ),
)  # fmt: skip


def cro_named(name: str) -> Cro:
    """Return the CRO of that name."""
    return next(cro for cro in CROS if cro.name == name)
