"""Which functions and obligations are ticked at first in a guided start, and why. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

FULL_SERVICE, FSP, HYBRID = "full-service", "fsp", "hybrid"


@dataclass(frozen=True)
class Work:
    """A function or obligation: `never` says why it can never be transferred, empty if it can."""

    pk: int
    slug: str
    name: str
    obligation: bool = False
    never: str = ""


@dataclass(frozen=True)
class Holder:
    """Who holds a function on a study from a day on: a CRO, or by record the sponsor.

    `delegation_id` is the record that says so, `kind` a value of `Delegation.Kind`.
    """

    delegation_id: int
    study_id: int
    study: str
    function_id: int
    region: str
    kind: str
    who: str
    sponsor: bool
    first: date
    last: date | None


@dataclass(frozen=True)
class Usual:
    """What a kind of sponsor usually begins with, and the sentence that says so."""

    slugs: tuple[str, ...]
    why: str


# mission.md item 31, in the words of the taxonomy; for large companies the six of item 17.
USUAL: Mapping[str, Usual] = {
    "large": Usual(
        (
            "clinical-monitoring",
            "data-management",
            "biostatistics",
            "regulatory-operations",
            "pharmacovigilance",
            "medical-writing",
        ),
        "Large companies standardise several functions across their portfolio.",
    ),
    "mid-size": Usual(
        ("data-management", "data-operations", "biostatistics"),
        "Mid-size companies begin with few functions, chosen so that they see their data.",
    ),
    "emerging": Usual(
        ("feasibility", "start-up", "medical-writing", "pharmacovigilance"),
        "Emerging companies buy single components: feasibility, start-up, writing, safety.",
    ),
    "medtech": Usual(
        (
            "pharmacovigilance",
            "post-market-surveillance",
            "data-operations",
            "regulatory-affairs",
        ),
        "Makers of devices and diagnostics begin with safety, post-market surveillance, data "
        "operations and compliance.",
    ),
}
EVERYTHING = "A full-service engagement begins with all of the study; untick the exceptions."
NOTHING = "Nothing is ticked at first: the register does not say what kind of organisation it is."
DEVICE = "21 CFR 812 has no rule on transfer: tick it only where the agreement describes it."


@dataclass(frozen=True)
class Proposed:
    """One row to tick: whether it is ticked at first, and what there is to say of it."""

    work: Work
    ticked: bool
    why: str = ""
    held: tuple[Holder, ...] = ()

    @property
    def may(self) -> bool:
        """What can never be transferred cannot be ticked."""
        return not self.work.never


def proposed(
    works: Iterable[Work], *, model: str, size: str, holders: Iterable[Holder], device: bool
) -> tuple[Proposed, ...]:
    """Return a row for each work; `device`: all chosen studies are of devices.

    What another CRO holds on a chosen study is not ticked, whatever the model: taking it as well
    would be an overlap, and that is for a person to decide.
    """
    held: dict[int, list[Holder]] = {}
    for one in holders:
        if not one.sponsor:
            held.setdefault(one.function_id, []).append(one)
    return tuple(_row(one, model, size, tuple(held.get(one.pk, ())), device) for one in works)


def reason_for(*, model: str, size: str) -> str:
    """Say why what is ticked is ticked."""
    if model == FULL_SERVICE:
        return EVERYTHING
    return USUAL[size].why if size in USUAL else NOTHING


def _row(work: Work, model: str, size: str, held: tuple[Holder, ...], device: bool) -> Proposed:
    if work.never:
        return Proposed(work, ticked=False, why=work.never, held=held)
    if held:
        named = ", ".join(dict.fromkeys(f"{one.who} on {one.study}" for one in held))
        return Proposed(work, ticked=False, why=f"Held by {named}: an overlap.", held=held)
    if work.obligation and device:
        return Proposed(work, ticked=False, why=DEVICE)
    if model == FULL_SERVICE:
        return Proposed(work, ticked=True)
    usual = size in USUAL and work.slug in USUAL[size].slugs
    return Proposed(work, ticked=usual)
