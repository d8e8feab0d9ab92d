"""The demo's eight studies: phases, areas, sizes.

Where the figures come from. Deviations: about a third of the participants of a phase III study are
affected, over 40 % in oncology (industry survey), so that oncology has about twice the rate per
visit. Screen failures between 20 and 45 %, enrolment for each site and month, and the number of
queries are made up, in the order of what such studies report: screening fails most in phase I
and in lupus, least in a registry. Important deviations stay below 3 in 100 participants,
our default limit, except in oncology.
"""

from demo.plans import StudyPlan
from studies.models import Study

_P, _S = Study.Phase, Study.Status
_EU = ("FRA", "DEU", "POL", "CZE", "ESP", "HUN")
_WORLD = (*_EU, "USA", "JPN", "KOR")
_CHRONIC = (0, 28, 56, 84, 126, 168, 252, 364)
_CYCLES = tuple(range(0, 337, 28))
_HALF_YEARS = tuple(range(0, 731, 182))
_VOLUNTEERS = (0, 1, 2, 3, 7, 14, 28)
_ALDER, _BIRCH, _CEDAR = "Alder Clinical", "Birch Research", "Cedar Biometrics"
_ELM, _FIR = "Elm Site Network", "Fir Data Services"

STUDIES = (
    StudyPlan("NWT-301", "Belvarexin in moderate to severe asthma", _P.III, "Respiratory",
              _S.ENROLLING, 24, 41, 60, _WORLD, _ALDER, _ALDER,
              0.45, 1.0, 0.38, _CHRONIC, 5.0, 0.09),
    StudyPlan("NWT-302", "Belvarexin in chronic cough", _P.III, "Respiratory",
              _S.ENROLLING, 18, 28, 40, _EU, _ALDER, _ALDER,
              0.50, 1.0, 0.34, _CHRONIC, 4.5, 0.09),
    StudyPlan("NWT-118", "Dose finding of corvelimab in lupus", _P.II, "Immunology",
              _S.ENROLLING, 14, 16, 22, _EU, _ALDER, _ALDER,
              0.45, 1.0, 0.42, _CHRONIC, 6.0, 0.05),
    StudyPlan("NWT-204", "Tamoralib in relapsed follicular lymphoma", _P.II, "Oncology",
              _S.TREATMENT, 24, 22, 24, _WORLD, _ELM, _BIRCH,
              0.40, 0.6, 0.28, _CYCLES, 9.0, 0.04, shared=True),
    StudyPlan("NWT-205", "Tamoralib with rituximab, first line", _P.III, "Oncology",
              _S.ENROLLING, 20, 36, 44, _WORLD, _CEDAR, _BIRCH,
              0.35, 1.0, 0.24, _CYCLES, 8.0, 0.04),
    StudyPlan("NWT-101", "First dose in humans of zelotrigine", _P.I, "Neurology",
              _S.CLOSE_OUT, 12, 3, 11, ("DEU", "NLD"), _CEDAR, _BIRCH,
              2.0, 0.7, 0.45, _VOLUNTEERS, 2.5, 0.08),
    StudyPlan("NWT-401", "Registry of belvarexin in routine care", _P.IV, "Respiratory",
              _S.TREATMENT, 24, 30, 38, _EU, _FIR, _BIRCH,
              0.70, 0.7, 0.25, _HALF_YEARS, 2.2, 0.06),
    StudyPlan("NWT-303", "Belvarexin in children with asthma", _P.III, "Respiratory",
              _S.ENROLLING, 10, 18, 16, _EU, _FIR, _BIRCH,
              0.60, 1.0, 0.36, _CHRONIC, 5.5, 0.08),
)  # fmt: skip
