"""What an engagement model implies, and how a CRO reports under it, in sentences. Pure."""

from collections.abc import Mapping

from studies.starting.proposing import FSP, FULL_SERVICE, HYBRID

IMPLIES: Mapping[str, str] = {
    FULL_SERVICE: "One CRO does the whole study. Begins with all functions and transferable "
    "obligations of the study; you untick the exceptions. It reports study by study.",
    FSP: "A CRO does single functions in some regions across studies. Its people work in your "
    "systems and by your procedures. It reports once a month across all its studies.",
    HYBRID: "Part of the work in house, part with the CRO, perhaps part with others. Overlap is "
    "the risk: what is shared needs words that say who does what. It reports study by study.",
}
MEANS: Mapping[str, str] = {
    FULL_SERVICE: "One CRO answers for the study as a whole; the sponsor keeps what is recorded as "
    "retained, controls less directly and stays accountable.",
    FSP: "The CRO's people do single functions across studies, in the sponsor's systems and by the "
    "sponsor's procedures; the sponsor coordinates.",
    HYBRID: "Part is done in house, part by this CRO, perhaps part by others. Overlap is the risk: "
    "what is shared says who does what.",
}
REPORTS: Mapping[str, str] = {
    FULL_SERVICE: "one submission a month for each study",
    FSP: "one submission a month across all its studies",
    HYBRID: "one submission a month for each study, and one for what belongs to no study",
}
