"""What a guided start would write, as a page to confirm: delegations, overlaps, what is due."""

from dataclasses import dataclass
from typing import Any

from kpis.due import difference, duty_of
from kpis.selectors.due_changes import Block, blocks
from kpis.starting.candidates import Candidate, candidates
from kpis.starting.chosen import Chosen
from studies.models import Delegation, Engagement, Function
from studies.starting.drafting import SHARED, Draft
from studies.starting.proposing import Holder
from vendors.agreements.standing import begins, in_force
from vendors.models import AgreementVersion
from vendors.regions import region_label

FIELDS = (
    "name",
    "model",
    "pricing_basis",
    "start_date",
    "end_date",
    "due_business_day",
    "reports_from",
)
OF_EACH = ("agreement_version", "clause", "systems", "procedures", "decision_maker")


@dataclass(frozen=True)
class Line:
    """One delegation to be written, in words."""

    study: str
    function: str
    region: str
    how: str
    split: str
    overlaps: tuple[Holder, ...]
    ended: tuple[Holder, ...]


@dataclass(frozen=True)
class DraftPage:
    """The draft: its lines, what others hold of it, what will be due, and warnings."""

    engagement: Engagement
    candidate: Candidate
    lines: tuple[Line, ...]
    overlapping: int
    ended: int
    due: tuple[Block, ...]
    warnings: tuple[str, ...]
    of_each: tuple[tuple[str, str], ...]


def engagement_values(chosen: Chosen) -> dict[str, Any]:
    """Return the engagement's fields."""
    version: AgreementVersion | None = chosen.values["agreement_version"]
    values = {name: chosen.values[name] for name in FIELDS}
    agreement = version.agreement if version else None
    return {**values, "vendor": chosen.vendor, "agreement": agreement}


def shared_values(chosen: Chosen) -> dict[str, Any]:
    """Return what all delegations have in common."""
    return {name: chosen.values[name] for name in OF_EACH}


def draft_page(chosen: Chosen) -> DraftPage:
    """Return the page of a complete choice; a fixed number of statements."""
    sponsor = chosen.vendor.sponsor
    engagement = Engagement(sponsor=sponsor, **engagement_values(chosen))
    works = {one.work.pk: one.work for one in chosen.proposals()}
    rows = chosen.drafts()
    numbers = {one.pk: one for one in chosen.studies}
    lines = tuple(_line(one, numbers[one.study_id], works[one.function_id].name) for one in rows)
    (candidate,) = candidates(
        chosen.user, chosen.vendors().filter(pk=chosen.vendor.pk), today=chosen.today
    )
    return DraftPage(
        engagement=engagement,
        candidate=candidate,
        lines=lines,
        overlapping=sum(bool(one.overlaps) for one in lines),
        ended=sum(len(one.ended) for one in lines),
        due=_due(chosen, engagement, rows),
        warnings=tuple(_warnings(chosen, candidate)),
        of_each=tuple(_of_each(chosen)),
    )


def _line(draft: Draft, study: Any, function: str) -> Line:
    return Line(
        study=str(study),
        function=function,
        region=region_label(draft.region),
        how="Shared" if draft.kind == SHARED else "Transferred",
        split=draft.split,
        overlaps=draft.overlaps,
        ended=draft.ended,
    )


def _due(chosen: Chosen, engagement: Engagement, rows: tuple[Draft, ...]) -> tuple[Block, ...]:
    studies = {one.pk: one for one in chosen.studies}
    functions = Function.objects.visible_to(chosen.user).in_bulk({one.function_id for one in rows})
    planned = (
        duty_of(
            Delegation(
                study=studies[one.study_id],
                function=functions[one.function_id],
                engagement=engagement,
                from_date=engagement.start_date,
                until_date=engagement.end_date,
            )
        )
        for one in rows
    )
    return blocks(
        difference((), [one for one in planned if one]),
        providers={0: chosen.vendor.name},
        studies={pk: one.protocol_number for pk, one in studies.items()},
        owes="owes",
    )


def _warnings(chosen: Chosen, candidate: Candidate) -> Any:
    vendor, start = chosen.vendor, chosen.values["start_date"]
    if not candidate.standing.qualified:
        yield f"{vendor} is not qualified: {candidate.standing.words}."
    version: AgreementVersion | None = chosen.values["agreement_version"]
    if version is None:
        yield "No agreement is named. Work that begins before both have signed is shown as late."
    elif (signed := begins(version)) is None:
        yield f"{version} is not signed by both. Work that begins before is shown as late."
    elif signed > start:
        yield f"{version} holds from {signed:%-d %b %Y}, after the start."
    elif in_force([version], on=start) is None:
        yield f"{version} no longer holds on the first day."
    if not chosen.values["decision_maker"]:
        yield "Nobody is named who decides in the end; each delegation will ask for it."


def _of_each(chosen: Chosen) -> Any:
    sides = dict(Delegation.Side.choices)
    yield "Agreed in", str(chosen.values["agreement_version"] or "")
    yield "Clause", chosen.values["clause"]
    yield "Whose systems", str(sides.get(chosen.values["systems"], ""))
    yield "Whose procedures (SOPs)", str(sides.get(chosen.values["procedures"], ""))
    yield "Final decision by", chosen.values["decision_maker"]
