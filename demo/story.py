"""The demo's cast and plot: who, which studies, and how each CRO does month by month."""

from dataclasses import dataclass

from studies.models import Engagement, Study
from vendors.access import Role

SPONSOR = "Northwind Therapeutics"
PASSWORD = "northwind-demo-2026"  # noqa: S105  (printed at every start: the demo is public)
MONTHS = 24


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; `organisation` is the sponsor's or a CRO's name."""

    name: str
    email: str
    role: Role
    organisation: str = SPONSOR


@dataclass(frozen=True)
class Cro:
    """A CRO, its engagement, and how it works through data queries.

    `days_to_close` is the usual mean time a query stays open; the share of open queries older than
    14 days follows from it (about exp(−14 / days)). `slide` adds days per month over the last
    months. `lateness` is how many days after the month's end its file comes.
    """

    name: str
    model: Engagement.Model
    engagement: str
    functions: tuple[str, ...]
    days_to_close: float = 4.2
    slide: tuple[float, ...] = ()
    lateness: int = 7
    sends_csv: bool = False
    skips_latest: bool = False
    restates: int | None = None  # months ago


@dataclass(frozen=True)
class StudyPlan:
    """A study: its size decides how many queries it raises."""

    protocol_number: str
    title: str
    phase: Study.Phase
    area: str
    status: Study.Status
    months: int  # how long it has been running
    sites: int
    queries_a_day: float
    countries: tuple[str, ...]
    data_management: str  # the CRO that does it
    shared: bool = False


PEOPLE = (
    Person("Sam Okafor", "sam@northwind.example", Role.OVERSIGHT_MANAGER),
    Person("Quinn Abara", "quinn@northwind.example", Role.AUDITOR),
    Person("Ines Duarte", "ines@northwind.example", Role.ADMINISTRATOR),
    Person("Ivo Marek", "ivo@northwind.example", Role.EXECUTIVE),
    Person("Ada Lindqvist", "ada@alder.example", Role.CRO_PROJECT_MANAGER, "Alder Clinical"),
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
)

_MODEL = Engagement.Model
CROS = (
    Cro(
        "Alder Clinical",
        _MODEL.FULL_SERVICE,
        "Alder full service",
        ("trial-management", "clinical-monitoring", "data-management", "trial-master-file"),
        slide=(1.4, 2.3, 3.2, 4.3),
    ),
    Cro(
        "Birch Research",
        _MODEL.FSP,
        "Birch monitoring FSP",
        ("clinical-monitoring",),
    ),
    Cro(
        "Cedar Biometrics",
        _MODEL.FSP,
        "Cedar biometrics FSP",
        ("data-management", "biostatistics"),
        days_to_close=3.9,
        restates=5,
    ),
    Cro(
        "Dogwood Safety",
        _MODEL.FSP,
        "Dogwood safety FSP",
        ("pharmacovigilance",),
    ),
    Cro(
        "Elm Site Network",
        _MODEL.HYBRID,
        "Elm hybrid",
        ("data-management", "site-management"),
        days_to_close=5.2,
        lateness=16,
        skips_latest=True,
    ),
    Cro(
        "Fir Data Services",
        _MODEL.FSP,
        "Fir data FSP",
        ("data-management",),
        days_to_close=3.1,
        lateness=4,
        sends_csv=True,
    ),
)

_P, _S = Study.Phase, Study.Status
_EU = ("FRA", "DEU", "POL", "CZE", "ESP", "HUN")
_WORLD = (*_EU, "USA", "JPN", "KOR")
STUDIES = (
    StudyPlan("NWT-301", "Belvarexin in moderate to severe asthma", _P.III, "Respiratory",
              _S.ENROLLING, 24, 41, 95, _WORLD, "Alder Clinical"),
    StudyPlan("NWT-302", "Belvarexin in chronic cough", _P.III, "Respiratory",
              _S.ENROLLING, 18, 28, 60, _EU, "Alder Clinical"),
    StudyPlan("NWT-118", "Dose finding of corvelimab in lupus", _P.II, "Immunology",
              _S.ENROLLING, 14, 16, 32, _EU, "Alder Clinical"),
    StudyPlan("NWT-204", "Tamoralib in relapsed follicular lymphoma", _P.II, "Oncology",
              _S.TREATMENT, 24, 22, 55, _WORLD, "Elm Site Network", shared=True),
    StudyPlan("NWT-205", "Tamoralib with rituximab, first line", _P.III, "Oncology",
              _S.ENROLLING, 20, 36, 80, _WORLD, "Cedar Biometrics"),
    StudyPlan("NWT-101", "First dose in humans of zelotrigine", _P.I, "Neurology",
              _S.CLOSE_OUT, 12, 3, 14, ("DEU", "NLD"), "Cedar Biometrics"),
    StudyPlan("NWT-401", "Registry of belvarexin in routine care", _P.IV, "Respiratory",
              _S.TREATMENT, 24, 30, 38, _EU, "Fir Data Services"),
    StudyPlan("NWT-303", "Belvarexin in children with asthma", _P.III, "Respiratory",
              _S.ENROLLING, 10, 18, 30, _EU, "Fir Data Services"),
)  # fmt: skip


def cro_named(name: str) -> Cro:
    """Return the CRO of that name."""
    return next(cro for cro in CROS if cro.name == name)
